import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { checkDnsLabel } from './names';
import { allow, ANYWHERE, DNS_PORTS, NAMESPACE_NAME_LABEL } from './network-policy';
import { type Waiver, waiverAnnotations } from './waiver';

/** Pod Security Standard a namespace enforces. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Props of {@link SystemNamespace}. */
export interface SystemNamespaceProps {
  /** @default 'restricted' */
  readonly podSecurity?: PodSecurityLevel;
  /** Further labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Reasoned exceptions, required when `podSecurity` is `privileged`. @default none */
  readonly waivers?: readonly Waiver[];
}

/**
 * A namespace of the platform's own: it enforces a Pod Security Standard and lets nothing in or out but DNS. What a component
 * needs beyond that, it opens with {@link allow}.
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
        annotations: waiverAnnotations(props.waivers, this.node.path),
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
  }
}
