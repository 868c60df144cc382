import { type FieldPath, read } from '../../engine/field-path';
import { apiGroup, isFields, type KubernetesObject, type ObjectKind } from '../../engine/object';

/** One rule of a Role or ClusterRole, as the API server reads it. Positions in the lists are those in the object. */
export interface Rule {
  readonly path: FieldPath;
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** A list of a rule. */
export type RuleList = Exclude<keyof Rule, 'path'>;

/** What is wrong with a rule. */
export interface Violation {
  readonly path: FieldPath;
  readonly found: unknown;
  /** Continues the name of the role, e.g. "grants get on secrets". */
  readonly what: string;
}

const RBAC_GROUPS: ReadonlySet<string> = new Set(['rbac.authorization.k8s.io', 'authorization.openshift.io']);

/** Whether an object is a Role or ClusterRole. */
export function isRole(object: ObjectKind): boolean {
  return (object.kind === 'Role' || object.kind === 'ClusterRole') && RBAC_GROUPS.has(apiGroup(object));
}

/** Whether an object is a RoleBinding or ClusterRoleBinding. */
export function isBinding(object: ObjectKind): boolean {
  return (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding') && RBAC_GROUPS.has(apiGroup(object));
}

/**
 * Whether the rules of a ClusterRole are those of others: the control plane then replaces whatever rules it states.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function isAggregated(role: KubernetesObject): boolean {
  return role.kind === 'ClusterRole' && read(role, 'aggregationRule') !== undefined;
}

/** Paths of the rules that a role states. */
export function rulePaths(role: KubernetesObject): readonly FieldPath[] {
  const rules = read(role, 'rules');
  return Array.isArray(rules) ? rules.map((_, index) => ['rules', index]) : [];
}

/**
 * One rule of a role; `undefined` if there is no rule at the path.
 *
 * @throws UnknownValueError if part of it is not known yet
 */
export function ruleAt(role: KubernetesObject, path: FieldPath): Rule | undefined {
  const stated = read(role, ...path);
  if (!isFields(stated)) return undefined;
  const list = (name: RuleList): readonly string[] => texts(read(stated, name));
  const apiGroups = list('apiGroups');
  return {
    path,
    // The API server refuses a rule for resources without groups; whoever leaves them out means the core group.
    apiGroups: apiGroups.length > 0 ? apiGroups : [''],
    resources: list('resources'),
    resourceNames: list('resourceNames'),
    verbs: list('verbs'),
    nonResourceURLs: list('nonResourceURLs'),
  };
}

/** The texts of a list; a text that stands alone is read as the list that was meant. */
function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((entry) => entry === undefined || entry === null) ? [] : list.map((entry) => (typeof entry === 'string' ? entry : ''));
}
