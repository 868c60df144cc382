import { check, declared, messages, resource, unknown, urn } from './subjects';

const VPC = 'aws:ec2/vpc:Vpc';
const FLOW_LOG = 'aws:ec2/flowLog:FlowLog';
const GROUP = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup';
const vpc = declared(VPC, 'vpc', { cidrBlock: '10.0.0.0/16' });
const existing = resource(VPC, { cidrBlock: '10.0.0.0/16' }, { name: 'vpc', id: 'vpc-1' });
const dependencies = { vpcId: [urn(VPC, 'vpc')] };

describe.each([
  ['aws-vpc-flow-logs', FLOW_LOG, "nobody logs the traffic of VPC 'vpc'"],
  ['aws-default-security-group', GROUP, "the default security group of VPC 'vpc' keeps the rules it came with"],
])('%s', (id, type, message) => {
  it('asks for one for every VPC', () => {
    expect(check(id, vpc)).toEqual(['vpc:  = null']);
    expect(messages(id, vpc)).toEqual([message]);
    expect(check(id, resource('aws:ec2/defaultVpc:DefaultVpc', {}))).toEqual(['main:  = null']);
  });

  it('finds it by id and by where it came from', () => {
    expect(check(id, existing, resource(type, { vpcId: 'vpc-1' }))).toEqual([]);
    expect(check(id, existing, resource(type, { vpcId: 'vpc-2' }))).toEqual(['vpc:  = null']);
    expect(check(id, vpc, resource(type, unknown({}, 'vpcId'), { dependencies }))).toEqual([]);
    expect(check(id, vpc, resource(type, unknown({}, 'vpcId'), { dependencies: { vpcId: [urn(VPC, 'other')] } }))).toEqual(['vpc:  = null']);
  });

  it('leaves open what may be of the VPC', () => {
    expect(check(id, existing, resource(type, unknown({}, 'vpcId')))).toEqual(['vpc? ']);
    expect(check(id, vpc, resource(type, { vpcId: 'vpc-1' }))).toEqual(['vpc? ']);
  });

  it('needs more than something of a subnet', () => {
    expect(check(id, existing, resource(type, { subnetId: 'subnet-1' }))).toEqual(['vpc:  = null']);
  });
});

it.each([
  [{}, []],
  [{ ingress: [], egress: null }, []],
  [{ ingress: [{ protocol: '-1', self: true }] }, ['main: ingress = [{"protocol":"-1","self":true}]']],
  [{ egress: [{ protocol: '-1' }] }, ['main: egress = [{"protocol":"-1"}]']],
])('default security group with %j: %j', (properties, expected) => {
  expect(check('aws-default-security-group', resource(GROUP, properties))).toEqual(expected);
});

it('finds rules that are declared apart from the default security group', () => {
  const group = resource(GROUP, { vpcId: 'vpc-1' }, { name: 'group', id: 'sg-1' });
  const rule = resource('aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule', { securityGroupId: 'sg-1' }, { name: 'rule' });
  expect(messages('aws-default-security-group', group, rule)).toEqual(["'rule' adds a rule to default security group 'group'"]);
  expect(check('aws-default-security-group', group, resource('aws:ec2/securityGroupRule:SecurityGroupRule', { securityGroupId: 'sg-2' }))).toEqual([]);
});
