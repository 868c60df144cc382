import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { apiGroup, isFields, type KubernetesObject } from '../../engine/object';
import { UnknownValueError } from '../../engine/unknown-value';
import type { NamespaceFacts } from './declared';
import { selects, selectsEverything } from './label-selector';
import { type Placed, placedBy } from './placement';

/** Groups that have a NetworkPolicy in a namespace; the others only share the name. */
const NETWORK_POLICY_GROUPS = new Set(['networking.k8s.io', 'extensions', 'crd.projectcalico.org', 'projectcalico.org', 'crd.antrea.io', 'security.antrea.tanzu.vmware.com']);
/** Label by which Cilium selects pods of a namespace, with or without the source of the label. */
const CILIUM_NAMESPACE = /^(k8s:)?io\.kubernetes\.pod\.namespace$/;
/** Calico's own label of a namespace's name, and the API server's. */
const CALICO_NAME = /^(projectcalico\.org\/name|kubernetes\.io\/metadata\.name)\s*==\s*(["'])(.*)\2$/;

/** Whether a policy of the whole cluster holds in a namespace; `undefined` if that cannot be told. */
type Holds = (namespace: NamespaceFacts) => boolean | undefined;

/** What keeps the networks of namespaces apart. */
export interface NetworkIsolation {
  readonly placed: Placed;
  readonly clusterWide: readonly Holds[];
  /** Whether there is something of which it is not known yet where it holds. */
  readonly isOpen: boolean;
}

export function networkIsolation(inventory: Inventory): NetworkIsolation {
  const namespaced = [
    ...inventory.ofKind('NetworkPolicy').filter((policy) => NETWORK_POLICY_GROUPS.has(apiGroup(policy))),
    ...inventory.ofKind('CiliumNetworkPolicy', 'cilium.io'),
  ];
  const clusterWide: Holds[] = [];
  let isOpen = false;
  for (const [kind, group, read] of CLUSTER_WIDE) {
    for (const policy of inventory.ofKind(kind, group)) {
      try {
        clusterWide.push(read(policy));
      } catch (error) {
        if (!(error instanceof UnknownValueError)) throw error;
        isOpen = true;
      }
    }
  }
  return { placed: placedBy(namespaced), clusterWide, isOpen };
}

/** Whether at least one policy holds in a namespace; `undefined` if that cannot be told. */
export function isIsolated({ placed, clusterWide, isOpen }: NetworkIsolation, namespace: NamespaceFacts): boolean | undefined {
  if (placed.in(namespace.name).length > 0) return true;
  const answers = clusterWide.map((holds) => holds(namespace));
  if (answers.includes(true)) return true;
  return placed.somewhere || isOpen || answers.includes(undefined) ? undefined : false;
}

const CLUSTER_WIDE: readonly (readonly [kind: string, group: string, read: (policy: KubernetesObject) => Holds])[] = [
  ['CiliumClusterwideNetworkPolicy', 'cilium.io', cilium],
  ['GlobalNetworkPolicy', 'crd.projectcalico.org', calico],
  ['GlobalNetworkPolicy', 'projectcalico.org', calico],
  ['AdminNetworkPolicy', 'policy.networking.k8s.io', adminPolicy],
  ['BaselineAdminNetworkPolicy', 'policy.networking.k8s.io', adminPolicy],
  ['ClusterNetworkPolicy', 'policy.networking.k8s.io', adminPolicy],
  ['ClusterNetworkPolicy', 'crd.antrea.io', antrea],
];

/** One of its rules must be over all pods, of the cluster or of the namespace, and deny what it does not allow. */
function cilium(policy: KubernetesObject): Holds {
  const specs = [read(policy, 'spec'), ...list(read(policy, 'specs'))].filter(isFields).filter((spec) => {
    const denies = (direction: string): boolean => read(spec, direction) !== undefined || read(spec, `${direction}Deny`) !== undefined;
    const isAdditive = ['ingress', 'egress'].every((direction) => read(spec, 'enableDefaultDeny', direction) === false);
    return read(spec, 'endpointSelector') !== undefined && !isAdditive && (denies('ingress') || denies('egress'));
  });
  return ({ name }) => specs.some((spec) => isOverPodsOf(name, read(spec, 'endpointSelector')));
}

function isOverPodsOf(namespace: string, selector: unknown): boolean {
  if (selectsEverything(selector)) return true;
  const [labels, expressions] = [read(selector, 'matchLabels'), list(read(selector, 'matchExpressions'))];
  const wanted = isFields(labels) ? Object.entries(labels) : [];
  return (
    wanted.every(([label, value]) => CILIUM_NAMESPACE.test(label) && value === namespace) &&
    expressions.every((each) => CILIUM_NAMESPACE.test(String(read(each, 'key'))) && selects({ matchExpressions: [each] }, { [String(read(each, 'key'))]: namespace }))
  );
}

/** Selectors are expressions; those that pick a namespace by its name are read, and others leave it open. */
function calico(policy: KubernetesObject): Holds {
  const [pods, namespaces] = [text(read(policy, 'spec', 'selector')), text(read(policy, 'spec', 'namespaceSelector'))];
  if (!isForAll(pods)) return ({ name }) => byName(pods, name) ?? false;
  if (isForAll(namespaces)) return () => true;
  return ({ name }) => byName(namespaces, name);
}

function isForAll(selector: string): boolean {
  return selector === '' || selector === 'all()';
}

function byName(selector: string, namespace: string): boolean | undefined {
  const name = CALICO_NAME.exec(selector)?.[3];
  return name === undefined ? undefined : name === namespace;
}

/** Its subject is namespaces, or pods of them; of the latter those that are not picked any further. */
function adminPolicy(policy: KubernetesObject): Holds {
  const [namespaces, pods] = [read(policy, 'spec', 'subject', 'namespaces'), read(policy, 'spec', 'subject', 'pods')];
  const hasRules = ['ingress', 'egress'].some((direction) => list(read(policy, 'spec', direction)).length > 0);
  if (!hasRules || (namespaces === undefined && pods === undefined)) return () => false;
  if (namespaces !== undefined) return ({ labels }) => selects(namespaces, labels);
  const isWhole = selectsEverything(read(pods, 'podSelector'));
  return ({ labels }) => isWhole && selects(read(pods, 'namespaceSelector'), labels);
}

function antrea(policy: KubernetesObject): Holds {
  const subjects = list(read(policy, 'spec', 'appliedTo')).filter((subject) => selectsEverything(read(subject, 'podSelector')));
  return ({ labels }) => subjects.some((subject) => (read(subject, 'namespaceSelector') ?? read(subject, 'podSelector')) !== undefined && selects(read(subject, 'namespaceSelector'), labels));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
