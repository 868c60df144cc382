import type { Construct } from 'constructs';
import { ALL_PODS, ANYWHERE, type Image, type MeshGateway, type Waiver } from '../core';
import { GATEWAY_PORTS, GatewayWorkload, meshGateway } from './gateway-workload';
import type { IngressProps, WorkloadSize } from './props';
import { PROXY_PORTS, type ProxyFacts } from './proxy';
import { Gateway, type GatewayServer } from './resources';

/** What both gateways have in common. */
interface CommonProps extends ProxyFacts {
  readonly namespace: string;
  readonly image: Image;
  readonly priorityClassName?: string;
}

const INGRESS_PODS = { app: 'istio-ingressgateway', istio: 'ingressgateway' } as const;
const CLUSTER_LOCAL_PODS = { app: 'cluster-local-gateway', istio: 'cluster-local-gateway' } as const;

const TLS_IN_GATEWAY: readonly Waiver[] = [
  {
    policy: 'eks-service-tls',
    reason: 'TLS on port 443 ends in the gateway, with the certificate of a Gateway object; without one nothing answers there. The load balancer passes connections on as they are.',
  },
];

/** The gateway for traffic from outside, with the Gateway objects that VirtualServices of the platform attach to. */
export function ingressGateway(scope: Construct, common: CommonProps, props: IngressProps): MeshGateway {
  const { hosts = ['*'], tls, gatewayNamespace = 'kubeflow' } = props;
  const workload = { name: INGRESS_PODS.app, namespace: common.namespace, pods: INGRESS_PODS };
  new GatewayWorkload(scope, 'ingress-gateway', {
    ...common,
    ...workload,
    service: {
      type: props.serviceType,
      annotations: { ...props.loadBalancer?.annotations, ...props.serviceAnnotations },
      waivers: props.serviceWaivers ?? props.loadBalancer?.waivers ?? (props.serviceType === 'LoadBalancer' && !props.serviceAnnotations ? TLS_IN_GATEWAY : []),
      ports: [
        { name: 'status-port', port: PROXY_PORTS.health },
        { name: 'http2', port: 80, targetPort: GATEWAY_PORTS.http },
        { name: 'https', port: 443, targetPort: GATEWAY_PORTS.https },
      ],
    },
    ports: { http: GATEWAY_PORTS.http, https: GATEWAY_PORTS.https },
    certificates: true,
    // From anywhere: it is the door. Load balancers ask for its health.
    ingress: [{ from: ANYWHERE, ports: [GATEWAY_PORTS.http, GATEWAY_PORTS.https, PROXY_PORTS.health] }],
    resources: props.resources,
    autoscaling: props.autoscaling,
  });

  const http = (httpHosts: readonly string[]): GatewayServer => ({
    port: { number: 80, name: 'http', protocol: 'HTTP' },
    hosts: httpHosts,
    ...(tls && { tls: { httpsRedirect: true } }),
  });
  const https: readonly GatewayServer[] = tls
    ? [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts,
          tls: { mode: 'SIMPLE', credentialName: tls.secretName, minProtocolVersion: tls.minProtocolVersion ?? 'TLSV1_2' },
        },
      ]
    : [];
  new Gateway(scope, 'istio-ingressgateway', { name: 'istio-ingressgateway', namespace: common.namespace, spec: { selector: INGRESS_PODS, servers: [http(['*'])] } });
  const platform = new Gateway(scope, 'kubeflow-gateway', {
    name: 'kubeflow-gateway',
    namespace: gatewayNamespace,
    spec: { selector: { istio: INGRESS_PODS.istio }, servers: [http(hosts), ...https] },
  });
  return meshGateway(platform.reference, workload);
}

/** The gateway for traffic from inside the cluster, which is not reached from outside. */
export function clusterLocalGateway(scope: Construct, common: CommonProps, props: WorkloadSize): MeshGateway {
  const workload = { name: CLUSTER_LOCAL_PODS.app, namespace: common.namespace, pods: CLUSTER_LOCAL_PODS };
  new GatewayWorkload(scope, 'cluster-local-gateway', {
    ...common,
    ...workload,
    service: {
      ports: [
        { name: 'status-port', port: PROXY_PORTS.agent },
        { name: 'http2', port: 80, targetPort: GATEWAY_PORTS.http },
      ],
    },
    ports: { http: GATEWAY_PORTS.http },
    certificates: false,
    ingress: [{ from: [ALL_PODS], ports: [GATEWAY_PORTS.http] }],
    routerMode: 'sni-dnat',
    ...props,
  });
  const gateway = new Gateway(scope, 'cluster-local', {
    name: 'cluster-local-gateway',
    namespace: common.namespace,
    spec: { selector: CLUSTER_LOCAL_PODS, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
  });
  return meshGateway(gateway.reference, workload);
}
