import { check, findings, messages, resource, unknown } from '../aws/subjects';

const ID = 'eks-workload-identity';
const cluster = resource('aws:eks/cluster:Cluster', {});
const account = (metadata: Record<string, unknown>) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'trainer', namespace: 'team-a', ...metadata } });

it('is advice on a cluster in which nothing has a role of its own', () => {
  expect(findings(ID, cluster)).toMatchObject([{ path: '', enforcement: 'advisory', controls: ['cis-eks-1.8:5.2.1'] }]);
  expect(messages(ID, cluster, account({}))).toEqual(["nothing gives workloads in cluster 'main' AWS roles of their own"]);
  expect(check(ID, cluster, account({ annotations: null }))).toHaveLength(1);
});

it.each([
  ['a pod identity', resource('aws:eks/podIdentityAssociation:PodIdentityAssociation', { clusterName: 'main' }, { name: 'trainer' })],
  ['an identity provider', resource('aws:iam/openIdConnectProvider:OpenIdConnectProvider', { url: 'https://oidc.example.com' }, { name: 'oidc' })],
  ['a ServiceAccount with a role', account({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/trainer' } })],
])('is met by %s', (_what, subject) => {
  expect(check(ID, cluster, subject)).toEqual([]);
});

it('is met by a role that is not known yet', () => {
  expect(check(ID, cluster, account({ annotations: unknown({}, 'eks.amazonaws.com/role-arn') }))).toEqual([]);
});

it('says nothing of clusters that are not of EKS', () => {
  expect(check(ID, account({}))).toEqual([]);
});
