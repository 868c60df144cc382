import * as pulumi from '@pulumi/pulumi';
import { EksCluster, type EksClusterArgs } from '../../../../components/aws';
import { record } from '../../record';
import { account, cluster, DEPLOYER, findings, ground, offeredVersions } from '../fixtures';

const CLUSTER = 'aws:eks/cluster:Cluster';

describe('EksCluster', () => {
  test('has a private endpoint only', async () => {
    const { inputs } = (await record(() => cluster())).one(CLUSTER);
    expect(inputs.vpcConfig).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: false });
    expect(inputs.vpcConfig.publicAccessCidrs).toBeUndefined();
    expect(inputs.vpcConfig.subnetIds).toHaveLength(3);
  });

  test('is reached from the internet by the ranges that are named, and no other', async () => {
    const { inputs } = (await record(() => cluster({ publicAccessCidrs: ['203.0.113.0/24'] }))).one(CLUSTER);
    expect(inputs.vpcConfig).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] });
  });

  test('lets in whom entries name, and not even its maker besides', async () => {
    const people = 'arn:aws:iam::123456789012:role/teams/platform';
    const recording = await record(() => cluster({ administrators: [DEPLOYER, people] }));
    expect(recording.one(CLUSTER).inputs.accessConfig).toEqual({ authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false });
    expect(recording.ofType('aws:eks/accessEntry:AccessEntry').map(({ inputs }) => inputs.principalArn)).toEqual([DEPLOYER, people]);
    for (const { inputs } of recording.ofType('aws:eks/accessPolicyAssociation:AccessPolicyAssociation')) {
      expect(inputs).toMatchObject({ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', accessScope: { type: 'cluster' } });
    }
  });

  test('encrypts Secrets and all its logs with the key it is given, which only its role may use for it', async () => {
    const recording = await record(() => cluster());
    const { result, valueOf } = recording;
    const key = await valueOf(result.key.keyArn);
    const { inputs } = recording.one(CLUSTER);
    expect(inputs.encryptionConfig).toEqual({ provider: { keyArn: key }, resources: ['secrets'] });
    expect(inputs.enabledClusterLogTypes).toEqual(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']);
    const logs = recording.one('aws:cloudwatch/logGroup:LogGroup', 'cluster');
    expect(logs.inputs).toMatchObject({ name: '/aws/eks/main/cluster', kmsKeyId: key, retentionInDays: 365 });
    const [use] = JSON.parse(recording.one('aws:iam/rolePolicy:RolePolicy', 'cluster').inputs.policy).Statement;
    expect(use.Resource).toEqual([key]);
  });

  test('comes without add-ons of its own, and stays in standard support', async () => {
    const { inputs } = (await record(() => cluster())).one(CLUSTER);
    expect(inputs).toMatchObject({ bootstrapSelfManagedAddons: false, upgradePolicy: { supportType: 'STANDARD' }, version: '1.36', kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16' } });
  });

  test.each([
    ['keep', true],
    ['delete', false],
  ] as const)('with retention %s, EKS and Pulumi refuse deletion: %s', async (retention, kept) => {
    const recording = await record(() => cluster({}, retention));
    expect(recording.one(CLUSTER).inputs.deletionProtection).toBe(kept);
    expect(recording.one(CLUSTER).options.protect).toBe(kept);
    expect(recording.one('aws:cloudwatch/logGroup:LogGroup', 'cluster').options.protect).toBe(kept);
  });

  test('gives a kubeconfig without a credential, which is a secret until it is asked for', async () => {
    const { result, valueOf } = await record(() => cluster({ profile: 'platform', accessRoleArn: 'arn:aws:iam::123456789012:role/deployer' }));
    expect(await pulumi.isSecret(result.cluster.kubeconfig)).toBe(true);
    const config = JSON.parse(await valueOf(result.cluster.kubeconfig));
    expect(config['current-context']).toBe('main');
    expect(config.clusters[0].cluster.server).toBe(await valueOf(result.cluster.endpoint));
    expect(config.users[0].user.exec).toMatchObject({
      command: 'aws',
      args: ['--region', 'eu-central-1', 'eks', 'get-token', '--output', 'json', '--cluster-name', 'main', '--role-arn', 'arn:aws:iam::123456789012:role/deployer'],
      env: [{ name: 'AWS_PROFILE', value: 'platform' }],
    });
    expect(Object.keys(config.users[0].user)).toEqual(['exec']);
  });

  test('goes to the API server that a test runs', async () => {
    process.env.KUBEFLOW_CDK_TEST_API = JSON.stringify({ server: 'https://127.0.0.1:6443', ca: 'Q0E=' });
    try {
      const { result, valueOf } = await record(() => cluster());
      expect(JSON.parse(await valueOf(result.cluster.kubeconfig)).clusters[0].cluster).toEqual({ server: 'https://127.0.0.1:6443', 'certificate-authority-data': 'Q0E=' });
    } finally {
      delete process.env.KUBEFLOW_CDK_TEST_API;
    }
  });

  test('shows the same resources in a preview, where nothing is known', async () => {
    const names = (recording: { resources: readonly { type: string; name: string }[] }) => recording.resources.map(({ type, name }) => `${type} ${name}`).sort();
    expect(names(await record(() => cluster(), { preview: true }))).toEqual(names(await record(() => cluster())));
  });

  test('no policy objects but that nothing enforces NetworkPolicies yet', async () => {
    expect(findings(await record(() => cluster()))).toEqual([expect.stringContaining('eks-network-policy-engine')]);
  });

  test.each<[Partial<EksClusterArgs>, string]>([
    [{ clusterName: 'main cluster' }, "cluster: clusterName is 'main cluster'; expected at most 100 letters, digits, '-' and '_'"],
    [{ clusterName: 'x'.repeat(101) }, 'at most 100 letters'],
    [{ kubernetesVersion: '1.36.2' }, "a minor version such as '1.35': one of 1.36, 1.35"],
    [{ kubernetesVersion: '1.50' }, "kubernetesVersion is '1.50'; expected a version that EKS offers: one of 1.36, 1.35"],
    [{ kubernetesVersion: '1.30' }, 'a version that EKS offers: one of 1.36, 1.35'],
    [{ kubernetesVersion: '1.34' }, "set support to 'extended' to have it"],
    [{ kubernetesVersion: '1.36', supportedVersions: '>=1.34.0 <1.36.0' }, 'a version that every component supports, >=1.34.0 <1.36.0: one of 1.35'],
    [{ administrators: [] }, "administrators is []; expected 'arn:aws:iam::123456789012:role/deployer' among them"],
    [{ administrators: ['arn:aws:iam::123456789012:role/platform'] }, "expected 'arn:aws:iam::123456789012:role/deployer' among them"],
    [{ administrators: [account.arn] }, "the role itself, 'arn:aws:iam::123456789012:role/deployer'"],
    [{ administrators: [DEPLOYER, 'ada'] }, 'ARNs of IAM roles and users'],
    [{ administrators: [DEPLOYER, DEPLOYER] }, 'each ARN once'],
    [{ publicAccessCidrs: ['0.0.0.0/0'] }, "publicAccessCidrs is '0.0.0.0/0'; expected the ranges that need it"],
    [{ publicAccessCidrs: ['128.0.0.0/1'] }, 'never everyone'],
    [{ publicAccessCidrs: ['10.0.0.0/16'] }, 'private ones reach the private endpoint'],
    [{ publicAccessCidrs: ['::/0'] }, 'an IPv4 range'],
    [{ serviceCidr: '8.0.0.0/16' }, "serviceCidr is '8.0.0.0/16'"],
    [{ logRetentionDays: 42 }, 'logRetentionDays is 42; expected days that CloudWatch Logs knows, e.g. 60'],
  ])('refuses %j before it is declared', async (args, message) => {
    const recording = await record(() => {
      const { network } = ground();
      const usual = { account, network, clusterName: 'main', kubernetesVersion: '1.36', supportedVersions: '>=1.34.0 <1.37.0', offeredVersions, administrators: [DEPLOYER], keyArn: 'arn' };
      expect(() => new EksCluster('cluster', { ...usual, ...args })).toThrow(message);
    });
    expect(recording.ofType('kubeflow-cdk:aws:EksCluster')).toEqual([]);
  });

  test('may stay in extended support, where that is asked for', async () => {
    const { inputs } = (await record(() => cluster({ kubernetesVersion: '1.34', support: 'extended' }))).one(CLUSTER);
    expect(inputs).toMatchObject({ version: '1.34', upgradePolicy: { supportType: 'EXTENDED' } });
  });
});
