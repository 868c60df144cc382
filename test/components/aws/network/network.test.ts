import * as pulumi from '@pulumi/pulumi';
import { Netmask } from 'netmask';
import { Network, type NetworkArgs } from '../../../../components/aws';
import { record } from '../../record';
import { account, findings, ground, zones } from '../fixtures';

const SUBNET = 'aws:ec2/subnet:Subnet';
const args: NetworkArgs = { account, zones, keyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' };

async function network(more: Partial<NetworkArgs> = {}) {
  const recording = await record(() => new Network('network', { ...args, ...more }));
  const subnets = recording.ofType(SUBNET);
  return { recording, inside: subnets.filter(({ name }) => name.includes('private')), outside: subnets.filter(({ name }) => name.includes('public')) };
}

describe('Network', () => {
  test('has a large private and a small public subnet in each zone, apart from each other and within the VPC', async () => {
    const { inside, outside } = await network();
    expect(inside.map(({ inputs }) => [inputs.availabilityZone, inputs.cidrBlock])).toEqual([
      ['eu-central-1a', '10.0.0.0/18'],
      ['eu-central-1b', '10.0.64.0/18'],
      ['eu-central-1c', '10.0.128.0/18'],
    ]);
    expect(outside.map(({ inputs }) => inputs.cidrBlock)).toEqual(['10.0.192.0/24', '10.0.193.0/24', '10.0.194.0/24']);
  });

  test.each([
    ['10.4.0.0/22', 2],
    ['10.4.0.0/22', 3],
    ['10.4.0.0/20', 4],
    ['100.64.0.0/16', 6],
    ['192.168.0.0/21', 5],
  ])('lays out %s over %i zones without an overlap', async (cidr, count) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, count).map((letter) => `eu-central-1${letter}`);
    const { inside, outside } = await network({ cidr, zones: names });
    const vpc = new Netmask(cidr);
    const blocks = [...inside, ...outside].map(({ inputs }) => new Netmask(inputs.cidrBlock));
    expect(blocks).toHaveLength(2 * count);
    for (const [index, block] of blocks.entries()) {
      expect(vpc.contains(block)).toBe(true);
      for (const other of blocks.slice(index + 1)) expect(block.contains(other.base) || other.contains(block.base)).toBe(false);
    }
  });

  test('gives nobody a public address, and tells load balancers which subnets are whose', async () => {
    const { inside, outside } = await network();
    for (const { inputs } of [...inside, ...outside]) expect(inputs.mapPublicIpOnLaunch).toBe(false);
    for (const { inputs } of inside) expect(inputs.tags).toMatchObject({ 'kubernetes.io/role/internal-elb': '1' });
    for (const { inputs } of outside) expect(inputs.tags).toMatchObject({ 'kubernetes.io/role/elb': '1' });
  });

  test.each([
    ['one-per-zone', 3],
    ['single', 1],
  ] as const)('with NAT gateways %s, private subnets leave by %i, and none by the internet gateway', async (natGateways, count) => {
    const { recording } = await network({ natGateways });
    expect(recording.ofType('aws:ec2/natGateway:NatGateway')).toHaveLength(count);
    const routes = recording.ofType('aws:ec2/route:Route').filter(({ name }) => name.includes('private'));
    expect(new Set(routes.map(({ inputs }) => inputs.natGatewayId)).size).toBe(count);
    for (const { inputs } of routes) expect(inputs.gatewayId).toBeUndefined();
  });

  test('logs all traffic into a group that its key encrypts, and that only flow logs of this account write to', async () => {
    const { recording } = await network();
    const group = recording.one('aws:cloudwatch/logGroup:LogGroup');
    expect(group.inputs).toMatchObject({ kmsKeyId: args.keyArn, retentionInDays: 365 });
    expect(group.options.protect).toBe(true);
    const log = recording.one('aws:ec2/flowLog:FlowLog').inputs;
    expect(log.trafficType).toBe('ALL');
    const [trust] = JSON.parse(recording.one('aws:iam/role:Role').inputs.assumeRolePolicy).Statement;
    expect(trust.Principal).toEqual({ Service: 'vpc-flow-logs.amazonaws.com' });
    expect(trust.Condition.StringEquals).toEqual({ 'aws:SourceAccount': '123456789012' });
    const [write] = JSON.parse(recording.one('aws:iam/rolePolicy:RolePolicy').inputs.policy).Statement;
    expect(write.Resource).toEqual([log.logDestination, `${log.logDestination}:*`]);
  });

  test('reaches services of AWS inside the VPC, from the VPC only', async () => {
    const { recording, inside } = await network();
    const endpoints = recording.ofType('aws:ec2/vpcEndpoint:VpcEndpoint').map(({ inputs }) => inputs);
    expect(endpoints.map(({ serviceName }) => serviceName.replace('com.amazonaws.eu-central-1.', '')).sort()).toEqual(
      ['autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'elasticloadbalancing', 'logs', 's3', 'sts'],
    );
    const s3 = endpoints.find(({ vpcEndpointType }) => vpcEndpointType === 'Gateway');
    expect(s3?.routeTableIds).toHaveLength(inside.length + 1);
    for (const { privateDnsEnabled, subnetIds } of endpoints.filter((endpoint) => endpoint !== s3)) expect([privateDnsEnabled, subnetIds.length]).toEqual([true, 3]);
    expect(recording.one('aws:ec2/securityGroup:SecurityGroup').inputs.ingress).toEqual([expect.objectContaining({ fromPort: 443, toPort: 443, cidrBlocks: ['10.0.0.0/16'] })]);
  });

  test('the default security group lets nothing through, and no policy objects', async () => {
    const recording = await record(() => ground());
    expect(recording.one('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup').inputs).toMatchObject({ ingress: [], egress: [] });
    expect(findings(recording)).toEqual([]);
  });

  test('is the same in a preview, where no id is known', async () => {
    const { recording } = await network();
    const preview = await record(() => new Network('network', args), { preview: true });
    expect(preview.resources.map(({ name, type }) => [type, name])).toEqual(recording.resources.map(({ name, type }) => [type, name]));
  });

  test.each<[Partial<NetworkArgs>, string]>([
    [{ cidr: '10.0.0.0/24' }, "network: cidr is '10.0.0.0/24'; expected a range from /16 (AWS's largest) to /22 (room for the pods of three zones)"],
    [{ cidr: '10.0.0.0/8' }, "cidr is '10.0.0.0/8'"],
    [{ cidr: '8.8.0.0/16' }, 'expected a private range: within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10'],
    [{ cidr: '10.0.4.0/16' }, "the range to begin at its first address: '10.0.0.0/16'"],
    [{ cidr: '10.0.0.0' }, "an IPv4 range such as '10.0.0.0/16'"],
    [{ cidr: '10.0.300.0/16' }, "an IPv4 range such as '10.0.0.0/16'"],
    [{ cidr: '172.20.0.0/16' }, "serviceCidr is '172.20.0.0/16'; expected a range apart from that of the VPC, '172.20.0.0/16'"],
    [{ serviceCidr: '10.0.128.0/20' }, "serviceCidr is '10.0.128.0/20'; expected a range apart from that of the VPC"],
    [{ serviceCidr: '100.64.0.0/16' }, 'serviceCidr is'],
    [{ serviceCidr: '10.100.0.0/28' }, 'a range from /12 to /24'],
    [{ zones: ['eu-central-1a'] }, '2 to 6 different zones'],
    [{ zones: ['eu-central-1a', 'eu-central-1a'] }, '2 to 6 different zones'],
    [{ flowLogRetentionDays: 100 }, 'flowLogRetentionDays is 100; expected days that CloudWatch Logs knows, e.g. 120'],
  ])('refuses %j before anything is declared', async (more, message) => {
    const recording = await record(() => expect(() => new Network('network', { ...args, ...more })).toThrow(message));
    expect(recording.resources).toEqual([]);
  });

  test('subnets are for use once their routes are there', async () => {
    const recording = await record(() => new Network('network', args));
    const found = await recording.valueOf(pulumi.all([...recording.result.privateSubnetIds]));
    expect(found).toHaveLength(3);
    for (const id of found) expect(id).toMatch(/^subnet-[0-9a-f]{17}$/);
  });
});
