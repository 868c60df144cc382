import { check, declared, messages, resource, urn } from '../aws/subjects';

const ID = 'eks-node-registry-access';
const ATTACHMENT = 'aws:iam/rolePolicyAttachment:RolePolicyAttachment';
const ROLE = 'aws:iam/role:Role';
const NODE_GROUP = 'aws:eks/nodeGroup:NodeGroup';
const POWER_USER = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser';
const trust = (Service: string) => ({ assumeRolePolicy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] }) });
const role = (properties: object) => declared(ROLE, 'ours', { ...properties });
const attached = resource(ATTACHMENT, { policyArn: POWER_USER }, { dependencies: { role: [urn(ROLE, 'ours')] } });
const nodeGroup = resource(NODE_GROUP, { subnetIds: [] }, { name: 'nodes', dependencies: { nodeRoleArn: [urn(ROLE, 'ours')] } });

it.each([
  [{ policyArn: POWER_USER, role: 'node-role' }, [`main: policyArn = "${POWER_USER}"`]],
  [{ policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess', role: 'eksWorkerRole' }, ['main: policyArn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess"']],
  [{ policyArn: POWER_USER, role: 'build' }, ['main? policyArn']],
  [{ policyArn: POWER_USER, role: null }, ['main? policyArn']],
  [{ policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly', role: 'node-role' }, []],
  [{ policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly', role: 'node-role' }, []],
  [{ policyArn: null, role: 'node-role' }, []],
])('attachment of %j: %j', (properties, expected) => {
  expect(check(ID, resource(ATTACHMENT, properties))).toEqual(expected);
});

describe('a role', () => {
  it('is that of nodes if a node group has it', () => {
    expect(check(ID, attached, role(trust('ec2.amazonaws.com')), nodeGroup)).toEqual([`main: policyArn = "${POWER_USER}"`]);
    expect(messages(ID, attached, role({}), nodeGroup)).toEqual(["the role of the nodes may write to ECR by 'main'"]);
  });

  it('is none of nodes if virtual machines cannot take it on', () => {
    expect(check(ID, attached, role(trust('codebuild.amazonaws.com')))).toEqual([]);
  });

  it('may be one of nodes if they can', () => {
    expect(check(ID, attached, role(trust('ec2.amazonaws.com')))).toEqual(['main? policyArn']);
  });

  it.each([
    [{ managedPolicyArns: [null, POWER_USER] }, [`ours: managedPolicyArns[1] = "${POWER_USER}"`]],
    [{ inlinePolicies: [{ policy: '{"Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}' }] }, ['ours: inlinePolicies[0].policy = {"Effect":"Allow","Action":"ecr:*","Resource":"*"}']],
    [{ inlinePolicies: [{ policy: '{"Statement":{"Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchGetImage"],"Resource":"*"}}' }] }, []],
    [{ managedPolicyArns: null, inlinePolicies: 'none' }, []],
  ])('of nodes with %j: %j', (properties, expected) => {
    expect(check(ID, role(properties), nodeGroup)).toEqual(expected);
  });

  it('has policies that are declared apart from it', () => {
    const policy = (Action: string) => resource('aws:iam/rolePolicy:RolePolicy', { role: 'node-role', policy: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } });
    expect(check(ID, policy('ecr:PutImage'))).toHaveLength(1);
    expect(check(ID, policy('ecr:BatchGetImage'))).toEqual([]);
    expect(check(ID, policy('s3:*'))).toEqual([]);
  });
});
