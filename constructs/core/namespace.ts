import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { checkDnsLabel } from './names';
import { allow, ANYWHERE, DNS_PORTS, NAMESPACE_NAME_LABEL } from './network-policy';
import { type Waiver, waiverAnnotations } from './waiver';
import { type ContainerResources, resourceRequirements } from './workload/container';

/** Pod Security Standard a namespace enforces. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Props of {@link SystemNamespace}. */
export interface SystemNamespaceProps {
  /** @default 'restricted' */
  readonly podSecurity?: PodSecurityLevel;
  /** Further labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What a container gets that states no amounts, such as one that is injected, or added to find a fault. One that states a request
   * above the limit here must state its own limit.
   *
   * @default 50m CPU (at most 2), 64 MiB of memory (at most 2 GiB)
   */
  readonly containerDefaults?: ContainerResources;
  /**
   * What all pods together may ask for.
   *
   * @default no quota: it would refuse the pods that an upgrade starts beside the old ones, and that an autoscaler adds under load
   */
  readonly quota?: ContainerResources;
  /** Reasoned exceptions, required when `podSecurity` is `privileged`. @default none */
  readonly waivers?: readonly Waiver[];
}

const CONTAINER_DEFAULTS: ContainerResources = { cpu: { request: '50m', limit: '2' }, memory: { request: '64Mi', limit: '2Gi' } };

const NO_QUOTA: Waiver = {
  policy: 'namespace-quota',
  reason:
    'Only the platform runs here, each container with its own limits, and only its administrators add pods. A quota would refuse those ' +
    'that an upgrade starts beside the old ones, and that an autoscaler adds under load.',
};

/**
 * A namespace of the platform's own: it enforces a Pod Security Standard, lets nothing in or out but DNS, and bounds containers that
 * do not bound themselves. What a component needs beyond that, it opens with {@link allow}.
 */
export class SystemNamespace extends Construct {
  readonly name: string;
  readonly podSecurity: PodSecurityLevel;

  constructor(scope: Construct, name: string, props: SystemNamespaceProps = {}) {
    super(scope, `namespace-${name}`);
    checkDnsLabel('namespace', name, this.node.path);
    this.name = name;
    this.podSecurity = props.podSecurity ?? 'restricted';

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name,
        labels: {
          [NAMESPACE_NAME_LABEL]: name,
          'pod-security.kubernetes.io/enforce': this.podSecurity,
          // Where everything is allowed, a warning at every pod says nothing.
          ...(this.podSecurity !== 'privileged' && { 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'restricted' }),
          ...props.labels,
        },
        annotations: waiverAnnotations([...(props.quota ? [] : [NO_QUOTA]), ...(props.waivers ?? [])], this.node.path),
      },
    });
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: { name: 'default-deny', namespace: name },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    allow(this, 'dns', {
      namespace: name,
      policyName: 'allow-dns',
      // CoreDNS, NodeLocal DNSCache (a host address) or a cloud's resolver: the port is what they share.
      egress: [{ to: ANYWHERE, ports: DNS_PORTS }],
    });
    const { requests, limits } = this.amounts(props.containerDefaults ?? CONTAINER_DEFAULTS, 'containerDefaults');
    new k8s.KubeLimitRange(this, 'limit-range', {
      metadata: { name: 'container-defaults', namespace: name },
      spec: { limits: [{ type: 'Container', defaultRequest: requests, default: limits }] },
    });
    if (props.quota) this.limit(props.quota);
  }

  private limit(quota: ContainerResources): void {
    const { requests = {}, limits = {} } = this.amounts(quota, 'quota');
    const each = (bound: string, amounts: Record<string, k8s.Quantity>) => Object.entries(amounts).map(([resource, amount]) => [`${bound}.${resource}`, amount] as const);
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'compute', namespace: this.name },
      spec: { hard: Object.fromEntries([...each('requests', requests), ...each('limits', limits)]) },
    });
  }

  private amounts(resources: ContainerResources, property: string): k8s.ResourceRequirements {
    return resourceRequirements(resources, `${this.node.path}, ${property}`);
  }
}
