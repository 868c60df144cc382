import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  ALL_PODS,
  allow,
  type ContainerResources,
  type EgressRule,
  type EnvValue,
  fromApiServer,
  httpProbe,
  type Image,
  service,
  ServiceIdentity,
  tcpProbe,
  TO_API_SERVER,
} from '../core';
import { autoscaledDeployment, type Autoscaling } from './autoscaling';
import { CONTROL_PLANE_NAMESPACE_RULES, CONTROL_PLANE_RULES, GATEWAY_CONTROLLER_RULES } from './control-plane-rules';
import { INJECTOR_CONFIG } from './injection';
import { OUT_OF_MESH, REVISION, scraped } from './labels';
import { PROXY_UID } from './proxy';

/** Name of istiod's Deployment, Service and ServiceAccount. */
export const ISTIOD = 'istiod';

/** Labels of istiod's pods. */
export const ISTIOD_PODS = { app: ISTIOD, istio: 'pilot' } as const;

/** Name of the ConfigMap with the mesh configuration. */
export const MESH_CONFIG = 'istio';

const PORTS = {
  /** Plain HTTP: readiness only, debugging being off. */
  health: 8080,
  /** Discovery and certificates for proxies, over TLS. */
  discovery: 15012,
  metrics: 15014,
  webhooks: 15017,
} as const;

/** Props of {@link ControlPlane}. */
export interface ControlPlaneProps {
  readonly namespace: string;
  readonly image: Image;
  readonly clusterDomain: string;
  readonly logLevel: string;
  readonly resources?: ContainerResources;
  readonly autoscaling?: Autoscaling;
  readonly priorityClassName?: string;
  readonly gatewayApi: boolean;
  /** Namespace of the CNI agent, if nodes are to be untainted when it is ready on them. */
  readonly untaintFor?: string;
  /** Further destinations of istiod. */
  readonly egress: readonly EgressRule[];
}

/** istiod: discovery, certificates, injection and validation. */
export class ControlPlane extends Construct {
  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { namespace } = props;
    const identity = new ServiceIdentity(this, 'identity', { name: ISTIOD, namespace })
      .grantInCluster({
        name: `istiod-clusterrole-${namespace}`,
        rules: [...CONTROL_PLANE_RULES, ...(props.untaintFor ? [{ resources: ['nodes'], verbs: ['patch'] }] : [])],
      })
      .grantInNamespace({ name: ISTIOD, rules: CONTROL_PLANE_NAMESPACE_RULES });
    if (props.gatewayApi) identity.grantInCluster({ name: `istiod-gateway-controller-${namespace}`, rules: GATEWAY_CONTROLLER_RULES });

    service(this, 'service', {
      name: ISTIOD,
      namespace,
      selector: ISTIOD_PODS,
      labels: { ...REVISION, ...ISTIOD_PODS },
      ports: [
        { name: 'https-dns', port: PORTS.discovery },
        { name: 'https-webhook', port: 443, targetPort: PORTS.webhooks },
        { name: 'http-monitoring', port: PORTS.metrics },
      ],
    });

    autoscaledDeployment(this, 'deployment', {
      name: ISTIOD,
      namespace,
      selector: ISTIOD_PODS,
      labels: REVISION,
      podLabels: { ...REVISION, ...OUT_OF_MESH },
      podAnnotations: scraped(PORTS.metrics),
      serviceAccount: identity.name,
      apiAccess: 'istiod watches Services, endpoints and mesh configuration, checks who proxies are, and keeps its CA in a Secret.',
      runAsUser: PROXY_UID,
      runAsGroup: PROXY_UID,
      priorityClassName: props.priorityClassName,
      // The one thing a node must be able to run before its CNI plugin is ready.
      tolerations: [{ key: 'cni.istio.io/not-ready', operator: 'Exists' }],
      autoscaling: props.autoscaling,
      containers: [
        {
          name: 'discovery',
          image: props.image,
          args: [
            'discovery',
            `--monitoringAddr=:${PORTS.metrics}`,
            `--log_output_level=${props.logLevel}`,
            '--domain',
            props.clusterDomain,
            '--keepaliveMaxServerConnectionAge',
            '30m',
            ...(props.untaintFor ? [`--cniNamespace=${props.untaintFor}`] : []),
          ],
          env: environment(props),
          ports: { 'http-debug': PORTS.health, 'tls-xds': PORTS.discovery, 'https-webhooks': PORTS.webhooks, 'http-monitoring': PORTS.metrics },
          resources: props.resources ?? { cpu: { request: '500m', limit: '2' }, memory: { request: '2Gi', limit: '4Gi' } },
          readiness: httpProbe('/ready', PORTS.health, { initialDelaySeconds: 1, periodSeconds: 3, timeoutSeconds: 5 }),
          // Readiness waits for every cache; liveness must not, or a big mesh could never start.
          liveness: tcpProbe(PORTS.health, { initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 6 }),
          mounts: VOLUMES.map(({ volume, mountPath }) => ({ name: volume.name, mountPath, readOnly: volume.name !== 'local-certs' })),
        },
      ],
      volumes: VOLUMES.map(({ volume }) => volume),
    });

