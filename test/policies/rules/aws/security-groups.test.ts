import { check, messages, resource, unknown } from './subjects';

const V4 = 'aws-remote-administration-ipv4';
const V6 = 'aws-remote-administration-ipv6';
const GROUP = 'aws:ec2/securityGroup:SecurityGroup';
const RULE = 'aws:ec2/securityGroupRule:SecurityGroupRule';
const INGRESS = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const ssh = { protocol: 'tcp', fromPort: 22, toPort: 22 };

it.each([
  [V4, GROUP, { ingress: [{ ...ssh, cidrBlocks: ['10.0.0.0/8', '0.0.0.0/0'] }] }, ['main: ingress[0].cidrBlocks[1] = "0.0.0.0/0"']],
  [V4, 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', { ingress: [{ ...ssh, cidrBlocks: ['0.0.0.0/0'] }] }, ['main: ingress[0].cidrBlocks[0] = "0.0.0.0/0"']],
  [V4, GROUP, { ingress: [null, { protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] }] }, ['main: ingress[1].cidrBlocks[0] = "0.0.0.0/0"']],
  [V4, GROUP, { ingress: [{ protocol: 'tcp', fromPort: 3000, toPort: 4000, cidrBlocks: ['0.0.0.0/0'] }] }, ['main: ingress[0].cidrBlocks[0] = "0.0.0.0/0"']],
  [V4, GROUP, { ingress: [{ protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['0.0.0.0/0'] }] }, []],
  [V4, GROUP, { ingress: [{ ...ssh, ipv6CidrBlocks: ['::/0'] }] }, []],
  [V4, GROUP, { egress: [{ ...ssh, cidrBlocks: ['0.0.0.0/0'] }] }, []],
  [V4, GROUP, { ingress: [{ ...ssh, self: true }] }, []],
  [V4, GROUP, { ingress: null }, []],
  [V4, GROUP, { ingress: 'all' }, []],
  [V4, RULE, { type: 'ingress', ...ssh, cidrBlocks: ['0.0.0.0/0'] }, ['main: cidrBlocks[0] = "0.0.0.0/0"']],
  [V4, RULE, { type: 'egress', ...ssh, cidrBlocks: ['0.0.0.0/0'] }, []],
  [V4, INGRESS, { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' }, ['main: cidrIpv4 = "0.0.0.0/0"']],
  [V4, INGRESS, { ipProtocol: '-1', cidrIpv4: '0.0.0.0/0' }, ['main: cidrIpv4 = "0.0.0.0/0"']],
  [V4, INGRESS, { ipProtocol: 'tcp', fromPort: 22, toPort: 22, referencedSecurityGroupId: 'sg-1' }, []],
  [V4, 'aws:eks/nodeGroup:NodeGroup', { remoteAccess: { ec2SshKey: 'key' } }, ['main: remoteAccess.sourceSecurityGroupIds = null']],
  [V4, 'aws:eks/nodeGroup:NodeGroup', { remoteAccess: { ec2SshKey: 'key', sourceSecurityGroupIds: ['sg-1'] } }, []],
  [V4, 'aws:eks/nodeGroup:NodeGroup', {}, []],

  [V6, GROUP, { ingress: [{ ...ssh, ipv6CidrBlocks: ['::/0'] }] }, ['main: ingress[0].ipv6CidrBlocks[0] = "::/0"']],
  [V6, RULE, { type: 'ingress', protocol: 'udp', fromPort: 3389, toPort: 3389, ipv6CidrBlocks: ['::/0'] }, ['main: ipv6CidrBlocks[0] = "::/0"']],
  [V6, INGRESS, { ipProtocol: 'tcp', fromPort: 0, toPort: 65535, cidrIpv6: '::/0' }, ['main: cidrIpv6 = "::/0"']],
  [V6, GROUP, { ingress: [{ ...ssh, cidrBlocks: ['0.0.0.0/0'] }] }, []],

  ['aws-cifs-access', GROUP, { ingress: [{ protocol: 'tcp', fromPort: 445, toPort: 445, cidrBlocks: ['0.0.0.0/0'], ipv6CidrBlocks: ['::/0'] }] }, ['main: ingress[0].cidrBlocks[0] = "0.0.0.0/0"', 'main: ingress[0].ipv6CidrBlocks[0] = "::/0"']],
  ['aws-cifs-access', GROUP, { ingress: [{ ...ssh, cidrBlocks: ['0.0.0.0/0'] }] }, []],
])('%s of %s with %j: %j', (id, type, properties, expected) => {
  expect(check(id, resource(type, properties))).toEqual(expected);
});

it('names the ports that are open', () => {
  expect(messages(V4, resource(GROUP, { ingress: [{ protocol: '-1', fromPort: 0, toPort: 0, cidrBlocks: ['0.0.0.0/0'] }] }))).toEqual(["'main' opens port 22 and 3389 to every IPv4 address"]);
  expect(messages(V6, resource(INGRESS, { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv6: '::/0' }))).toEqual(["'main' opens port 22 to every IPv6 address"]);
  expect(messages(V4, resource('aws:eks/nodeGroup:NodeGroup', { remoteAccess: { ec2SshKey: 'key' } }))).toEqual(["node group 'main' opens port 22 to every IPv4 address"]);
});

it('does not guess ranges that are not known yet', () => {
  expect(check(V4, resource(RULE, unknown({ type: 'ingress', ...ssh }, 'cidrBlocks')))).toEqual(['main? ']);
});
