import { configured, EXISTING_NETWORK, managementApi, MINIMAL, refusal } from './run';

beforeEach(managementApi);
afterEach(() => jest.restoreAllMocks());

const existingNetwork = (changed: Readonly<Record<string, unknown>>) => ({ network: { existing: { ...EXISTING_NETWORK.existing, ...changed } } });
const subnets = EXISTING_NETWORK.existing.virtualNetwork.subnets;
const onNetwork = (section: string, existing: Readonly<Record<string, unknown>>) => ({ network: EXISTING_NETWORK, [section]: { existing } });

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['no location', { location: undefined }, 'kubeflow-cdk:location is missing'],
  ['a version that is no minor one', { kubernetesVersion: '1.34.1' }, 'kubeflow-cdk:kubernetesVersion is "1.34.1"'],
  ['a name too long for a cluster', { clusterName: 'k'.repeat(64) }, 'kubeflow-cdk:clusterName'],
  ['a zone in no resource group', { dns: {} }, "kubeflow-cdk:dns.resourceGroup is missing; expected the resource group of the domain's zone"],
  ['a resource group of a zone that is made', { dns: { zone: 'create', resourceGroup: 'dns' } }, 'kubeflow-cdk:dns.resourceGroup is "dns"; expected nothing'],
  ['a key nobody knows', { nodes: { cpu: { vmsize: 'Standard_D8ds_v5' } } }, "kubeflow-cdk:nodes.cpu.vmsize is not known; did you mean 'vmSize'?"],
  ['a key of another engine', { database: { engine: 'postgresql' } }, 'kubeflow-cdk:database.engine is not known'],
  ['a group that is no object id', { cluster: { adminGroupObjectIds: ['admins'] } }, 'kubeflow-cdk:cluster.adminGroupObjectIds[0] is "admins"'],
  ['a registry that cannot be cached', { registry: { cached: ['docker.io'] } }, 'kubeflow-cdk:registry.cached[0] is "docker.io"'],
])('%s is refused before anything is asked', (_, values, message) => {
  expect(() => configured({ ...MINIMAL, ...values })).toThrow(message);
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['a location by its display name', { location: 'West Europe' }, 'kubeflow-cdk:location is "West Europe"; expected the name of a location such as'],
  ['a subscription that is none', { subscription: 'production' }, 'kubeflow-cdk:subscription is "production"'],
  ['another subscription', { subscription: '22222222-2222-4333-8444-555555555555' }, 'kubeflow-cdk:subscription is "22222222-2222-4333-8444-555555555555"; expected the subscription the provider is signed in to'],
  ['a network too small', { network: { cidr: '10.230.0.0/24' } }, 'kubeflow-cdk:network.cidr is "10.230.0.0/24"'],
  ['pods over the network', { network: { podCidr: '10.224.0.0/16' } }, 'kubeflow-cdk:network.podCidr is "10.224.0.0/16"; expected a range apart from'],
  ['a resource group that is not there', { network: { resourceGroup: 'missing' } }, 'kubeflow-cdk:network.resourceGroup is "missing"; expected the name of a resource group'],
  ['a version the platform does not run on', { kubernetesVersion: '1.20' }, 'kubeflow-cdk:kubernetesVersion is "1.20"; expected a version that the platform runs on'],
  ['a version that is not offered', { kubernetesVersion: '1.36' }, 'kubeflow-cdk:kubernetesVersion is "1.36"'],
  ['a size nobody knows', { nodes: { cpu: { vmSize: 'Standard_Z8_v9' } } }, 'kubeflow-cdk:nodes.cpu.vmSize is "Standard_Z8_v9"'],
  ['a size that is not offered there', { nodes: { cpu: { vmSize: 'Standard_D32ds_v5' } } }, 'kubeflow-cdk:nodes.cpu.vmSize is "Standard_D32ds_v5"; expected a size that westeurope offers'],
  ['GPUs of a kind nobody knows', { nodes: { gpu: { vmSize: 'Standard_NC6' } } }, 'kubeflow-cdk:nodes.gpu.vmSize is "Standard_NC6"; expected a size with GPUs'],
  ['a size without GPUs for GPUs', { nodes: { gpu: { vmSize: 'Standard_D8ds_v5' } } }, 'kubeflow-cdk:nodes.gpu.vmSize'],
  ['fewer at most than at least', { nodes: { system: { min: 5, max: 3 } } }, 'kubeflow-cdk:nodes.system.min is 5'],
  ['more nodes than there are addresses for', { nodes: { cpu: { max: 1000 } } }, 'kubeflow-cdk:nodes is "1005 nodes at most"; expected at most 256'],
  ['an allow-list that is none', { cluster: { authorizedIpRanges: ['0.0.0.0/0'] } }, 'kubeflow-cdk:cluster.authorizedIpRanges[0]'],
  ['a domain without a zone', { domain: 'ml.example.org' }, "kubeflow-cdk:domain is \"ml.example.org\"; expected a domain with a zone in the resource group 'dns'"],
  ['an account name too long', { objectStore: { accountName: 'a'.repeat(25) } }, 'kubeflow-cdk:objectStore.accountName'],
  ['a version of MySQL there is none of', { database: { version: '5.7' } }, 'kubeflow-cdk:database.version is "5.7"'],
  ['a file that is not there', { database: { caFile: 'no/such.pem' } }, 'kubeflow-cdk:database.caFile is "no/such.pem"'],
  ['a time that is none', { signIn: { secretExpires: 'tomorrow' } }, 'kubeflow-cdk:signIn.secretExpires is "tomorrow"'],
  ['a network that is not there', existingNetwork({ virtualNetwork: { name: 'missing', subnets } }), 'kubeflow-cdk:network.existing.virtualNetwork.name is "missing"'],
  ['a network somewhere else', { ...existingNetwork({}), location: 'northeurope' }, 'kubeflow-cdk:network.existing.virtualNetwork.name is "spoke"; expected a network in northeurope'],
  ['nodes without a way out', existingNetwork({ virtualNetwork: { name: 'spoke', subnets: { ...subnets, nodes: 'endpoints' } } }), 'kubeflow-cdk:network.existing.virtualNetwork.subnets.nodes is "endpoints"; expected a subnet with a NAT gateway'],
  ['a cluster without its network', { cluster: { existing: { resourceGroup: 'clusters', clusterName: 'shared' } } }, 'kubeflow-cdk:network.existing'],
  ['a cluster that is not there', onNetwork('cluster', { resourceGroup: 'clusters', clusterName: 'missing' }), 'kubeflow-cdk:cluster.existing.clusterName is "missing"'],
  ['a cluster without Entra ID', onNetwork('cluster', { resourceGroup: 'clusters', clusterName: 'plain' }), 'kubeflow-cdk:cluster.existing.clusterName is "plain"; expected a cluster with Entra ID'],
  ['a container everyone can read', onNetwork('objectStore', { resourceGroup: 'data', accountName: 'public', containerName: 'models' }), 'kubeflow-cdk:objectStore.existing.containerName is "models"; expected a container without public access'],
  ['an account without NFS', onNetwork('sharedFiles', { resourceGroup: 'data', accountName: 'plain' }), 'kubeflow-cdk:sharedFiles.existing.accountName is "plain"; expected an account of the kind FileStorage'],
])('%s is refused, by the key it was configured with', async (_, values, message) => {
  const refused = await refusal(values);
  expect(refused.message).toContain(message);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['a location', { location: 'West Europe' }],
  ['addresses', { network: { cidr: '10.230.0.0/24' } }],
  ['a machine', { nodes: { gpu: { vmSize: 'Standard_NC6' } } }],
  ['a machine that is not offered', { nodes: { cpu: { vmSize: 'Standard_D32ds_v5' } } }],
  ['the domain', { domain: 'ml.example.org' }],
  ['what exists', onNetwork('sharedFiles', { resourceGroup: 'data', accountName: 'plain' })],
  ['a network', existingNetwork({ virtualNetwork: { name: 'missing', subnets } })],
  ['a cluster', onNetwork('cluster', { resourceGroup: 'clusters', clusterName: 'plain' })],
])('nothing is registered when %s is refused', async (_, values) => {
  expect((await refusal(values)).registered).toEqual([]);
});

test('who is not signed in is told how, and which keys say where resources go', async () => {
  const cloud = require('../../doubles/cloud');
  jest.spyOn(cloud, 'answer').mockImplementation(() => {
    throw new Error('az login has not been run');
  });
  const { message, registered } = await refusal({ subscription: '11111111-2222-4333-8444-555555555555' });
  expect(message).toMatch(/^AzureSignInError: .*az login.*'subscription' \(11111111-.*'location' \(westeurope\)/);
  expect(registered).toEqual([]);
});
