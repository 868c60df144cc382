import * as pulumi from '@pulumi/pulumi';
import { assumedLookups, existingNetwork, liveLookups, type ExistingNetworkArgs } from '../../../../components/azure';
import { record } from '../../record';
import { refusal } from '../stack';

class Azure extends pulumi.ProviderResource {
  constructor() {
    super('azure-native', 'azure', {});
  }
}

const subnets = { nodes: 'nodes', apiServer: 'api', endpoints: 'endpoints', database: 'mysql' };
const args: ExistingNetworkArgs = { resourceGroup: 'kubeflow', location: 'westeurope', virtualNetwork: { resourceGroup: 'hub', name: 'spoke', subnets } };

test('an existing network is used as it is', async () => {
  const recording = await record(async () => existingNetwork(liveLookups(new Azure()), args));
  expect(recording.resources.filter(({ type }) => !type.startsWith('pulumi:'))).toEqual([]);
  expect(await recording.valueOf(recording.result.nodeSubnetId)).toMatch(/resourceGroups\/hub\/.*\/virtualNetworks\/spoke\/subnets\/nodes$/);
  expect(await recording.valueOf(recording.result.resourceGroupName)).toBe('kubeflow');
  expect(recording.result.maxNodes).toBe(256);
});

const withSubnet = (changed: Partial<typeof subnets>): Partial<ExistingNetworkArgs> => ({ virtualNetwork: { ...args.virtualNetwork, subnets: { ...subnets, ...changed } } });

test.each<[string, Partial<ExistingNetworkArgs>, string]>([
  ['one in another location', { location: 'northeurope' }, 'a network in northeurope; this one is in westeurope'],
  ['a subnet it does not have', withSubnet({ nodes: 'workers' }), "virtualNetwork.subnets.nodes is 'workers'; expected the name of a subnet of the network: 'nodes', 'api'"],
  ['a subnet that is delegated to somebody', withSubnet({ endpoints: 'mysql' }), 'delegated to nobody'],
  ['a subnet that is not delegated', withSubnet({ apiServer: 'endpoints' }), 'delegated to Microsoft.ContainerService/managedClusters; this one is delegated to nobody'],
  ['a subnet without a security group', withSubnet({ endpoints: 'open' }), 'a subnet with a network security group'],
  ['nodes without a way to the Internet', withSubnet({ nodes: 'endpoints' }), 'a subnet with a NAT gateway'],
  ['pods over the network', { podCidr: '10.48.0.0/14' }, 'a range apart from the network spoke (10.50.0.0/16)'],
])('%s is refused', async (_, changed, problem) => {
  const { message } = await refusal(() => existingNetwork(liveLookups(new Azure()), { ...args, ...changed }));
  expect(message).toContain(problem);
});

test('offline, the subnets that are assumed are checked alike', async () => {
  const lookups = assumedLookups({ location: 'westeurope' });
  await expect(existingNetwork(lookups, args)).rejects.toThrow('it has none');
});
