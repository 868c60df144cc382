import { Network, type NetworkArgs } from '../../../../components/azure';
import { record, type Recording } from '../../record';

const made = (args: Partial<NetworkArgs> = {}) => record(() => new Network('network', { location: 'westeurope', ...args }));

interface Rule {
  readonly access: string;
  readonly priority: number;
  readonly sourceAddressPrefix?: string;
  readonly sourceAddressPrefixes?: readonly string[];
  readonly destinationPortRange?: string;
  readonly destinationPortRanges?: readonly string[];
}

const sources = ({ sourceAddressPrefix, sourceAddressPrefixes }: Rule): readonly string[] => sourceAddressPrefixes ?? [sourceAddressPrefix ?? ''];
const ports = ({ destinationPortRange, destinationPortRanges }: Rule): readonly string[] => destinationPortRanges ?? [destinationPortRange ?? ''];

/** From where a port of a subnet is reached, as its security group admits it. */
function reach(recording: Recording<Network>, subnet: string, port: string): readonly string[] {
  const rules: readonly Rule[] = recording.one('azure-native:network:NetworkSecurityGroup', `network-${subnet}`).inputs['securityRules'];
  return rules.filter((rule) => rule.access === 'Allow' && ports(rule).some((each) => each === '*' || each === port)).flatMap(sources);
}

test('each subnet is reached by what belongs there', async () => {
  const recording = await made();
  expect(reach(recording, 'database', '3306')).toEqual(['10.224.0.0/17', '10.224.192.16/28']);
  expect(reach(recording, 'endpoints', '443')).toEqual(['10.224.0.0/17', '10.224.192.0/28']);
  expect(reach(recording, 'endpoints', '22')).toEqual([]);
  expect(reach(recording, 'api-server', '443')).toEqual(['VirtualNetwork', '10.244.0.0/16']);
  expect(reach(recording, 'nodes', '443')).toEqual(['10.224.0.0/17', '10.224.192.0/28', '10.244.0.0/16', 'AzureLoadBalancer']);
});

test('every group ends in a rule that refuses the rest, before those of Azure', async () => {
  for (const { inputs } of (await made()).ofType('azure-native:network:NetworkSecurityGroup')) {
    const rules: readonly Rule[] = inputs['securityRules'];
    expect(rules.at(-1)).toMatchObject({ access: 'Deny', priority: 4096, protocol: '*', sourceAddressPrefix: '*', destinationPortRange: '*' });
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
  }
});

test('a rule has service tags or ranges, never both', async () => {
  for (const { inputs } of (await made({ ingressFrom: ['203.0.113.0/24', '198.51.100.0/24'] })).ofType('azure-native:network:NetworkSecurityGroup')) {
    for (const rule of inputs['securityRules'] as readonly Rule[]) expect((rule.sourceAddressPrefixes ?? []).every((source) => source.includes('/'))).toBe(true);
  }
});

test('load balancers are reached from where it is said, on two ports', async () => {
  const recording = await made({ ingressFrom: ['203.0.113.0/24'] });
  expect(reach(recording, 'nodes', '443')).toContain('203.0.113.0/24');
  expect(reach(recording, 'nodes', '10250')).not.toContain('203.0.113.0/24');
  expect(reach(recording, 'database', '443')).not.toContain('203.0.113.0/24');
});

test('nodes go to the Internet through the gateway and nothing else does by itself', async () => {
  const recording = await made();
  const gateway = await recording.valueOf(recording.result.egressAddress);
  expect(gateway).toMatch(/^20\./);
  for (const { inputs, name } of recording.ofType('azure-native:network:Subnet')) {
    expect(inputs['defaultOutboundAccess']).toBe(false);
    expect(inputs['natGateway'] !== undefined).toBe(name === 'network-nodes');
    expect(inputs['networkSecurityGroup']['id']).toMatch(/networkSecurityGroups\/network-/);
  }
  expect(recording.one('azure-native:network:PublicIPAddress').inputs['zones']).toEqual(['1', '2', '3']);
});

test('API server and database have subnets delegated to them', async () => {
  const recording = await made();
  const delegated = Object.fromEntries(recording.ofType('azure-native:network:Subnet').map(({ name, inputs }) => [name, inputs['delegations']?.[0]?.['serviceName']]));
  expect(delegated).toEqual({
    'network-nodes': undefined,
    'network-endpoints': undefined,
    'network-api-server': 'Microsoft.ContainerService/managedClusters',
    'network-database': 'Microsoft.DBforMySQL/flexibleServers',
  });
});

test('the smallest network that is divided has subnets that fit', async () => {
  const recording = await made({ cidr: '10.9.4.0/22' });
  const ranges = Object.fromEntries(recording.ofType('azure-native:network:Subnet').map(({ name, inputs }) => [name, inputs['addressPrefix']]));
  expect(ranges).toEqual({ 'network-nodes': '10.9.4.0/23', 'network-endpoints': '10.9.6.0/24', 'network-api-server': '10.9.7.0/28', 'network-database': '10.9.7.16/28' });
  expect(recording.result.maxNodes).toBe(256);
});

const subnets = { nodes: '10.0.0.0/20', apiServer: '10.0.16.0/28', endpoints: '10.0.32.0/24', database: '10.0.48.0/28' };
const own = { cidr: '10.0.0.0/16', serviceCidr: '10.96.0.0/16', subnets };

test.each<[string, Partial<NetworkArgs>, string]>([
  ['no range', { cidr: '10.224.0.0' }, "network: cidr is '10.224.0.0'"],
  ['a byte over 255', { cidr: '10.300.0.0/16' }, 'cidr is'],
  ['a range that begins inside', { cidr: '10.224.1.0/16' }, "begins at its first address: '10.224.0.0/16'"],
  ['a network too small to divide', { cidr: '10.224.0.0/23' }, 'from /8 to /22'],
  ['services inside the network', { serviceCidr: '10.224.0.0/24' }, "serviceCidr is '10.224.0.0/24'; expected a range apart from cidr (10.224.0.0/16)"],
  ['pods over services', { podCidr: '10.0.0.0/14' }, 'expected a range apart from podCidr (10.0.0.0/14)'],
  ['a range that AKS keeps', { cidr: '172.30.0.0/16' }, 'a range that AKS keeps for itself (172.30.0.0/16)'],
  ['too few pods', { podCidr: '10.244.0.0/24' }, 'podCidr'],
  ['services larger than Kubernetes takes', { serviceCidr: '100.64.0.0/10' }, 'from /12 to /28'],
  ['a subnet outside', { ...own, subnets: { ...subnets, database: '10.1.0.0/28' } }, "subnets.database is '10.1.0.0/28'; expected a range within cidr (10.0.0.0/16)"],
  ['subnets that overlap', { ...own, subnets: { ...subnets, endpoints: '10.0.8.0/24' } }, "subnets.endpoints is '10.0.8.0/24'; expected a range apart from subnets.nodes (10.0.0.0/20)"],
  ['a subnet too small for the API server', { ...own, subnets: { ...subnets, apiServer: '10.0.16.0/29' } }, 'subnets.apiServer'],
  ['an allow-list that is none', { ingressFrom: ['everyone'] }, "ingressFrom[0] is 'everyone'"],
  ['everyone and some', { ingressFrom: ['Internet', '203.0.113.0/24'] }, "either 'Internet' alone or ranges"],
])('%s is refused, and nothing is registered', async (_, args, problem) => {
  const recording = await record(() => {
    expect(() => new Network('network', { location: 'westeurope', ...args })).toThrow(problem);
  });
  expect(recording.resources).toEqual([]);
});
