import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import { apiGroup, type KubernetesObject } from '../../engine/object';
import { readOr, UnknownValueError } from '../../engine/unknown-value';
import type { NamespaceFacts } from './declared';
import { matchesGlob } from './glob';
import { kyvernoCovers } from './kyverno';
import { selects, selectsEverything } from './label-selector';
import { namespaceOf } from './placement';

/** Whether something that admits pods by policy does so in a namespace. */
export type Covers = (namespace: NamespaceFacts) => boolean;

/** What in an evaluation admits pods by policy. */
export interface PodAdmission {
  readonly covers: Covers;
  /** Whether there is something of which it is not known yet where it holds. */
  readonly isOpen: boolean;
}

/** Finds every policy engine's rules over pods, of which each says for itself in which namespaces it holds. */
export function podAdmission(inventory: Inventory): PodAdmission {
  const all: Covers[] = [];
  let isOpen = false;
  const add = (find: () => Covers | undefined): void => {
    try {
      const covers = find();
      if (covers) all.push(covers);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      isOpen = true;
    }
  };
  const policies = admissionPolicies(inventory);
  for (const binding of inventory.ofKind('ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io')) add(() => bound(binding, policies));
  for (const object of inventory.objects) add(() => ruleOf(object));
  return { covers: (namespace) => all.some((covers) => covers(namespace)), isOpen };
}

function ruleOf(object: KubernetesObject): Covers | undefined {
  switch (apiGroup(object)) {
    case 'kyverno.io':
      return kyvernoCovers(object);
    case 'policies.kyverno.io':
      return validatingPolicy(object);
    case 'constraints.gatekeeper.sh':
      return constraint(object);
    case 'policies.kubewarden.io':
      return kubewarden(object);
    default:
      return undefined;
  }
}

function admissionPolicies(inventory: Inventory): ReadonlyMap<unknown, KubernetesObject> {
  const policies = inventory.ofKind('ValidatingAdmissionPolicy', 'admissionregistration.k8s.io');
  return new Map(policies.map((policy) => [readOr(undefined, () => read(policy, 'metadata', 'name')), policy]));
}

/** A ValidatingAdmissionPolicy holds where a binding has it refuse. */
function bound(binding: KubernetesObject, policies: ReadonlyMap<unknown, KubernetesObject>): Covers | undefined {
  const policy = policies.get(read(binding, 'spec', 'policyName'));
  if (!policy || !includes(read(binding, 'spec', 'validationActions'), 'Deny')) return undefined;
  const constraints = read(policy, 'spec', 'matchConstraints');
  const within = read(binding, 'spec', 'matchResources');
  const rules = read(within, 'resourceRules');
  if (!matchesPods(constraints) || !selectsEverything(read(within, 'objectSelector')) || (Array.isArray(rules) && !rules.some(isPodRule))) return undefined;
  return ({ labels }) => selects(read(constraints, 'namespaceSelector'), labels) && selects(read(within, 'namespaceSelector'), labels);
}

/** Kyverno's form of the same, which needs no binding and refuses unless it says otherwise. */
function validatingPolicy(object: KubernetesObject): Covers | undefined {
  if (object.kind !== 'ValidatingPolicy' && object.kind !== 'NamespacedValidatingPolicy') return undefined;
  const actions = read(object, 'spec', 'validationActions');
  const constraints = read(object, 'spec', 'matchConstraints');
  if ((actions !== undefined && !includes(actions, 'Deny')) || !matchesPods(constraints)) return undefined;
  const home = object.kind === 'NamespacedValidatingPolicy' ? namespaceOf(object) : undefined;
  return ({ name, labels }) => (home === undefined || home === name) && selects(read(constraints, 'namespaceSelector'), labels);
}

function matchesPods(constraints: unknown): boolean {
  const [rules, excluded] = [read(constraints, 'resourceRules'), read(constraints, 'excludeResourceRules')];
  return (
    Array.isArray(rules) && rules.some(isPodRule) && !(Array.isArray(excluded) && excluded.some(isPodRule)) && selectsEverything(read(constraints, 'objectSelector'))
  );
}

/** Whether a rule of an admission webhook is over the creation of pods. */
function isPodRule(rule: unknown): boolean {
  const [groups, resources, operations] = ['apiGroups', 'resources', 'operations'].map((field) => read(rule, field));
  return (
    (includes(groups, '') || includes(groups, '*')) &&
    (includes(resources, 'pods') || includes(resources, '*') || includes(resources, '*/*')) &&
    (includes(operations, 'CREATE') || includes(operations, '*')) &&
    read(rule, 'scope') !== 'Cluster' &&
    read(rule, 'resourceNames') === undefined
  );
}

/**
 * Gatekeeper's constraints for what pod security policies once were.
 *
 * @see https://open-policy-agent.github.io/gatekeeper/website/docs/howto/#the-match-field
 */
function constraint(object: KubernetesObject): Covers | undefined {
  const action = read(object, 'spec', 'enforcementAction');
  const scoped = read(object, 'spec', 'scopedEnforcementActions');
  const denies = action === undefined || action === 'deny' || (action === 'scoped' && Array.isArray(scoped) && scoped.some((each: unknown) => read(each, 'action') === 'deny'));
  const match = read(object, 'spec', 'match');
  const kinds = read(match, 'kinds');
  const isOverPods = kinds === undefined || (Array.isArray(kinds) && kinds.some((each: unknown) => includes(read(each, 'kinds'), 'Pod') || includes(read(each, 'kinds'), '*')));
  if (!object.kind.startsWith('K8sPSP') || !denies || !isOverPods || read(match, 'scope') === 'Cluster' || !selectsEverything(read(match, 'labelSelector'))) return undefined;
  const [within, except] = [read(match, 'namespaces'), read(match, 'excludedNamespaces')];
  return ({ name, labels }) =>
    (!Array.isArray(within) || within.length === 0 || isListed(within, name)) && !(Array.isArray(except) && isListed(except, name)) && selects(read(match, 'namespaceSelector'), labels);
}

function kubewarden(object: KubernetesObject): Covers | undefined {
  const isOfCluster = /^ClusterAdmissionPolicy(Group)?$/.test(object.kind);
  const rules = read(object, 'spec', 'rules');
  const isMonitor = read(object, 'spec', 'mode') === 'monitor';
  if ((!isOfCluster && !/^AdmissionPolicy(Group)?$/.test(object.kind)) || isMonitor || !Array.isArray(rules) || !rules.some(isPodRule)) return undefined;
  if (!selectsEverything(read(object, 'spec', 'objectSelector'))) return undefined;
  const home = isOfCluster ? undefined : namespaceOf(object);
  return ({ name, labels }) => (home === undefined ? selects(read(object, 'spec', 'namespaceSelector'), labels) : home === name);
}

function includes(list: unknown, value: string): boolean {
  return Array.isArray(list) && list.includes(value);
}

/** Gatekeeper's namespaces may start or end with `*`. */
function isListed(patterns: readonly unknown[], name: string): boolean {
  return patterns.some((pattern) => typeof pattern === 'string' && matchesGlob(pattern, name));
}
