import { evaluate, POLICIES } from '../../../../policies';
import { azure, check, controls, messages, unknown } from './run';

const open = { access: 'Allow', direction: 'Inbound', priority: 200, protocol: 'Tcp', sourceAddressPrefix: '*', sourcePortRange: '*', destinationAddressPrefix: '*', destinationPortRange: '22' };
const deny = { ...open, name: 'deny', access: 'Deny', priority: 100, protocol: '*', destinationPortRange: '*' };
const rule = (changes: object = {}) => azure('network:SecurityRule', { ...open, ...changes });
const group = (...rules: unknown[]) => azure('network:NetworkSecurityGroup', { securityRules: rules });
const ssh = (...rules: unknown[]) => check('azure-open-ssh', group(...rules));

describe('open ports', () => {
  it.each([
    ['azure-open-rdp', { destinationPortRange: '3389' }, 'RDP (port 3389)', '7.1'],
    ['azure-open-ssh', {}, 'SSH (port 22)', '7.2'],
    ['azure-open-udp', { protocol: 'Udp', destinationPortRange: '5000' }, 'services over UDP', '7.3'],
    ['azure-open-http', { destinationPortRange: '80' }, 'HTTP (port 80)', '7.4'],
  ])('%s is found in rules and in groups', (id, changes, reached, control) => {
    expect(check(id, rule(changes))).toEqual(['main sourceAddressPrefix = "*"']);
    expect(messages(id, rule(changes))).toEqual([`rule 'main' lets the Internet reach ${reached}`]);
    const inline = group({ ...open, name: 'in', ...changes });
    expect(check(id, inline)).toEqual(['main securityRules[0].sourceAddressPrefix = "*"']);
    expect(messages(id, inline)).toEqual([`rule 'in' of network security group 'main' lets the Internet reach ${reached}`]);
    expect(controls(id, 'azure-3.0.0', inline)).toEqual([control]);
    expect(controls(id, 'azure-4.0.0', inline)).toEqual([control.replace('7', '8')]);
    expect(check(id, rule({ ...changes, sourceAddressPrefix: '10.0.0.0/8' }))).toEqual([]);
  });

  it('takes an address without a prefix for it as advice only', () => {
    const enforcement = (sourceAddressPrefix: string) => evaluate([azure('network:NetworkSecurityGroup', { securityRules: [{ ...open, sourceAddressPrefix }] })], { policies: POLICIES.filter(({ id }) => id === 'azure-open-ssh') }).findings.map((finding) => finding.enforcement);
    expect(enforcement('0.0.0.0')).toEqual(['advisory']);
    expect(enforcement('0.0.0.0/0')).toEqual(['mandatory']);
  });

  it.each(['*', 'Internet', 'internet', 'Any', '0.0.0.0', '0.0.0.0/0', '::/0', '<nw>/0', '/0', '0.0.0.0/1'])('takes %s for the Internet', (prefix) => {
    expect(ssh({ ...open, sourceAddressPrefix: prefix })).toHaveLength(1);
    expect(ssh({ ...open, sourceAddressPrefix: undefined, sourceAddressPrefixes: ['10.0.0.0/8', prefix] })).toEqual([`main securityRules[0].sourceAddressPrefixes[1] = ${JSON.stringify(prefix)}`]);
  });

  it.each(['VirtualNetwork', 'AzureLoadBalancer', '203.0.113.0/24', '10.0.0.0/10', '', 7, null])('does not take %j for it', (prefix) => {
    expect(ssh({ ...open, sourceAddressPrefix: prefix })).toEqual([]);
    expect(ssh({ ...open, sourceAddressPrefix: undefined, sourceAddressPrefixes: [prefix] })).toEqual([]);
  });

  it.each(['22', 22, '*', '20-25', ' 20 - 25 ', '22-22', '0-65535', '21,22'])('finds port 22 in %j', (range) => {
    expect(ssh({ ...open, destinationPortRange: range })).toHaveLength(1);
    expect(ssh({ ...open, destinationPortRange: undefined, destinationPortRanges: ['443', range] })).toHaveLength(1);
  });

  it.each(['23', 23, '220', '122-222', '443', 'ssh', '', null, ['22']])('does not find it in %j', (range) => {
    expect(ssh({ ...open, destinationPortRange: range })).toEqual([]);
  });

  it.each([{ access: 'Deny' }, { direction: 'Outbound' }, { protocol: 'Udp' }, { protocol: 'Icmp' }, { access: undefined }, { access: true }])('passes a rule with %j', (changes) => {
    expect(ssh({ ...open, ...changes })).toEqual([]);
  });

  it.each([{ access: 'allow' }, { direction: 'inbound' }, { protocol: 'TCP' }, { protocol: '*' }])('compares %j without regard to case', (changes) => {
    expect(ssh({ ...open, ...changes })).toHaveLength(1);
  });

  it('looks at every rule, and at nothing that is none', () => {
    expect(ssh(null, 'x', { ...open, destinationPortRange: '443' }, open)).toEqual(['main securityRules[3].sourceAddressPrefix = "*"']);
    expect(check('azure-open-ssh', azure('network:NetworkSecurityGroup', { securityRules: 'all' }))).toEqual([]);
    expect(check('azure-open-ssh', azure('network:NetworkSecurityGroup', {}))).toEqual([]);
  });

  it('heeds a rule that denies the same before', () => {
    expect(ssh(deny, open)).toEqual([]);
    expect(ssh({ ...deny, destinationPortRange: '22', protocol: 'Tcp' }, open)).toEqual([]);
    for (const changes of [{ priority: 300 }, { sourceAddressPrefix: '10.0.0.0/8' }, { destinationAddressPrefix: '10.0.0.1' }, { destinationPortRange: '23' }, { protocol: 'Udp' }, { direction: 'Outbound' }, { sourcePortRange: '1024' }, { priority: undefined }]) {
      expect(ssh({ ...deny, ...changes }, open)).toHaveLength(1);
    }
    expect(ssh(deny, { ...open, priority: undefined })).toHaveLength(1);
  });

  it('finds any port over UDP, and of rules for all protocols those that attacks use', () => {
    const udp = (...rules: unknown[]) => check('azure-open-udp', group(...rules));
    expect(udp({ ...open, protocol: 'UDP', destinationPortRange: '4500' })).toHaveLength(1);
    expect(udp({ ...open, protocol: '*', destinationPortRange: '100-200' })).toHaveLength(1);
    expect(udp({ ...open, protocol: '*', destinationPortRange: '443' })).toEqual([]);
    expect(udp({ ...open, protocol: 'Tcp', destinationPortRange: '*' })).toEqual([]);
    expect(udp(deny, { ...open, protocol: 'Udp' })).toEqual([]);
    expect(udp({ ...deny, destinationPortRange: '53' }, { ...open, protocol: 'Udp' })).toHaveLength(1);
  });

  it('leaves HTTPS for people to judge', () => {
    expect(check('azure-open-http', group({ ...open, destinationPortRange: '443' }))).toEqual(['main? securityRules[0].sourceAddressPrefix']);
    expect(check('azure-open-http', group({ ...open, destinationPortRanges: ['80', '443'] }))).toEqual(['main securityRules[0].sourceAddressPrefix = "*"']);
  });

  it('keeps what it found before a value that is not known yet', () => {
    const later = unknown('sourceAddressPrefix', { ...open, sourceAddressPrefix: undefined });
    expect(ssh(open, later)).toEqual(['main securityRules[0].sourceAddressPrefix = "*"', 'main? securityRules[1].sourceAddressPrefix']);
  });
});

