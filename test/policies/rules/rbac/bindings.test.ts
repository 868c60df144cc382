import type { KubernetesObject } from '../../../../policies';
import { binding, check, policy, run } from './run';

const CLUSTER_ADMIN = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
const VIEW = { ...CLUSTER_ADMIN, name: 'view' };
const APP = { kind: 'ServiceAccount', name: 'app', namespace: 'team-a' };
const DEV = { kind: 'Group', name: 'dev', apiGroup: 'rbac.authorization.k8s.io' };
const group = (name: string) => ({ ...DEV, name });
const user = (name: string) => ({ ...DEV, kind: 'User', name });
const ROLE_BINDING = { kind: 'RoleBinding', metadata: { name: 'ops', namespace: 'team-a' } };

const ADMIN = 'roleRef.name | "cluster-admin" | ClusterRoleBinding \'ops\' makes';

it.each<[string, KubernetesObject, string[]]>([
  ['cluster-admin-binding', binding([APP], CLUSTER_ADMIN), [`${ADMIN} ServiceAccount team-a/app cluster-admin`]],
  ['cluster-admin-binding', binding([APP, group('system:masters'), DEV], CLUSTER_ADMIN), [`${ADMIN} ServiceAccount team-a/app, Group dev cluster-admin`]],
  ['cluster-admin-binding', binding([APP], CLUSTER_ADMIN, ROLE_BINDING), ["roleRef.name | \"cluster-admin\" | RoleBinding 'ops' makes ServiceAccount team-a/app cluster-admin"]],
  ['cluster-admin-binding', binding([{ kind: 'ServiceAccount', name: 'tiller' }], { ...CLUSTER_ADMIN, apiGroup: '' }, { apiVersion: 'rbac.authorization.k8s.io/v1beta1' }), [`${ADMIN} ServiceAccount tiller cluster-admin`]],
  ['cluster-admin-binding', binding([user('system:masters')], CLUSTER_ADMIN), [`${ADMIN} User system:masters cluster-admin`]],
  ['cluster-admin-binding', binding([{}], CLUSTER_ADMIN), [`${ADMIN} subject (no name) cluster-admin`]],
  ['cluster-admin-binding', binding([group('system:masters')], CLUSTER_ADMIN), []],
  ['cluster-admin-binding', binding([], CLUSTER_ADMIN), []],
  ['cluster-admin-binding', binding(null, CLUSTER_ADMIN), []],
  ['cluster-admin-binding', binding('all', CLUSTER_ADMIN), []],
  ['cluster-admin-binding', binding([APP], VIEW), []],
  ['cluster-admin-binding', binding([APP], { ...VIEW, name: 'admin' }), []],
  ['cluster-admin-binding', binding([APP], null), []],
  ['cluster-admin-binding', binding([APP], { name: ['cluster-admin'] }), []],
  ['cluster-admin-binding', binding([APP], CLUSTER_ADMIN, { apiVersion: 'iam.example.com/v1' }), []],

  ['system-masters-binding', binding([APP, group('system:masters')], VIEW), ["subjects[1].name | \"system:masters\" | ClusterRoleBinding 'ops' gives Group system:masters the ClusterRole view"]],
  ['system-masters-binding', binding([group('system:masters')], { kind: 'Role', name: 'x' }, ROLE_BINDING), ["subjects[0].name | \"system:masters\" | RoleBinding 'ops' gives Group system:masters the Role x"]],
  ['system-masters-binding', binding([group('system:masters2'), user('system:masters'), DEV], VIEW), []],
  ['system-masters-binding', binding([null, 'system:masters', { kind: 5, name: {} }], VIEW), []],

  ['anonymous-binding', binding([user('system:anonymous')], VIEW), ["subjects[0].name | \"system:anonymous\" | ClusterRoleBinding 'ops' gives User system:anonymous the ClusterRole view"]],
  ['anonymous-binding', binding([group('system:anonymous')], VIEW), ["subjects[0].name | \"system:anonymous\" | ClusterRoleBinding 'ops' gives Group system:anonymous the ClusterRole view"]],
  ['anonymous-binding', binding([group('system:unauthenticated'), { ...APP, name: 'system:anonymous' }], VIEW), []],

  ['unauthenticated-binding', binding([group('system:unauthenticated')], VIEW), ["subjects[0].name | \"system:unauthenticated\" | ClusterRoleBinding 'ops' gives Group system:unauthenticated the ClusterRole view"]],
  ['unauthenticated-binding', binding([user('system:anonymous'), group('system:authenticated')], VIEW), []],

  ['authenticated-binding', binding([group('system:authenticated')], VIEW), ["subjects[0].name | \"system:authenticated\" | ClusterRoleBinding 'ops' gives Group system:authenticated the ClusterRole view"]],
  ['authenticated-binding', binding([group('system:authenticated')], { ...VIEW, name: 'system:discovery' }, ROLE_BINDING), ["subjects[0].name | \"system:authenticated\" | RoleBinding 'ops' gives Group system:authenticated the ClusterRole system:discovery"]],
  ['authenticated-binding', binding([group('system:authenticated')], { ...VIEW, name: 'system:discovery' }), []],
  ['authenticated-binding', binding([group('system:authenticated')], { ...VIEW, name: 'system:basic-user' }), []],
  ['authenticated-binding', binding([DEV], VIEW), []],
])('%s of %j: %j', (id, object, expected) => {
  expect(check(id, object)).toEqual(expected);
});

it('only advises on a Role that is called cluster-admin', () => {
  const object = binding([APP], { ...CLUSTER_ADMIN, kind: 'Role' }, ROLE_BINDING);
  expect(check('cluster-admin-binding', object)).toEqual(["roleRef.name | \"cluster-admin\" | RoleBinding 'ops' makes ServiceAccount team-a/app cluster-admin, by a Role of that name"]);
  expect(run('cluster-admin-binding', [object]).findings).toMatchObject([{ enforcement: 'advisory' }]);
  expect(run('cluster-admin-binding', [binding([APP], CLUSTER_ADMIN)]).findings).toMatchObject([{ enforcement: 'mandatory' }]);
});

it('only advises on what a cluster gives to those who do not authenticate by itself', () => {
  const object = binding([group('system:unauthenticated')], { ...VIEW, name: 'system:public-info-viewer' });
  expect(run('unauthenticated-binding', [object]).findings).toMatchObject([{ enforcement: 'advisory' }]);
  expect(run('unauthenticated-binding', [binding([group('system:unauthenticated')], VIEW)]).findings).toMatchObject([{ enforcement: 'mandatory' }]);
});

it('names the controls', () => {
  expect(policy('cluster-admin-binding').controls).toEqual(expect.arrayContaining(['cis-kubernetes-2.0.1:5.1.1', 'cis-kubernetes-1.8:5.1.1', 'cis-eks-1.8:4.1.1', 'cis-gke-1.9:4.1.1', 'cis-aks-1.8:4.1.1']));
  expect(policy('system-masters-binding').controls).toEqual([...['2.0.1', '1.12', '1.11', '1.10', '1.9', '1.8'].map((version) => `cis-kubernetes-${version}:5.1.7`), 'cis-gke-1.9:4.1.6']);
  expect(policy('anonymous-binding').controls).toEqual(['cis-gke-1.9:4.1.8']);
  expect(policy('unauthenticated-binding').controls).toEqual(['cis-gke-1.9:4.1.9']);
  expect(policy('authenticated-binding').controls).toEqual(['cis-gke-1.9:4.1.10']);
});
