import { dependencyNames, deployment, externalNames, graphOf, object, serviceAccount, waitsFor } from '../objects';

const RBAC = 'rbac.authorization.k8s.io/v1';
const binding = (kind: 'RoleBinding' | 'ClusterRoleBinding', id: string, role: string, ...subjects: Record<string, unknown>[]) => {
  const [roleKind, name] = role.split('/');
  return object('z', RBAC, kind, id, { roleRef: { kind: roleKind, name }, subjects });
};
const account = (name: string, namespace?: string) => ({ kind: 'ServiceAccount', name, namespace });
const group = (name: string) => ({ kind: 'Group', name });

describe('permissions before the pods that have them', () => {
  test('a binding waits for its role and accounts, pods for every binding of their account', () => {
    const graph = graphOf([
      deployment('a', 'a/d', { serviceAccountName: 'sa' }), deployment('a', 'a/other'),
      serviceAccount('a', 'a/sa'), object('z', RBAC, 'Role', 'a/role'), object('z', RBAC, 'ClusterRole', 'cluster'),
      binding('RoleBinding', 'a/local', 'Role/role', account('sa')), binding('ClusterRoleBinding', 'wide', 'ClusterRole/cluster', {}, account('sa', 'a')),
    ]);
    expect(waitsFor(graph, 'RoleBinding/a/local')).toEqual(['subject: ServiceAccount/a/sa [subjects[0]]', 'role: Role/a/role [roleRef]']);
    expect(waitsFor(graph, 'Deployment/a/d')).toEqual([
      'service-account: ServiceAccount/a/sa [spec.template.spec.serviceAccountName]',
      'permission: ClusterRoleBinding/wide [spec.template.spec.serviceAccountName -> subjects[1]]',
      'permission: RoleBinding/a/local [spec.template.spec.serviceAccountName -> subjects[0]]',
    ]);
    expect(waitsFor(graph, 'Deployment/a/other')).toEqual([]);
  });

  test('the group of a namespace counts for its accounts; groups of everybody do not', () => {
    const graph = graphOf([
      deployment('a', 'a/d'), deployment('a', 'b/d'),
      binding('RoleBinding', 'x/namespace', 'Role/r', group('system:serviceaccounts:a')), binding('ClusterRoleBinding', 'all', 'ClusterRole/r', group('system:serviceaccounts')),
      binding('ClusterRoleBinding', 'people', 'ClusterRole/r', group('system:authenticated')),
    ]);
    expect(dependencyNames(graph, 'Deployment/a/d', 'permission')).toEqual(['RoleBinding/x/namespace']);
    expect(dependencyNames(graph, 'Deployment/b/d', 'permission')).toEqual([]);
  });

  test('a role or account that is not there is expected on the cluster', () => {
    const graph = graphOf([binding('ClusterRoleBinding', 'b', 'ClusterRole/view', account('sa', 'x'))]);
    expect(externalNames(graph)).toEqual(['ClusterRoleBinding/b -> ClusterRole/view', 'ClusterRoleBinding/b -> ServiceAccount/x/sa']);
  });

  test('many pods and many bindings of one account: edges add', () => {
    const pods = Array.from({ length: 100 }, (_, i) => deployment('a', `a/d${i}`, { serviceAccountName: 'sa' }));
    const bindings = Array.from({ length: 100 }, (_, i) => binding('RoleBinding', `a/b${i}`, 'Role/r', account('sa')));
    expect(graphOf([...pods, ...bindings]).edges.filter(({ reason }) => reason.kind === 'permission')).toHaveLength(200);
  });
});

describe('aggregated roles', () => {
  const role = (name: string, labels: Record<string, string>, ...matchLabels: Record<string, string>[]) =>
    object('a', RBAC, 'ClusterRole', name, {
      metadata: { labels },
      ...(matchLabels.length > 0 ? { aggregationRule: { clusterRoleSelectors: matchLabels.map((labelled) => ({ matchLabels: labelled })) } } : {}),
    });

  test('wait for what they are made of', () => {
    const graph = graphOf([role('a-edit', {}, { none: '1' }, { edit: '1' }), role('part', { edit: '1' }), role('view', { view: '1' })]);
    expect(waitsFor(graph, 'ClusterRole/a-edit')).toEqual(['aggregation: ClusterRole/part [aggregationRule.clusterRoleSelectors[1]]']);
  });

  test('that aggregate each other are no cycle', () => {
    const graph = graphOf([role('x', { l: '1' }, { l: '1' }), role('y', { l: '1' }, { l: '1' })]);
    expect(graph.edges).toHaveLength(1);
    expect(graph.skipped).toHaveLength(1);
  });
});
