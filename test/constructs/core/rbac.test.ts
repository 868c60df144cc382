import { App, Chart, Testing } from 'cdk8s';
import { ServiceIdentity, userClusterRole } from '../../../constructs/core';

const READ_PODS = [{ resources: ['pods'], verbs: ['get'] }];

function synth(use: (identity: ServiceIdentity, chart: Chart) => void) {
  const chart = new Chart(new App(), 'chart');
  use(new ServiceIdentity(chart, 'identity', { name: 'controller', namespace: 'kubeflow', annotations: { role: 'arn' }, labels: { app: 'web' } }), chart);
  const all = Testing.synth(chart);
  return { all, of: (kind: string) => all.filter((object) => object.kind === kind) };
}
const SUBJECTS = [{ kind: 'ServiceAccount', name: 'controller', namespace: 'kubeflow' }];

test('a ServiceAccount mounts no token by itself', () => {
  expect(synth(() => {}).all).toEqual([
    expect.objectContaining({ kind: 'ServiceAccount', metadata: { name: 'controller', namespace: 'kubeflow', annotations: { role: 'arn' }, labels: { app: 'web' } }, automountServiceAccountToken: false }),
  ]);
});

test('a grant in the cluster is a ClusterRole bound to the account', () => {
  const { of } = synth((identity) => identity.grantInCluster({ name: 'reader', bindingName: 'reader-binding', rules: READ_PODS, labels: { a: 'b' } }));
  expect(of('ClusterRole')).toEqual([expect.objectContaining({ metadata: expect.objectContaining({ name: 'reader', labels: { a: 'b' } }), rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] })]);
  expect(of('ClusterRoleBinding')).toEqual([
    expect.objectContaining({ metadata: { name: 'reader-binding' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' }, subjects: SUBJECTS }),
  ]);
});

test('a grant in a namespace is a Role there, bound to the account of its own namespace', () => {
  const { of } = synth((identity) => identity.grantInNamespace({ name: 'own', rules: READ_PODS }).grantInNamespace({ name: 'own', namespace: 'other', rules: READ_PODS }));
  expect(of('Role').map(({ metadata }) => metadata.namespace)).toEqual(['kubeflow', 'other']);
  expect(of('RoleBinding').map(({ metadata, roleRef, subjects }) => [metadata.namespace, roleRef.kind, subjects])).toEqual([['kubeflow', 'Role', SUBJECTS], ['other', 'Role', SUBJECTS]]);
});

test('roles that are there already are bound', () => {
  const { of } = synth((identity) => identity.bindClusterRole('view').bindRole({ kind: 'ClusterRole', name: 'edit' }, 'team-a'));
  expect(of('ClusterRoleBinding')[0]).toMatchObject({ metadata: { name: 'view' }, roleRef: { name: 'view' } });
  expect(of('RoleBinding')[0]).toMatchObject({ metadata: { name: 'edit', namespace: 'team-a' }, roleRef: { kind: 'ClusterRole', name: 'edit' } });
  expect(of('ClusterRole')).toEqual([]);
});

test('rules are written as the API has them', () => {
  const { of } = synth((identity) =>
    identity.grantInCluster({
      name: 'mixed',
      rules: [
        { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['get', 'patch'] },
        { nonResourceURLs: ['/metrics'], verbs: ['get'] },
      ],
    }),
  );
  expect(of('ClusterRole')[0].rules).toEqual([
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['get', 'patch'] },
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
  ]);
});

test('a waiver stands on the role it is about', () => {
  const { of } = synth((identity) => identity.grantInCluster({ name: 'admin', rules: READ_PODS, waivers: [{ policy: 'wildcards', reason: 'installs what users bring' }] }));
  expect(of('ClusterRole')[0].metadata.annotations).toEqual({ 'waiver.kubeflow-cdk.dev/wildcards': 'installs what users bring' });
});

test('what a rule waives stands on its role, reasons of several rules together', () => {
  const rules = [
    { resources: ['secrets'], verbs: ['get'], waives: { 'secret-access': 'Stores need credentials.' } },
    { resources: ['secrets', 'pods'], verbs: ['list', 'create'], waives: { 'secret-access': 'Certificates are Secrets.', 'pod-creation': 'Challenges are answered by pods.' } },
    { resources: ['secrets'], verbs: ['watch'], waives: { 'secret-access': 'Certificates are Secrets.' } },
  ];
  const waived = {
    'waiver.kubeflow-cdk.dev/secret-access': 'Stores need credentials. Certificates are Secrets.',
    'waiver.kubeflow-cdk.dev/pod-creation': 'Challenges are answered by pods.',
  };
  const { of } = synth((identity, chart) => {
    identity.grantInCluster({ name: 'wide', rules }).grantInNamespace({ name: 'narrow', rules });
    userClusterRole(chart, { name: 'users', rules });
  });
  for (const role of [...of('ClusterRole'), ...of('Role')]) {
    expect(role.metadata.annotations).toEqual(waived);
    expect(JSON.stringify(role.rules)).not.toContain('waives');
  }
  expect([...of('ClusterRole'), ...of('Role')]).toHaveLength(3);
});

test('a users\' role that aggregates states no rules; one that does not states them', () => {
  const { of } = synth((_, chart) => {
    userClusterRole(chart, { name: 'kubeflow-admin', aggregates: { 'to-admin': 'true' } });
    userClusterRole(chart, { name: 'kubeflow-pods', labels: { 'to-admin': 'true' }, rules: READ_PODS });
  });
  const [admin, podRole] = of('ClusterRole');
  expect(admin).not.toHaveProperty('rules');
  expect(admin.aggregationRule).toEqual({ clusterRoleSelectors: [{ matchLabels: { 'to-admin': 'true' } }] });
  expect(podRole).toMatchObject({ metadata: { labels: { 'to-admin': 'true' } }, rules: [{ verbs: ['get'] }] });
});
