import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { assumedLookups, chooseZones, existingNetwork, type ExistingNetworkArgs, liveLookups } from '../../../../components/aws';
import { record } from '../../record';

const VPC = 'vpc-0aaaaaaaaaaaaaaaa';
const subnet = (last: string) => `subnet-0a00000000000000${last}`;

function existing(args: Partial<ExistingNetworkArgs> = {}) {
  return existingNetwork(liveLookups(new aws.Provider('aws', { region: 'eu-central-1' })), { vpcId: VPC, privateSubnetIds: [subnet('1'), subnet('2'), subnet('3')], ...args });
}

describe('an existing network', () => {
  test('is what a new one would be, and declares nothing', async () => {
    const { result, valueOf, resources } = await record(() => existing({ publicSubnetIds: [subnet('f')] }));
    expect(resources.filter(({ type }) => !type.startsWith('pulumi:providers'))).toEqual([]);
    expect(result.zones).toEqual(['eu-central-1a', 'eu-central-1b', 'eu-central-1c']);
    expect(await valueOf(pulumi.all([result.vpcId, result.cidr]))).toEqual([VPC, '10.20.0.0/16']);
    expect(await valueOf(pulumi.all([...result.privateSubnetIds]))).toEqual([subnet('1'), subnet('2'), subnet('3')]);
  });

  test.each<[string, Partial<ExistingNetworkArgs>, string]>([
    ['no VPC', { vpcId: 'vpc-0cccccccccccccccc' }, "network: vpcId is 'vpc-0cccccccccccccccc'; expected a VPC of the account and region"],
    ['no id', { vpcId: 'main' }, "an id such as 'vpc-0123456789abcdef0'"],
    ['no subnet', { privateSubnetIds: [subnet('1'), subnet('9')] }, `privateSubnetIds is '${subnet('9')}'; expected a subnet of the account and region`],
    ['a public subnet', { privateSubnetIds: [subnet('2'), subnet('f')] }, 'this one is public'],
    ['a private subnet as public', { publicSubnetIds: [subnet('3')], privateSubnetIds: [subnet('1'), subnet('2')] }, 'subnets whose route table leads to an internet gateway'],
    ['a subnet of another VPC', { privateSubnetIds: [subnet('1'), 'subnet-0b000000000000001'] }, "this one is in 'vpc-0bbbbbbbbbbbbbbbb'"],
    ['one zone', { privateSubnetIds: [subnet('1')] }, 'subnets in 2 zones or more'],
    ['a subnet twice', { privateSubnetIds: [subnet('1'), subnet('1')] }, 'each id once'],
    ['a subnet as both', { publicSubnetIds: [subnet('1')] }, 'not among privateSubnetIds too'],
    ['overlapping Services', { serviceCidr: '10.20.0.0/20' }, "serviceCidr is '10.20.0.0/20'; expected a range apart from that of the VPC, '10.20.0.0/16'"],
  ])('with %s is refused', async (_, args, message) => {
    await record(() => expect(existing(args)).rejects.toThrow(message));
  });

  test('with full subnets is refused', async () => {
    const lookups = assumedLookups({ region: 'eu-central-1', kubernetesVersions: ['1.36'] });
    const full = { ...lookups, subnets: async (ids: readonly string[]) => (await lookups.subnets(ids)).map((each) => ({ ...each, freeAddresses: 9 })) };
    await expect(existingNetwork(full, { vpcId: VPC, privateSubnetIds: [subnet('1'), subnet('2')] })).rejects.toThrow('64 free addresses or more, not 9');
  });

  test('is taken at its word where nobody is asked', async () => {
    const network = await existingNetwork(assumedLookups({ region: 'eu-west-1', kubernetesVersions: ['1.36'] }), { vpcId: VPC, privateSubnetIds: [subnet('1'), subnet('2')] });
    expect(network.zones).toEqual(['eu-west-1a', 'eu-west-1b']);
  });
});

describe('zones', () => {
  const lookups = assumedLookups({ region: 'us-east-1', kubernetesVersions: [] });
  const four = { ...lookups, zones: async () => ['a', 'b', 'c', 'd'].map((letter, index) => ({ name: `us-east-1${letter}`, id: `use1-az${[1, 3, 2, 4][index]}` })) };

  test('are three that EKS can use', async () => {
    expect(await chooseZones(four, undefined, 'network')).toEqual(['us-east-1a', 'us-east-1c', 'us-east-1d']);
  });

  test('are those asked for, if EKS can use them', async () => {
    expect(await chooseZones(four, ['us-east-1d', 'us-east-1a'], 'network')).toEqual(['us-east-1d', 'us-east-1a']);
    await expect(chooseZones(four, ['us-east-1a', 'us-east-1b'], 'network')).rejects.toThrow("network: zones is 'us-east-1b'; expected zones that EKS can use in the region: us-east-1a, us-east-1c, us-east-1d");
  });
});
