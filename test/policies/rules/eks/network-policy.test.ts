import type { Subject } from '../../../../policies';
import { check, declared, findings, messages, resource, unknown, urn } from '../aws/subjects';

const ID = 'eks-network-policy-engine';
const CLUSTER = 'aws:eks/cluster:Cluster';
const cluster = declared(CLUSTER, 'cluster', { name: 'main' });
const addon = (properties: object) => resource('aws:eks/addon:Addon', { clusterName: 'main', addonName: 'vpc-cni', ...properties }, { name: 'cni' });

it('asks for an engine', () => {
  expect(findings(ID, cluster)).toMatchObject([{ path: '', message: "nothing enforces network policies in cluster 'cluster'", controls: expect.arrayContaining(['cis-eks-1.8:4.3.1', 'cis-eks-1.8:5.4.4']) }]);
});

it.each([
  ['{"enableNetworkPolicy":"true"}', true],
  ['{"enableNetworkPolicy": true, "env": {}}', true],
  [{ enableNetworkPolicy: 'true' }, true],
  ['enableNetworkPolicy: "true"\nenv: {}', true],
  ['env: {}\nenableNetworkPolicy: true # at last', true],
  ['{"enableNetworkPolicy":"false"}', false],
  ['enableNetworkPolicy: "false"', false],
  ['nodeAgent:\n  enableNetworkPolicy: true', false],
  ['{"env":{"enableNetworkPolicy":"true"}}', false],
  ['[]', false],
  [undefined, false],
  [null, false],
])('the VPC CNI with %j enforces policies: %s', (configurationValues, expected) => {
  const found = `cni: configurationValues = ${JSON.stringify(configurationValues ?? null)}`;
  expect(check(ID, cluster, addon({ configurationValues }))).toEqual(expected ? [] : [found]);
});

describe('the addon', () => {
  it('is judged without its cluster too', () => {
    expect(messages(ID, addon({}))).toEqual(["the VPC CNI of 'cni' does not enforce network policies"]);
    expect(check(ID, addon({ addonName: 'coredns' }))).toEqual([]);
  });

  it('is that of the cluster it refers to', () => {
    expect(check(ID, cluster, addon({ clusterName: 'other', configurationValues: '{"enableNetworkPolicy":"true"}' }))).toEqual(['cluster:  = null']);
    expect(check(ID, cluster, addon({ addonName: 'coredns' }))).toEqual(['cluster:  = null']);
    const unnamed = unknown({ addonName: 'vpc-cni', configurationValues: '{"enableNetworkPolicy":"true"}' }, 'clusterName');
    expect(check(ID, cluster, resource('aws:eks/addon:Addon', unnamed, { dependencies: { clusterName: [urn(CLUSTER, 'cluster')] } }))).toEqual([]);
    expect(check(ID, cluster, resource('aws:eks/addon:Addon', unnamed))).toEqual(['cluster? ']);
  });
});

it.each<[string, Subject]>([
  ['Calico', { apiVersion: 'operator.tigera.io/v1', kind: 'Installation', metadata: { name: 'default' } }],
  ['the DaemonSet of Calico', { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'calico-node', namespace: 'kube-system' } }],
  ['a policy of Cilium', { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a' } }],
  ['the definition of one', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a' }, spec: { group: 'cilium.io' } }],
  ['the chart of Cilium', { type: 'kubernetes:helm.sh/v3:Release', name: 'cilium', properties: { chart: 'cilium' } }],
  ['the chart of the VPC CNI', { type: 'kubernetes:helm.sh/v3:Release', name: 'cni', properties: { chart: 'aws-vpc-cni', values: { enableNetworkPolicy: true } } }],
  ['the configuration of the VPC CNI', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' }, data: { 'enable-network-policy-controller': 'true' } }],
  ['an addon of Cilium', addon({ addonName: 'isovalent_cilium-enterprise' })],
])('is met by %s', (_what, subject) => {
  expect(findings(ID, cluster, subject)).toEqual([]);
});

it('is not met by what only asks for an engine', () => {
  expect(check(ID, cluster, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a' } })).toHaveLength(1);
  expect(check(ID, cluster, { type: 'kubernetes:helm.sh/v3:Release', name: 'cni', properties: { chart: 'aws-vpc-cni', values: {} } })).toHaveLength(1);
});
