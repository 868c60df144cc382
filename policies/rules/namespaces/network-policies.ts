import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { KubernetesObject } from '../../engine/object';
import { mayHoldPods } from '../../engine/pod-policy';
import type { ObjectPolicy, PolicyContext, Report } from '../../engine/policy';
import { builtInTemplate, isBuiltIn } from '../../engine/templates/built-in';
import { isKnownCustomResource } from '../../engine/templates/custom-resources';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { factsOf, named, type NamespaceFacts } from './declared';
import { isIsolated, networkIsolation } from './network-isolation';
import { isNamespace, isOfTheCluster, namespaceOf } from './placement';
import { scopeOf } from '../../engine/scope';

const NAMESPACE: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a' } };

/** CIS 5.3.2: every namespace has a network policy. */
export const networkPolicies: ObjectPolicy = {
  id: 'network-policies',
  title: 'Namespaces have network policies',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.3.2', eks: '4.3.2', gke: '4.3.2', aks: '4.4.2' }),
  rationale:
    'Without any network policy each pod of a namespace can reach, and be reached by, every other pod of the cluster, so that ' +
    'one that is taken over is a way to all of them. Policies of Kubernetes, Cilium, Calico and Antrea count, and those of the ' +
    'whole cluster where they hold for all pods of the namespace. A namespace that is used but not declared is reported at the first workload in it.',
  remediation: 'Add a NetworkPolicy that denies what is not allowed (an empty podSelector and both policyTypes), and one for each connection that is needed.',
  reach: 'stack',
  examples: {
    fails: NAMESPACE,
    passes: [
      NAMESPACE,
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: 'team-a' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    ],
  },
  appliesTo: (object) => isNamespace(object) || mayHoldPods(object),
  check(object, report, context) {
    if (isNamespace(object)) {
      const facts = factsOf(object);
      // What the cluster makes anyway only counts where workloads are put into it.
      if (!isOfTheCluster(facts.name) || context.derive(usage).first.has(facts.name)) judge(facts, report, context);
      return;
    }
    if (!isWorkload(object)) return;
    const { declared, first } = context.derive(usage);
    const namespace = namespaceOf(object);
    if (first.get(namespace) === object && !declared.has(namespace)) judge(named(namespace), report, context, object);
  },
};

/** Which namespaces are declared, and the first workload in each that is used. */
interface Usage {
  readonly declared: ReadonlySet<string>;
  readonly first: ReadonlyMap<string, KubernetesObject>;
}

function usage(inventory: Inventory, context: PolicyContext): Usage {
  const declared = new Set(inventory.ofKind('Namespace', '').map((namespace) => readOr('', () => factsOf(namespace).name)));
  const first = new Map<string, KubernetesObject>();
  for (const object of inventory.objects) {
    if (!isWorkload(object) || scopeOf(object, context) === 'cluster') continue;
    const namespace = readOr(undefined, () => namespaceOf(object));
    if (namespace !== undefined && !first.has(namespace)) first.set(namespace, object);
  }
  return { declared, first };
}

/** Whether an object is of a kind that is known to make pods. */
function isWorkload(object: KubernetesObject): boolean {
  return isBuiltIn(object) ? builtInTemplate(object) !== undefined : isKnownCustomResource(object);
}

function judge(facts: NamespaceFacts, report: Report, context: PolicyContext, workload?: KubernetesObject): void {
  const isolated = isIsolated(context.derive(networkIsolation), facts);
  if (isolated === true) return;
  const path = workload ? ['metadata', 'namespace'] : ['metadata', 'name'];
  if (isolated === undefined) {
    report.undecided({ path, reason: 'a network policy may hold in it, which cannot be told' });
  } else if (workload) {
    // It may be declared, with its policies, by someone else.
    const message = `namespace '${facts.name}', which is used here, has no network policy`;
    report.finding({ path, found: read(workload, ...path), message, enforcement: 'advisory' });
  } else {
    report.finding({ path, found: facts.name, message: `namespace '${facts.name}' has no network policy` });
  }
}