describe('flow logs', () => {
  const ID = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network';
  const log = (properties: object = {}) => azure('network:FlowLog', { targetResourceId: `${ID}/networkSecurityGroups/main`, enabled: true, retentionPolicy: { enabled: true, days: 90 }, ...properties }, { name: 'log' });
  const kept = (properties: object) => check('azure-flow-log-retention', log(properties));

  it('are on and kept', () => {
    for (const retentionPolicy of [{ enabled: true, days: 90 }, { enabled: true, days: 365 }, { enabled: true, days: 0 }, { days: 0 }]) expect(kept({ retentionPolicy })).toEqual([]);
    for (const [retentionPolicy, found] of [[{ enabled: true, days: 89 }, '89'], [{ enabled: false, days: 90 }, '90'], [{ days: 90 }, '90'], [{ enabled: true }, 'null'], [null, 'null'], [{ enabled: true, days: '90' }, '"90"']] as const) {
      expect(kept({ retentionPolicy })).toEqual([`log retentionPolicy.days = ${found}`]);
    }
    expect(kept({ enabled: false })).toEqual(['log enabled = false']);
    expect(kept({ enabled: undefined })).toEqual(['log enabled = null']);
    expect(messages('azure-flow-log-retention', log({ enabled: 'true' }))).toEqual(["flow log 'log' is not on"]);
    expect(messages('azure-flow-log-retention', log({ retentionPolicy: { days: 7 } }))).toEqual(["flow log 'log' is not kept for 90 days"]);
  });

  it('fall under the control of what they log', () => {
    const of = (targetResourceId: string) => controls('azure-flow-log-retention', 'azure-4.0.0', log({ targetResourceId, enabled: false }));
    expect(of(`${ID}/networkSecurityGroups/main`)).toEqual(['8.5']);
    expect(of(`${ID}/virtualNetworks/main/subnets/nodes`)).toEqual(['8.8']);
    expect(of('elsewhere')).toEqual(['8.5', '8.8']);
  });

  it.each([
    ['azure-security-group-flow-logs', azure('network:NetworkSecurityGroup', { networkSecurityGroupName: 'main' }), `${ID}/networkSecurityGroups/main`, "network security group 'main' has no flow log that is sent to Log Analytics"],
    ['azure-virtual-network-flow-logs', azure('network:VirtualNetwork', { virtualNetworkName: 'main' }), `${ID}/virtualNetworks/main`, "virtual network 'main' has no flow log that is sent to Log Analytics"],
  ])('%s wants one that can be searched', (id, target, targetResourceId, message) => {
    const analytics = (enabled: boolean) => ({ networkWatcherFlowAnalyticsConfiguration: { enabled } });
    expect(messages(id, target)).toEqual([message]);
    expect(check(id, target, log({ targetResourceId, flowAnalyticsConfiguration: analytics(true) }))).toEqual([]);
    expect(check(id, target, log({ targetResourceId, flowAnalyticsConfiguration: analytics(false) }))).toHaveLength(1);
    expect(check(id, target, log({ targetResourceId, enabled: false, flowAnalyticsConfiguration: analytics(true) }))).toHaveLength(1);
    expect(check(id, target, log({ targetResourceId: `${targetResourceId}2`, flowAnalyticsConfiguration: analytics(true) }))).toHaveLength(1);
  });
});

