import { Construct } from 'constructs';
import {
  ALL_PODS,
  allow,
  type ContainerResources,
  httpProbe,
  type Image,
  type IngressRule,
  type MeshGateway,
  type RbacRule,
  service,
  ServiceIdentity,
  type ServicePortProps,
  tcpProbe,
  type Waiver,
} from '../core';
import { autoscaledDeployment, type Autoscaling } from './autoscaling';
import { OUT_OF_MESH, REVISION, scraped } from './labels';
import { GATEWAY_RESOURCES, PROXY_MOUNTS, PROXY_POD_VOLUMES, PROXY_PORTS, PROXY_UID, proxyArguments, proxyEnvironment, type ProxyFacts } from './proxy';
import { AuthorizationPolicy } from './resources';

/** Ports a gateway's pods listen on; Services lead to them from 80 and 443. */
export const GATEWAY_PORTS = { http: 8080, https: 8443 } as const;

/** Props of {@link GatewayWorkload}. */
export interface GatewayWorkloadProps extends ProxyFacts {
  /** Name of the Deployment, its Service and more. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of its pods, by which Gateway objects select it. */
  readonly pods: Readonly<Record<string, string>>;
  readonly image: Image;
  readonly service: {
    readonly type?: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
    readonly annotations?: Readonly<Record<string, string>>;
    readonly waivers?: readonly Waiver[];
    readonly ports: readonly ServicePortProps[];
  };
  /** Container ports by name, apart from those of every gateway. */
  readonly ports: Readonly<Record<string, number>>;
  /** Who may call it. */
  readonly ingress: readonly IngressRule[];
  /** Whether it ends TLS, with certificates that are Secrets of its namespace. */
  readonly certificates: boolean;
  /** What kind of router it is. @default 'standard' */
  readonly routerMode?: 'standard' | 'sni-dnat';
  readonly resources?: ContainerResources;
  readonly autoscaling?: Autoscaling;
  readonly priorityClassName?: string;
}

/** What istiod asks before it hands a gateway a certificate. It does not ask by name. */
const CERTIFICATE_RULES: readonly RbacRule[] = [
  {
    resources: ['secrets'],
    verbs: ['list'],
    waives: {
      'secret-access': 'istiod hands certificates only to gateways whose account may list the Secrets of their namespace. The pods have no token of that account for the API server.',
    },
  },
];

/**
 * A gateway of the mesh: Envoy at its edge. Its pods are written out, not injected, so that a gateway starts while istiod is away.
 */
export class GatewayWorkload extends Construct {
  constructor(scope: Construct, id: string, props: GatewayWorkloadProps) {
    super(scope, id);
    const { name, namespace, pods } = props;
    const identity = new ServiceIdentity(this, 'identity', { name: `${name}-service-account`, namespace });
    if (props.certificates) identity.grantInNamespace({ name: `${name}-sds`, rules: CERTIFICATE_RULES });

    service(this, 'service', { name, namespace, selector: pods, labels: { ...pods, ...REVISION }, ...props.service });

    autoscaledDeployment(this, 'deployment', {
      name,
      namespace,
      selector: pods,
      labels: REVISION,
      podLabels: {
        ...REVISION,
        ...OUT_OF_MESH,
        'service.istio.io/canonical-name': name,
        'service.istio.io/canonical-revision': 'latest',
      },
      podAnnotations: { 'istio.io/rev': 'default', ...scraped(PROXY_PORTS.agent, '/stats/prometheus') },
      serviceAccount: identity.name,
      apiAccess: false,
      runAsUser: PROXY_UID,
      runAsGroup: PROXY_UID,
      priorityClassName: props.priorityClassName,
      autoscaling: props.autoscaling,
      containers: [
        {
          name: 'istio-proxy',
          image: props.image,
          args: [
            ...proxyArguments('router', props),
            '--proxyLogLevel=warning',
            '--proxyComponentLogLevel=misc:error',
            `--log_output_level=${props.logLevel}`,
          ],
          env: {
            ...proxyEnvironment(props),
            ...(props.routerMode === 'sni-dnat' && { ISTIO_META_ROUTER_MODE: 'sni-dnat' }),
            ISTIO_META_WORKLOAD_NAME: name,
            ISTIO_META_OWNER: `kubernetes://apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
            ISTIO_META_MESH_ID: props.trustDomain,
            // Its listeners are on unprivileged ports.
            ISTIO_META_UNPRIVILEGED_POD: 'true',
            TRUST_DOMAIN: props.trustDomain,
          },
          ports: { ...props.ports, 'status-port': PROXY_PORTS.health, metrics: PROXY_PORTS.agent, 'http-envoy-prom': PROXY_PORTS.envoyMetrics },
          resources: props.resources ?? GATEWAY_RESOURCES,
          readiness: httpProbe('/healthz/ready', PROXY_PORTS.health, { initialDelaySeconds: 1, periodSeconds: 2, failureThreshold: 30 }),
          // The agent ends with Envoy. Being without configuration is no reason to be restarted: istiod may be away.
          liveness: tcpProbe(PROXY_PORTS.agent, { initialDelaySeconds: 10, failureThreshold: 6 }),
          mounts: [...PROXY_MOUNTS, { name: 'config-volume', mountPath: '/etc/istio/config', readOnly: true }],
        },
      ],
      volumes: [...PROXY_POD_VOLUMES, { name: 'config-volume', configMap: { name: 'istio', optional: true } }],
    });

    allow(this, 'network', {
      namespace,
      policyName: name,
      pods,
      ingress: [...props.ingress, { from: [ALL_PODS], ports: [PROXY_PORTS.agent, PROXY_PORTS.envoyMetrics] }],
      // Anything in the mesh may be routed to, on any port; istiod is among it.
      egress: [{ to: [ALL_PODS] }],
    });

    new AuthorizationPolicy(this, 'authorization', {
      name,
      namespace,
      spec: { action: 'ALLOW', selector: { matchLabels: pods }, rules: [{}] },
    });
  }
}

/** How others refer to a gateway. */
export function meshGateway(gateway: string, props: Pick<GatewayWorkloadProps, 'name' | 'namespace' | 'pods'>): MeshGateway {
  return { gateway, namespace: props.namespace, service: props.name, pods: props.pods };
}
