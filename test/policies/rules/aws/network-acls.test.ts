import { check, messages, resource, unknown } from './subjects';

const ID = 'aws-network-acl-remote-administration';
const ACL = 'aws:ec2/networkAcl:NetworkAcl';
const RULE = 'aws:ec2/networkAclRule:NetworkAclRule';
const allow = { ruleNo: 100, action: 'allow', protocol: 'tcp', fromPort: 22, toPort: 22, cidrBlock: '0.0.0.0/0' };
const all = { ...allow, protocol: '-1', fromPort: 0, toPort: 0 };
const rule = (properties: object, name = 'main') =>
  resource(RULE, { networkAclId: 'acl-1', ruleNumber: 100, ruleAction: 'allow', protocol: 'tcp', fromPort: 22, toPort: 22, cidrBlock: '0.0.0.0/0', ...properties }, { name });

it.each([
  [{ ingress: [allow] }, 1],
  [{ ingress: [all] }, 1],
  [{ ingress: [{ ...allow, cidrBlock: null, ipv6CidrBlock: '::/0' }] }, 1],
  [{ ingress: [{ ...allow, fromPort: 1024, toPort: 65535 }] }, 1],
  [{ ingress: [{ ...allow, ruleNo: 90, action: 'deny', protocol: '-1' }, allow] }, 0],
  [{ ingress: [allow, { ...allow, ruleNo: 90, action: 'deny' }] }, 0],
  [{ ingress: [{ ...allow, ruleNo: 110, action: 'deny' }, allow] }, 1],
  [{ ingress: [{ ...allow, ruleNo: 90, action: 'deny', cidrBlock: '10.0.0.0/8' }, allow] }, 1],
  [{ ingress: [{ ...allow, ruleNo: 90, action: 'deny', protocol: 'udp' }, allow] }, 1],
  [{ ingress: [{ ...allow, ruleNo: 90, action: 'deny' }, all] }, 1],
  [{ ingress: [{ ...allow, ruleNo: 90, action: 'deny' }, { ...allow, cidrBlock: null, ipv6CidrBlock: '::/0' }] }, 1],
  [{ ingress: [{ ...allow, ruleNo: 90, action: 'deny' }, { ...allow, ruleNo: 120, action: 'deny' }, allow] }, 0],
  [{ ingress: [{ ...allow, cidrBlock: '10.0.0.0/8' }] }, 0],
  [{ ingress: [{ ...allow, action: 'deny' }] }, 0],
  [{ ingress: [{ ...allow, fromPort: 443, toPort: 443 }] }, 0],
  [{ egress: [all] }, 0],
  [{ ingress: [null, 'x'] }, 0],
  [{ ingress: null }, 0],
])('%j: %d findings', (properties, expected) => {
  for (const type of [ACL, 'aws:ec2/defaultNetworkAcl:DefaultNetworkAcl']) expect(check(ID, resource(type, properties))).toHaveLength(expected);
});

describe('rules of their own', () => {
  it.each([
    [{}, ['main: cidrBlock = "0.0.0.0/0"']],
    [{ egress: true }, []],
    [{ egress: false }, ['main: cidrBlock = "0.0.0.0/0"']],
    [{ cidrBlock: null, ipv6CidrBlock: '::/0' }, ['main: ipv6CidrBlock = "::/0"']],
    [{ ruleAction: 'deny' }, []],
    [{ protocol: 'icmp' }, []],
  ])('%j: %j', (properties, expected) => {
    expect(check(ID, rule(properties))).toEqual(expected);
  });

  it('let nothing in behind a refusal of the same network ACL', () => {
    const refusal = rule({ ruleNumber: 50, ruleAction: 'deny' }, 'refusal');
    expect(check(ID, rule({}), refusal)).toEqual([]);
    expect(check(ID, rule({ networkAclId: 'acl-2' }), refusal)).toHaveLength(1);
    expect(check(ID, rule({ ruleNumber: 40 }), refusal)).toHaveLength(1);
    expect(check(ID, rule({}), rule({ ruleNumber: 50, ruleAction: 'deny', egress: true }, 'refusal'))).toHaveLength(1);
  });

  it('wait for what is not known yet', () => {
    expect(check(ID, resource(RULE, unknown({ networkAclId: 'acl-1', ruleAction: 'allow', protocol: '-1' }, 'cidrBlock')))).toEqual(['main? ']);
  });
});

it.each([
  ['in one network ACL', (count: number) => [resource(ACL, { ingress: [...Array(count).keys()].flatMap((index) => [{ ...allow, ruleNo: index + count, action: 'deny', cidrBlock: '10.0.0.0/8' }, { ...allow, ruleNo: index + 3 * count }]) })]],
  ['apart from it', (count: number) => [...Array(count).keys()].flatMap((index) => [rule({ ruleNumber: 2 * count, ruleAction: 'deny' }, `deny-${index}`), rule({ ruleNumber: index }, `allow-${index}`)])],
])('is linear in the number of rules %s', (_where, rules) => {
  const began = performance.now();
  expect(check(ID, ...rules(20_000))).toHaveLength(20_000);
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('names what is open', () => {
  expect(messages(ID, resource(ACL, { ingress: [all] }))).toEqual(["'main' lets everyone reach port 22 and 3389"]);
  expect(messages(ID, resource(ACL, { ingress: [{ ...allow, ruleNo: 90, action: 'deny' }, all] }))).toEqual(["'main' lets everyone reach port 3389"]);
});
