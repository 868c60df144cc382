import path from 'node:path';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { Component, CustomResourceDefinitions, type Mesh, type MeshGateway, ServiceIdentity, SystemNamespace, useImage } from '../core';
import { Cni } from './cni';
import { ControlPlane, MESH_CONFIG } from './control-plane';
import { REMOTE_READER_RULES } from './control-plane-rules';
import { meshDefaults, VISIBLE_NAMESPACES } from './defaults';
import { clusterLocalGateway, ingressGateway } from './gateways';
import { istioImages } from './images';
import { injectorConfig } from './injection';
import { REVISION } from './labels';
import { meshConfigText } from './mesh-config';
import type { IstioProps } from './props';
import { GATEWAY_RESOURCES, SIDECAR_RESOURCES } from './proxy';
import { checkIstioProps } from './validate';
import { ISTIO_KUBERNETES, ISTIO_VERSION } from './versions';
import { webhooks } from './webhooks';

/** Namespace of the control plane and the gateways. */
export const ISTIO_SYSTEM = 'istio-system';

/**
 * Istio: CRDs, istiod, the CNI agent, the ingress and the cluster-local gateway, and what holds in the whole mesh: mutual TLS, nothing
 * allowed that nobody allowed, and sidecars that know only what they need.
 *
 * @see https://github.com/istio/istio/tree/1.30.1/manifests/charts
 * @see https://github.com/kubeflow/community-distribution/tree/master/common/istio
 */
export class Istio extends Component implements Mesh {
  readonly meshVersion = ISTIO_VERSION;
  readonly controlPlaneNamespace = ISTIO_SYSTEM;
  readonly trustDomain: string;
  readonly ingressGateway: MeshGateway;
  readonly clusterLocalGateway: MeshGateway;

  /** @throws InvalidInputError for a property that cannot be right */
  constructor(scope: Construct, id: string, props: IstioProps = {}) {
    super(scope, id, { version: ISTIO_VERSION, kubernetes: ISTIO_KUBERNETES, requires: [props.ingress?.loadBalancer, ...(props.ingress?.annotationReaders ?? [])] });
    checkIstioProps(props, this.node.path);
    this.trustDomain = props.trustDomain ?? 'cluster.local';
    const images = istioImages(props.imageVariant);
    const { gatewayApi = true, ingressClass = true, cni = {}, sidecar = {}, priorityClassName } = props;
    const cniNamespace = cni.namespace ?? 'istio-cni';
    const facts = {
      controlPlaneNamespace: ISTIO_SYSTEM,
      trustDomain: this.trustDomain,
      clusterDomain: props.clusterDomain ?? 'cluster.local',
      logLevel: props.logLevel ?? 'default:info',
    };

    const namespace = new SystemNamespace(this, ISTIO_SYSTEM, { labels: { 'istio-injection': 'disabled' } });
    new CustomResourceDefinitions(this, 'crds', { file: path.join(__dirname, 'crds.json') });
    new k8s.KubeConfigMap(this, 'mesh-config', {
      metadata: { name: MESH_CONFIG, namespace: namespace.name, labels: REVISION },
      data: { mesh: meshConfigText(props.meshConfig ?? {}, { ...facts, ingressClass }), meshNetworks: 'networks: {}\n' },
    });
    injectorConfig(this, {
      ...facts,
      proxyImage: useImage(this, images.proxy),
      sidecarResources: sidecar.resources ?? SIDECAR_RESOURCES,
      gatewayResources: GATEWAY_RESOURCES,
      imagePullSecrets: sidecar.imagePullSecrets ?? [],
      gatewayApi,
    });

    new ControlPlane(this, 'control-plane', {
      ...facts,
      ...props.controlPlane,
      namespace: namespace.name,
      image: images.pilot,
      priorityClassName,
      gatewayApi,
      untaintFor: cni.untaintNodes ? cniNamespace : undefined,
      egress: props.controlPlane?.egress ?? [],
    });
    webhooks(this, namespace.name);
    new Cni(this, 'cni', {
      namespace: cniNamespace,
      image: images.cni,
      binDir: cni.binDir ?? '/opt/cni/bin',
      confDir: cni.confDir ?? '/etc/cni/net.d',
      resources: cni.resources,
    });
    if (props.multicluster) {
      new ServiceIdentity(this, 'remote-reader', { name: 'istio-reader-service-account', namespace: namespace.name }).grantInCluster({
        name: `istio-reader-clusterrole-${namespace.name}`,
        rules: REMOTE_READER_RULES,
      });
    }

    const common = { ...facts, namespace: namespace.name, image: images.proxy, priorityClassName };
    this.ingressGateway = ingressGateway(this, common, props.ingress ?? {});
    this.clusterLocalGateway = clusterLocalGateway(this, common, props.clusterLocal ?? {});
    if (ingressClass) {
      new k8s.KubeIngressClass(this, 'ingress-class', { metadata: { name: 'istio' }, spec: { controller: 'istio.io/ingress-controller' } });
    }
    meshDefaults(this, {
      namespace: namespace.name,
      mtls: props.mtls ?? 'STRICT',
      visibleNamespaces: sidecar.visibleNamespaces ?? VISIBLE_NAMESPACES,
    });
  }
}
