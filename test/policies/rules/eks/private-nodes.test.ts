import { check, declared, findings, messages, resource, unknown, urn } from '../aws/subjects';

const ID = 'eks-private-nodes';
const SUBNET = 'aws:ec2/subnet:Subnet';
const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup';
const open = declared(SUBNET, 'public', { mapPublicIpOnLaunch: true }, { id: 'subnet-a' });
const closed = declared(SUBNET, 'private', {}, { id: 'subnet-b' });
const nodes = (properties: object, dependencies: Record<string, string[]> = {}) => resource(NODE_GROUP, { ...properties }, { name: 'nodes', dependencies });
const FOUND = ['public: mapPublicIpOnLaunch = true'];
const OPEN = ['public? mapPublicIpOnLaunch'];

describe('subnets of node groups', () => {
  it('are found by id', () => {
    expect(check(ID, open, closed, nodes({ subnetIds: ['subnet-a', 'subnet-b'] }))).toEqual(FOUND);
    expect(check(ID, open, closed, nodes({ subnetIds: ['subnet-b'] }))).toEqual([]);
    expect(findings(ID, open, nodes({ subnetIds: ['subnet-a'] }))).toMatchObject([
      { enforcement: 'mandatory', controls: ['cis-eks-1.8:5.4.3'], message: "nodes in subnet 'public' get public addresses", patch: { mapPublicIpOnLaunch: false } },
    ]);
  });

  it('are found by where they came from', () => {
    const fresh = declared(SUBNET, 'public', { mapPublicIpOnLaunch: true });
    const list = [undefined, undefined];
    expect(check(ID, fresh, nodes({ subnetIds: list }, { subnetIds: [urn(SUBNET, 'public'), urn(SUBNET, 'private')] }))).toEqual(FOUND);
    expect(check(ID, fresh, nodes({ subnetIds: list }, { subnetIds: [urn(SUBNET, 'private'), urn(SUBNET, 'other')] }))).toEqual([]);
  });

  it('are left open if the list was computed from more subnets than it holds', () => {
    const fresh = declared(SUBNET, 'public', { mapPublicIpOnLaunch: true });
    expect(check(ID, fresh, nodes({ subnetIds: [undefined] }, { subnetIds: [urn(SUBNET, 'public'), urn(SUBNET, 'private')] }))).toEqual(OPEN);
    expect(check(ID, fresh, resource(NODE_GROUP, unknown({}, 'subnetIds'), { name: 'nodes' }))).toEqual(OPEN);
    expect(check(ID, fresh, nodes({ subnetIds: ['subnet-x'] }))).toEqual(OPEN);
  });

  it.each([[{}], [{ mapPublicIpOnLaunch: false }], [{ mapPublicIpOnLaunch: null }], [{ mapPublicIpOnLaunch: 'always' }]])('may have %j', (properties) => {
    expect(check(ID, resource(SUBNET, properties, { id: 'subnet-a' }), nodes({ subnetIds: ['subnet-a'] }))).toEqual([]);
  });
});

it('is advice without a node group, unless the subnet is for load balancers', () => {
  expect(findings(ID, open)).toMatchObject([{ enforcement: 'advisory' }]);
  expect(check(ID, resource(SUBNET, { mapPublicIpOnLaunch: true, tags: { 'kubernetes.io/role/elb': '1' } }))).toEqual([]);
});

describe('launch templates of node groups', () => {
  const PATH = 'networkInterfaces[1].associatePublicIpAddress';
  const template = resource(TEMPLATE, { name: 'nodes', networkInterfaces: [null, { associatePublicIpAddress: 'true' }] }, { id: 'lt-1' });

  it.each([[{ id: 'lt-1', version: '1' }], [{ name: 'nodes', version: '1' }]])('are found by %j', (launchTemplate) => {
    expect(check(ID, template, nodes({ subnetIds: [], launchTemplate }))).toEqual([`main: ${PATH} = "true"`]);
    expect(messages(ID, template, nodes({ subnetIds: [], launchTemplate }))).toEqual(["nodes of launch template 'main' get public addresses"]);
  });

  it('may be used by others', () => {
    expect(check(ID, template, nodes({ subnetIds: [], launchTemplate: { id: 'lt-2', version: '1' } }))).toEqual([]);
    expect(findings(ID, template)).toMatchObject([{ enforcement: 'advisory' }]);
  });

  it.each([[{}], [{ networkInterfaces: [{ associatePublicIpAddress: 'false' }] }], [{ networkInterfaces: 'none' }]])('may have %j', (properties) => {
    expect(check(ID, resource(TEMPLATE, properties))).toEqual([]);
  });
});

describe('launch configurations', () => {
  const CONFIGURATION = 'aws:ec2/launchConfiguration:LaunchConfiguration';

  it('are advice, for machines other than nodes use them too', () => {
    for (const subjects of [[], [nodes({ subnetIds: ['subnet-b'] })]]) {
      expect(findings(ID, resource(CONFIGURATION, { associatePublicIpAddress: true }), ...subjects)).toMatchObject([
        { path: 'associatePublicIpAddress', found: true, enforcement: 'advisory', controls: ['cis-eks-1.8:5.4.3'], message: "nodes of launch configuration 'main' get public addresses" },
      ]);
    }
  });

  it.each([[{}], [{ associatePublicIpAddress: false }], [{ associatePublicIpAddress: null }], [{ associatePublicIpAddress: 'always' }]])('may have %j', (properties) => {
    expect(check(ID, resource(CONFIGURATION, properties))).toEqual([]);
  });

  it('are left open while it is not known', () => {
    expect(check(ID, resource(CONFIGURATION, unknown({}, 'associatePublicIpAddress')))).toEqual(['main? associatePublicIpAddress']);
  });
});
