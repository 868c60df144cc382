import { read } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { KubernetesObject } from '../../engine/object';
import type { ObjectPolicy, PolicyContext } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { cis } from '../cis';
import { aggregatedFrom, clusterRoles } from './aggregation';
import { exampleBinding, isMasters, nameOfBinding, roleOf, showSubject, subjectsOf } from './binding';
import { CLUSTER_ADMIN } from './cluster-admin';
import { isAggregated, isBinding, isRole, type Rule, ruleAt, rulePaths } from './rule';
import { ALL } from './wildcard';

const EVERY_VERB = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** CIS 5.1.1: the rights of cluster-admin under another name. */
export const clusterAdminEquivalent: ObjectPolicy = {
  id: 'cluster-admin-equivalent-binding',
  title: 'No one is bound to a role that may do everything',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.1.1', eks: '4.1.1', gke: '4.1.1', aks: '4.1.1' }),
  reach: 'stack',
  rationale:
    'A role that grants everything on everything is cluster-admin by another name, and is missed by whoever looks for that one. ' +
    'Bindings of the cluster itself, whose names start with system:, are exempt.',
  remediation: 'Bind a role with the rights that are needed.',
  examples: {
    fails: [exampleBinding({ kind: 'Group', name: 'dev' }, 'almighty'), exampleRole(['*'])],
    passes: [exampleBinding({ kind: 'Group', name: 'dev' }, 'almighty'), exampleRole(['get', 'list'])],
  },
  appliesTo: isBinding,
  check(binding, report, context) {
    const { path, kind, name } = roleOf(binding);
    if (name === CLUSTER_ADMIN || isOfTheCluster(binding)) return;
    const subjects = subjectsOf(binding).filter((subject) => !isMasters(subject));
    if (subjects.length === 0) return;
    const role = context.derive(rolesByName).get(keyOf(kind, kind === 'Role' ? read(binding, 'metadata', 'namespace') : undefined, name));
    if (!role || (kind === 'Role' && binding.kind !== 'RoleBinding')) return;
    if (!rulesOf(role, context).some(isAlmighty)) return;
    report.finding({ path, found: name, message: `${nameOfBinding(binding)} gives ${subjects.map(showSubject).join(', ')} the ${kind} ${name}, which may do everything` });
  },
};

function isAlmighty({ apiGroups, resources, verbs, resourceNames }: Rule): boolean {
  return resourceNames.length === 0 && apiGroups.includes(ALL) && resources.includes(ALL) && (verbs.includes(ALL) || EVERY_VERB.every((verb) => verbs.includes(verb)));
}

function rulesOf(role: KubernetesObject, context: PolicyContext): Rule[] {
  const sources = isAggregated(role) ? [...aggregatedFrom(role, context.derive(clusterRoles)).keys()] : [role];
  return sources.flatMap((source) => rulePaths(source).flatMap((path) => ruleAt(source, path) ?? []));
}

function rolesByName(inventory: Inventory): ReadonlyMap<string, KubernetesObject> {
  const roles = new Map<string, KubernetesObject>();
  for (const role of [...inventory.ofKind('Role'), ...inventory.ofKind('ClusterRole')].filter(isRole)) {
    const key = readOr(undefined, () => keyOf(role.kind, role.kind === 'Role' ? read(role, 'metadata', 'namespace') : undefined, String(read(role, 'metadata', 'name'))));
    if (key !== undefined) roles.set(key, role);
  }
  return roles;
}

function keyOf(kind: string, namespace: unknown, name: string): string {
  return [kind, ...(kind === 'Role' ? [typeof namespace === 'string' && namespace !== '' ? namespace : 'default'] : []), name].join('/');
}

/** Bindings that clusters bring themselves; the second is GKE's. */
function isOfTheCluster(binding: KubernetesObject): boolean {
  const name = read(binding, 'metadata', 'name');
  return typeof name === 'string' && (name.startsWith('system:') || name === 'gce:podsecuritypolicy:calico-sa');
}

function exampleRole(verbs: readonly string[]): KubernetesObject {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'almighty' }, rules: [{ apiGroups: ['*'], resources: ['*'], verbs }] };
}
