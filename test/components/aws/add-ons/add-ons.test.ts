import { EksAddOns, NetworkAddOns } from '../../../../components/aws';
import { findTokens } from '../../../../constructs/core';
import { record } from '../../record';
import { account, cluster, everything, findings, nodes } from '../fixtures';

const ADD_ON = 'aws:eks/addon:Addon';
const configuration = (recording: Awaited<ReturnType<typeof record>>, name: string) => JSON.parse(recording.one(ADD_ON, name).inputs.configurationValues);

describe('add-ons', () => {
  test('the network enforces policies, and nodes take as many pods as they say', async () => {
    const values = configuration(await record(everything), 'network-add-ons-vpc-cni');
    expect(values.enableNetworkPolicy).toBe('true');
    expect(values.env.ENABLE_PREFIX_DELEGATION).toBe('true');
  });

  test.each([
    ['network-add-ons-vpc-cni', 'aws-node', ['AmazonEKS_CNI_Policy']],
    ['add-ons-aws-ebs-csi-driver', 'ebs-csi-controller-sa', ['service-role/AmazonEBSCSIDriverPolicy']],
    ['add-ons-aws-efs-csi-driver', 'efs-csi-controller-sa', ['service-role/AmazonEFSCSIDriverPolicy']],
  ])('%s has a role that only its ServiceAccount of this cluster takes on', async (name, serviceAccount, policies) => {
    const recording = await record(everything);
    const role = recording.one('aws:iam/role:Role', name);
    const [trust] = JSON.parse(role.inputs.assumeRolePolicy).Statement;
    expect(trust.Principal).toEqual({ Service: 'pods.eks.amazonaws.com' });
    expect(trust.Condition.StringEquals).toEqual({
      'aws:SourceAccount': '123456789012',
      'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:123456789012:cluster/main',
      'aws:RequestTag/kubernetes-namespace': 'kube-system',
      'aws:RequestTag/kubernetes-service-account': serviceAccount,
    });
    expect(recording.one(ADD_ON, name).inputs.podIdentityAssociations).toEqual([{ roleArn: expect.stringContaining(`role/${name}`), serviceAccount }]);
    const attached = recording.ofType('aws:iam/rolePolicyAttachment:RolePolicyAttachment').filter((each) => each.name.startsWith(name));
    expect(attached.map(({ inputs }) => inputs.policyArn)).toEqual(policies.map((policy) => `arn:aws:iam::aws:policy/${policy}`));
  });

  test('what runs on nodes waits for nodes; what nodes need does not', async () => {
    const recording = await record(everything);
    const { addOns, group } = recording.result;
    expect(addOns.addOns).toHaveLength(5);
    for (const { name, options } of recording.ofType(ADD_ON)) {
      const waits = [options.dependsOn ?? []].flat();
      expect([name, waits.includes(group.group)]).toEqual([name, name.startsWith('add-ons')]);
    }
  });

  test('volumes are encrypted with the key, which the driver may use for volumes and nothing else', async () => {
    const recording = await record(everything);
    const { addOns, key } = recording.result;
    const { provisioner, parameters } = addOns.blockStorage.volumes;
    expect(provisioner).toBe('ebs.csi.aws.com');
    expect(parameters).toMatchObject({ type: 'gp3', encrypted: 'true' });
    expect(findTokens(parameters)).toEqual([{ path: 'kmsKeyId', description: 'key of volumes' }]);
    const arn = await recording.valueOf(key.keyArn);
    const statements = JSON.parse(recording.one('aws:iam/rolePolicy:RolePolicy', 'add-ons-aws-ebs-csi-driver').inputs.policy).Statement;
    for (const { Resource } of statements) expect(Resource).toEqual([arn]);
    const grant = statements.find(({ Action }: { Action: string[] }) => Action.includes('kms:CreateGrant'));
    expect(grant.Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  test('some can be left out, and versions be pinned', async () => {
    const recording = await record(() => {
      const made = nodes('system', { kind: 'system', instanceTypes: ['m7i.xlarge'], max: 3 });
      return new EksAddOns('add-ons', { account, cluster: made.cluster, nodes: [made.group], keyArn: made.key.keyArn, without: ['metrics-server'], versions: { coredns: 'v1.13.2-eksbuild.3' } });
    });
    const declared = recording.ofType(ADD_ON).map(({ inputs }) => inputs.addonName);
    expect(declared).not.toContain('metrics-server');
    expect(recording.one(ADD_ON, 'add-ons-coredns').inputs.addonVersion).toBe('v1.13.2-eksbuild.3');
  });

  test.each([
    ['no node from the start', { kind: 'cpu', instanceTypes: ['m7i.xlarge'], min: 0, max: 3 }],
    ['nodes for GPUs only', { kind: 'gpu', instanceTypes: ['g6.2xlarge'], min: 1, max: 3 }],
  ] as const)('%s is refused: the add-ons would have no room', async (_, args) => {
    await record(() => {
      const made = nodes('workers', args);
      expect(() => new EksAddOns('add-ons', { account, cluster: made.cluster, nodes: [made.group], keyArn: 'arn' })).toThrow('add-ons: nodes is ["workers"]; expected a group with one node or more');
    });
  });

  test('a version that is none of EKS is refused', async () => {
    await record(() => {
      const made = cluster();
      expect(() => new NetworkAddOns('network-add-ons', { account, cluster: made.cluster, versions: { 'vpc-cni': '1.21' } })).toThrow("versions.vpc-cni is '1.21'; expected a version as EKS names them");
    });
  });

  test('no policy objects to everything together', async () => {
    expect(findings(await record(everything))).toEqual([]);
  });
});
