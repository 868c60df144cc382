import { evaluate, type KubernetesObject } from '../../../../policies';
import { clusterAdminEquivalent } from '../../../../policies/rules/rbac/cluster-admin-equivalent';

const RBAC = 'rbac.authorization.k8s.io/v1';
const ALL = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
const role = (rules: unknown, kind = 'ClusterRole', metadata: object = {}): KubernetesObject => ({ apiVersion: RBAC, kind, metadata: { name: 'almighty', ...metadata }, rules });
const binding = (kind: string, roleKind: string, more: { name?: string; namespace?: string; subjects?: unknown } = {}): KubernetesObject => ({
  apiVersion: RBAC,
  kind,
  metadata: { name: more.name ?? 'all', namespace: more.namespace ?? 'team-a' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name: 'almighty' },
  subjects: more.subjects ?? [{ kind: 'Group', name: 'dev' }],
});
const found = (...objects: KubernetesObject[]) => evaluate(objects, { policies: [clusterAdminEquivalent] }).findings.map(({ path, message }) => `${path}: ${message}`);

describe('a binding to a role that may do everything', () => {
  it('is a finding on the binding', () => {
    expect(found(binding('ClusterRoleBinding', 'ClusterRole'), role([ALL]))).toEqual([
      expect.stringMatching(/^roleRef\.name: ClusterRoleBinding 'all' gives Group dev the ClusterRole almighty, which may do everything$/),
    ]);
    expect(found(binding('RoleBinding', 'ClusterRole'), role([ALL]))).toHaveLength(1);
    expect(found(binding('RoleBinding', 'Role'), role([ALL], 'Role', { namespace: 'team-a' }))).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['every verb by name', { ...ALL, verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] }],
    ['more than everything', { ...ALL, resources: ['pods', '*'], apiGroups: ['', '*'] }],
  ])('is one with %s', (_what, rule) => {
    expect(found(binding('ClusterRoleBinding', 'ClusterRole'), role([rule]))).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['one verb fewer', { ...ALL, verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'] }],
    ['one group', { ...ALL, apiGroups: [''] }],
    ['one resource', { ...ALL, resources: ['pods'] }],
    ['some names', { ...ALL, resourceNames: ['x'] }],
  ])('is none with %s', (_what, rule) => {
    expect(found(binding('ClusterRoleBinding', 'ClusterRole'), role([rule]))).toEqual([]);
  });

  it('is none if the role is another, or not given', () => {
    expect(found(binding('ClusterRoleBinding', 'ClusterRole'))).toEqual([]);
    expect(found(binding('RoleBinding', 'Role'), role([ALL], 'Role', { namespace: 'team-b' }))).toEqual([]);
    expect(found(binding('RoleBinding', 'Role'), role([ALL]))).toEqual([]);
  });

  it('is none for the cluster itself, for system:masters, and without anyone', () => {
    expect(found(binding('ClusterRoleBinding', 'ClusterRole', { name: 'system:controller' }), role([ALL]))).toEqual([]);
    expect(found(binding('ClusterRoleBinding', 'ClusterRole', { subjects: [{ kind: 'Group', name: 'system:masters' }] }), role([ALL]))).toEqual([]);
    expect(found(binding('ClusterRoleBinding', 'ClusterRole', { subjects: [] }), role([ALL]))).toEqual([]);
  });

  it('is one through aggregation', () => {
    const aggregate: KubernetesObject = {
      ...role(null),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'almighty' } }] },
    };
    expect(found(binding('ClusterRoleBinding', 'ClusterRole'), aggregate, role([ALL], 'ClusterRole', { name: 'part', labels: { to: 'almighty' } }))).toHaveLength(1);
    expect(found(binding('ClusterRoleBinding', 'ClusterRole'), aggregate, role([ALL], 'ClusterRole', { name: 'part', labels: { to: 'other' } }))).toEqual([]);
  });
});
