import { read } from '../../engine/field-path';
import { isFields, type KubernetesObject } from '../../engine/object';
import { matchesGlob } from './glob';
import { selects, selectsEverything } from './label-selector';
import type { Covers } from './pod-admission';
import { namespaceOf } from './placement';

/** What rules over the security of pods speak of. */
const POD_SECURITY = /securityContext|host(Network|PID|IPC|Path|Port|Process)|privileged|allowPrivilegeEscalation|runAsNonRoot|capabilities|procMount|seccompProfile/;
/** Deeper than any real rule. */
const DEEPEST = 50;

/**
 * Where a Kyverno policy refuses pods that are not secure: what a rule checks must be of that kind, and its failure must be
 * enforced, which is not so unless stated.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/overview/
 */
export function kyvernoCovers(policy: KubernetesObject): Covers | undefined {
  if (policy.kind !== 'ClusterPolicy' && policy.kind !== 'Policy') return undefined;
  const rules = read(policy, 'spec', 'rules');
  if (!Array.isArray(rules)) return undefined;
  const home = policy.kind === 'Policy' ? namespaceOf(policy) : undefined;
  const covers = rules.flatMap((rule: unknown) => (isOverPodSecurity(rule) ? [ruleCovers(policy, rule)] : []));
  return covers.length === 0 ? undefined : (namespace) => (home === undefined || home === namespace.name) && covers.some((each) => each(namespace));
}

function isOverPodSecurity(rule: unknown): boolean {
  const validate = read(rule, 'validate');
  return read(validate, 'podSecurity') !== undefined || ['pattern', 'anyPattern', 'deny', 'foreach', 'cel'].some((way) => mentions(read(validate, way)));
}

function mentions(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return POD_SECURITY.test(value);
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.some((each: unknown) => mentions(each, depth + 1));
  return isFields(value) && Object.entries(value).some(([key, part]) => POD_SECURITY.test(key) || mentions(part, depth + 1));
}

function ruleCovers(policy: KubernetesObject, rule: unknown): Covers {
  const [match, exclude] = [filters(read(rule, 'match')), filters(read(rule, 'exclude'))];
  return (namespace) =>
    isEnforced(policy, rule, namespace.name) &&
    match.some((filter) => isOverPods(filter) && isWhole(filter) && isWithin(filter, namespace)) &&
    !exclude.some((filter) => (read(filter, 'kinds') === undefined || isOverPods(filter)) && isWhole(filter) && isWithin(filter, namespace));
}

/** Resource filters of `match` or `exclude`: under `any` or `all`, or, as once, by themselves. */
function filters(block: unknown): readonly unknown[] {
  const lists = [read(block, 'any'), read(block, 'all')].filter(Array.isArray);
  const found = lists.flatMap((list: readonly unknown[]) => list.map((filter) => read(filter, 'resources')));
  return [...found, read(block, 'resources')].filter(isFields);
}

function isOverPods(filter: unknown): boolean {
  const kinds = read(filter, 'kinds');
  return Array.isArray(kinds) && kinds.some((kind) => typeof kind === 'string' && /^(.*\/)?(Pod|\*)$/.test(kind));
}

/** Whether a filter is about all pods of its namespaces. */
function isWhole(filter: unknown): boolean {
  return ['name', 'names', 'annotations'].every((field) => read(filter, field) === undefined) && selectsEverything(read(filter, 'selector'));
}

function isWithin(filter: unknown, { name, labels }: Parameters<Covers>[0]): boolean {
  const namespaces = read(filter, 'namespaces');
  return (!Array.isArray(namespaces) || namespaces.some((pattern) => typeof pattern === 'string' && matchesGlob(pattern, name))) && selects(read(filter, 'namespaceSelector'), labels);
}

/** A rule's own word goes before the policy's, and an exception for some namespaces before both. */
function isEnforced(policy: KubernetesObject, rule: unknown, namespace: string): boolean {
  const overrides = [read(rule, 'validate', 'failureActionOverrides'), read(policy, 'spec', 'validationFailureActionOverrides')].filter(Array.isArray).flat();
  const override: unknown = overrides.find((each: unknown) => {
    const namespaces = read(each, 'namespaces');
    return Array.isArray(namespaces) && namespaces.some((pattern) => typeof pattern === 'string' && matchesGlob(pattern, namespace));
  });
  const action = read(override, 'action') ?? read(rule, 'validate', 'failureAction') ?? read(policy, 'spec', 'validationFailureAction');
  return typeof action === 'string' && action.toLowerCase() === 'enforce';
}