    allow(this, 'network', {
      namespace,
      policyName: ISTIOD,
      pods: ISTIOD_PODS,
      ingress: [{ from: [ALL_PODS], ports: [PORTS.discovery, PORTS.metrics] }, fromApiServer(PORTS.webhooks)],
      egress: [TO_API_SERVER, ...props.egress],
    });
  }
}

function environment(props: ControlPlaneProps): Record<string, EnvValue> {
  return {
    REVISION: 'default',
    CLUSTER_ID: 'Kubernetes',
    PILOT_CERT_PROVIDER: 'istiod',
    POD_NAME: { field: 'metadata.name' },
    POD_NAMESPACE: { field: 'metadata.namespace' },
    SERVICE_ACCOUNT: { field: 'spec.serviceAccountName' },
    // A Job ends although its sidecar runs on, and init containers have the mesh.
    ENABLE_NATIVE_SIDECARS: 'true',
    // The whole configuration of the mesh is no one's to read over plain HTTP.
    ENABLE_DEBUG_ON_HTTP: 'false',
    PILOT_ENABLE_ANALYSIS: 'false',
    PILOT_TRACE_SAMPLING: '1',
    // No node agent may ask for other workloads' certificates: there is no ztunnel.
    CA_TRUSTED_NODE_ACCOUNTS: '',
    GOMAXPROCS: { resource: 'limits.cpu', divisor: '1' },
    GOMEMLIMIT: { resource: 'limits.memory', divisor: '1' },
    ...(!props.gatewayApi && { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: 'false' }),
    ...(props.untaintFor && { PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS: 'true' }),
  };
}

const VOLUMES: readonly { readonly volume: k8s.Volume; readonly mountPath: string }[] = [
  // Mounted, not only watched: istiod that starts before them would run without a mesh configuration or without injection.
  { volume: { name: 'mesh-config', configMap: { name: MESH_CONFIG } }, mountPath: '/etc/istio/config' },
  { volume: { name: 'injector-config', configMap: { name: INJECTOR_CONFIG } }, mountPath: '/var/lib/istio/inject' },
  { volume: { name: 'local-certs', emptyDir: { medium: 'Memory' } }, mountPath: '/var/run/secrets/istio-dns' },
  {
    volume: {
      name: 'istio-token',
      projected: { sources: [{ serviceAccountToken: { audience: 'istio-ca', expirationSeconds: 43_200, path: 'istio-token' } }] },
    },
    mountPath: '/var/run/secrets/tokens',
  },
  // A CA of one's own, if there is one.
  { volume: { name: 'cacerts', secret: { secretName: 'cacerts', optional: true } }, mountPath: '/etc/cacerts' },
  // Certificates by istio-csr, if it is there.
  { volume: { name: 'istio-csr-dns-cert', secret: { secretName: 'istiod-tls', optional: true } }, mountPath: '/var/run/secrets/istiod/tls' },
  { volume: { name: 'istio-csr-ca-configmap', configMap: { name: 'istio-ca-root-cert', optional: true } }, mountPath: '/var/run/secrets/istiod/ca' },
];