describe('subnets', () => {
  const GROUP = { networkSecurityGroup: { id: '/x' } };

  it('have a group, declared apart or in their network', () => {
    expect(check('azure-subnet-security-group', azure('network:Subnet', {}))).toEqual(['main networkSecurityGroup = null']);
    expect(messages('azure-subnet-security-group', azure('network:Subnet', { subnetName: 'nodes' }))).toEqual(["subnet 'nodes' has no network security group"]);
    expect(check('azure-subnet-security-group', azure('network:Subnet', GROUP))).toEqual([]);
    expect(check('azure-subnet-security-group', azure('network:Subnet', { networkSecurityGroup: 'x' }))).toHaveLength(1);
    expect(check('azure-subnet-security-group', azure('network:VirtualNetwork', { subnets: [{ name: 'a', ...GROUP }, { name: 'b' }] }))).toEqual(['main subnets[1].networkSecurityGroup = null']);
    expect(check('azure-subnet-security-group', azure('network:VirtualNetwork', { subnets: 'none' }))).toEqual([]);
  });

  it('need none where Azure has its own gateways', () => {
    expect(check('azure-subnet-security-group', azure('network:Subnet', { subnetName: 'GatewaySubnet' }))).toEqual([]);
    expect(check('azure-subnet-security-group', azure('network:VirtualNetwork', { subnets: [{ name: 'AzureBastionSubnet' }] }))).toEqual([]);
  });
});
