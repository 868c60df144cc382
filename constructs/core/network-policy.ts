import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';

/** Label the API server puts on every namespace, by which policies select one. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** A port of a policy: a number or a container port's name; TCP unless said otherwise. */
export type PolicyPort = number | string | { readonly port: number | string; readonly protocol: 'TCP' | 'UDP' | 'SCTP' };

/** Who may talk, or be talked to. */
export type PolicyPeer = k8s.NetworkPolicyPeer;

/** Traffic let in. */
export interface IngressRule {
  readonly from: readonly PolicyPeer[];
  /** @default every port */
  readonly ports?: readonly PolicyPort[];
}

/** Traffic let out. */
export interface EgressRule {
  readonly to: readonly PolicyPeer[];
  /** @default every port */
  readonly ports?: readonly PolicyPort[];
}

/** Props of {@link allow}. */
export interface AllowProps {
  readonly namespace: string;
  readonly policyName: string;
  /** Labels of the pods concerned. @default every pod in the namespace */
  readonly pods?: Readonly<Record<string, string>>;
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** Any address, in the cluster or outside: an empty list of peers. */
export const ANYWHERE: readonly PolicyPeer[] = [];

/** Ports of cluster DNS: 53, and 5353 where CoreDNS listens unprivileged. */
export const DNS_PORTS: readonly PolicyPort[] = [53, 5353].flatMap((port) => [
  { port, protocol: 'UDP' as const },
  { port, protocol: 'TCP' as const },
]);

/**
 * Egress to the Kubernetes API server. Its addresses are not pods and differ by cluster, so the ports are what can be said:
 * 443 (the `kubernetes` Service) and 6443 (its endpoints, which is what policies see after address translation).
 */
export const TO_API_SERVER: EgressRule = { to: ANYWHERE, ports: [443, 6443] };

/** Ingress from the API server, for webhooks: it calls from the host network, which policies cannot select. */
export function fromApiServer(...ports: PolicyPort[]): IngressRule {
  return { from: ANYWHERE, ports };
}

/** Pods by label, in this namespace or another. */
export function pods(labels: Readonly<Record<string, string>>, namespace?: string): PolicyPeer {
  return {
    podSelector: { matchLabels: { ...labels } },
    ...(namespace === undefined ? {} : { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } } }),
  };
}

/** Every pod of a namespace. */
export function allPodsOf(namespace: string): PolicyPeer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } } };
}

/** Every pod of every namespace, and nothing outside the cluster. */
export const ALL_PODS: PolicyPeer = { namespaceSelector: {} };

/** Opens what pods of a default-deny namespace need. */
export function allow(scope: Construct, id: string, props: AllowProps): void {
  const { ingress, egress } = props;
  new k8s.KubeNetworkPolicy(scope, id, {
    metadata: { name: props.policyName, namespace: props.namespace },
    spec: {
      podSelector: props.pods ? { matchLabels: { ...props.pods } } : {},
      policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
      ...(ingress && { ingress: ingress.map(({ from, ports }) => ({ ...(from.length > 0 && { from: [...from] }), ...(ports && { ports: ports.map(policyPort) }) })) }),
      ...(egress && { egress: egress.map(({ to, ports }) => ({ ...(to.length > 0 && { to: [...to] }), ...(ports && { ports: ports.map(policyPort) }) })) }),
    },
  });
}

function policyPort(port: PolicyPort): k8s.NetworkPolicyPort {
  const { port: value, protocol } = typeof port === 'object' ? port : { port, protocol: 'TCP' as const };
  return { protocol, port: typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value) };
}
