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

describe('pod identities', () => {
  const association = (serviceAccount: unknown) => resource('aws:eks/podIdentityAssociation:PodIdentityAssociation', { clusterName: 'main', namespace: 'team-a', serviceAccount }, { name: 'identity' });

  it('are not for the default ServiceAccount', () => {
    expect(findings(ID, association('default'))).toMatchObject([{ path: 'serviceAccount', found: 'default', controls: ['cis-eks-1.8:5.2.1'] }]);
    expect(messages(ID, association('default'))).toEqual(["'identity' gives a role to the default ServiceAccount, and so to every pod that names none"]);
    for (const account of ['trainer', 'default-editor', null, undefined, 3]) expect(check(ID, association(account))).toEqual([]);
  });

  it('are left open while the account is not known', () => {
    expect(check(ID, resource('aws:eks/podIdentityAssociation:PodIdentityAssociation', unknown({}, 'serviceAccount')))).toEqual(['main? serviceAccount']);
  });
});

it('says nothing of clusters that are not of EKS', () => {
  expect(check(ID, account({}))).toEqual([]);
});
