import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { checkDnsLabel, InvalidInputError, type Mesh } from '../core';
import type { GatewayApiKinds } from '../gateway-api';
import type { IngressConfig } from './config';

/** A Gateway of the Gateway API that is in the cluster already. */
export interface GatewayReference {
  readonly namespace: string;
  readonly name: string;
}

/** Ways in from outside the cluster where there is no mesh. */
export type ClusterIngress =
  /** An ingress controller: each InferenceService gets an Ingress of this class. */
  | { readonly kind: 'ingress-class'; readonly className: string }
  /** An implementation of the Gateway API: each InferenceService gets an HTTPRoute on this Gateway. */
  | { readonly kind: 'gateway-api'; readonly gatewayApi: GatewayApiKinds; readonly gateway: GatewayReference }
  /** None: models answer inside the cluster only. */
  | { readonly kind: 'cluster-local' };

/** Through the mesh's ingress gateway. */
export interface ThroughMesh {
  readonly mesh: Mesh;
  /**
   * Route by HTTPRoutes instead of Ingresses. LLMInferenceServices with a route need it; the mesh must serve the Gateway API.
   * @default none: Ingresses of a class that Istio serves
   */
  readonly gatewayApi?: GatewayApiKinds;
  readonly ingress?: never;
}

/** Past any mesh. */
export interface WithoutMesh {
  readonly mesh?: never;
  readonly gatewayApi?: never;
  readonly ingress: ClusterIngress;
}

/** How predictions come in from outside; exactly one way. */
export type KServeExposure = ThroughMesh | WithoutMesh;

/** Kind of object that leads requests to an InferenceService. */
export type RoutedBy = 'ingress' | 'gateway-api';

/** What a way in means for the controller. */
export interface Exposure {
  readonly routedBy: RoutedBy;
  /** The part of `inferenceservice-config` that follows from it. */
  readonly config: Pick<IngressConfig, 'ingressClassName' | 'kserveIngressGateway' | 'ingressGateway' | 'localGateway' | 'localGatewayService' | 'disableIngressCreation'>;
}

/** Class of the Ingresses that Istio's ingress controller serves for KServe. */
const MESH_CLASS = 'kserve';
/** Gateway that KServe's HTTPRoutes attach to in a mesh; upstream's name for it. */
const MESH_GATEWAY = 'kserve-ingress-gateway';

/** Declares what the chosen way in needs, and says what the controller must know of it. */
export function exposure(scope: Construct, namespace: string, props: KServeExposure): Exposure {
  if (props.mesh) return throughMesh(scope, namespace, props.mesh, props.gatewayApi);
  const { ingress } = props;
  switch (ingress.kind) {
    case 'ingress-class':
      if (ingress.className.trim() === '') {
        throw new InvalidInputError({ property: 'ingress.className', value: ingress.className, expected: 'the name of an IngressClass', where: scope.node.path });
      }
      return { routedBy: 'ingress', config: { ingressClassName: ingress.className } };
    case 'gateway-api': {
      const { namespace: gatewayNamespace, name } = ingress.gateway;
      // The controller refuses to start with anything else.
      checkDnsLabel('ingress.gateway.namespace', gatewayNamespace, scope.node.path);
      checkDnsLabel('ingress.gateway.name', name, scope.node.path);
      return { routedBy: 'gateway-api', config: { kserveIngressGateway: `${gatewayNamespace}/${name}` } };
    }
    case 'cluster-local':
      return { routedBy: 'ingress', config: { disableIngressCreation: true } };
  }
}

function throughMesh(scope: Construct, namespace: string, mesh: Mesh, gatewayApi: GatewayApiKinds | undefined): Exposure {
  const { ingressGateway, clusterLocalGateway } = mesh;
  const gateways = {
    ingressGateway: ingressGateway.gateway,
    localGateway: clusterLocalGateway.gateway,
    localGatewayService: `${clusterLocalGateway.service}.${clusterLocalGateway.namespace}.svc.cluster.local`,
  };
  if (!gatewayApi) {
    new k8s.KubeIngressClass(scope, 'ingress-class', { metadata: { name: MESH_CLASS }, spec: { controller: 'istio.io/ingress-controller' } });
    return { routedBy: 'ingress', config: { ...gateways, ingressClassName: MESH_CLASS } };
  }
  new ApiObject(scope, 'gateway', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: MESH_GATEWAY, namespace },
    spec: {
      gatewayClassName: 'istio',
      // An address makes Istio use the gateway that is there, instead of starting another in this namespace.
      addresses: [{ type: 'Hostname', value: `${ingressGateway.service}.${ingressGateway.namespace}.svc.cluster.local` }],
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
    },
  });
  return { routedBy: 'gateway-api', config: { ...gateways, kserveIngressGateway: `${namespace}/${MESH_GATEWAY}` } };
}
