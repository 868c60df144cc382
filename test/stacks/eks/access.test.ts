import type * as pulumi from '@pulumi/pulumi';
import { splitTokens } from '../../../constructs/core';
import { violations } from '../../components/record';
import { deploy, MINIMAL } from './stand';

type Deployment = Awaited<ReturnType<typeof deploy>>;

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const BUCKET = 'arn:aws:s3:::models';
const RESEARCH = { ...MINIMAL, teams: ['research'], objectStore: { bucketName: 'models' }, nodes: { gpu: {} }, registry: { repositories: ['trainer'] } };
const made = once(() => deploy(RESEARCH));

/** What roles may do, by role: [role, statement]. */
function statementsOf({ ofType, resources }: Deployment): readonly (readonly [string, Statement])[] {
  const nameOf = (roleId: unknown) => resources.find(({ type, id }) => type === 'aws:iam/role:Role' && id === roleId)?.name ?? String(roleId);
  return ofType('aws:iam/rolePolicy:RolePolicy').flatMap(({ inputs }) => (JSON.parse(inputs['policy']).Statement as Statement[]).map((statement) => [nameOf(inputs['role']), statement] as const));
}

const holders = (deployment: Deployment, matches: (statement: Statement) => boolean) => statementsOf(deployment).filter(([, statement]) => matches(statement));
const actionsOf = ({ Action }: Statement): readonly string[] => [Action].flat();

describe('the API server', () => {
  it('is reached from the VPC alone, by whoever deploys', async () => {
    const recording = await made();
    expect(recording.one('aws:eks/cluster:Cluster').inputs['vpcConfig']).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: false });
    // The role of the session, not the session.
    expect(recording.ofType('aws:eks/accessEntry:AccessEntry').map(({ inputs }) => inputs['principalArn'])).toEqual(['arn:aws:iam::123456789012:role/deployer']);
  });

  it('is reached by whom else is named, and from the ranges that are: a waiver of their own must then be given', async () => {
    const administrator = 'arn:aws:iam::123456789012:role/platform';
    const recording = await deploy({ ...MINIMAL, cluster: { publicAccessCidrs: ['203.0.113.0/24'], administrators: [administrator, 'arn:aws:iam::123456789012:role/deployer'] } });
    expect(recording.one('aws:eks/cluster:Cluster').inputs['vpcConfig']).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] });
    expect(recording.ofType('aws:eks/accessEntry:AccessEntry').map(({ inputs }) => inputs['principalArn']).toSorted()).toEqual(['arn:aws:iam::123456789012:role/deployer', administrator]);
    const found = violations(recording, ...recording.objects);
    expect(found.map((finding) => finding.split(':')[0])).toEqual(['eks-private-endpoint']);
  });
});

describe('the bucket', () => {
  it('is open to research/team in its own part, and to nobody else', async () => {
    const recording = await made();
    const found = holders(recording, (statement) => actionsOf(statement).some((action) => action.startsWith('s3:')) || statement.Resource.some((arn) => arn.startsWith('arn:aws:s3')));
    expect(found).toEqual([
      ['roles-research-team', expect.objectContaining({ Action: ['s3:ListBucket'], Resource: [BUCKET], Condition: { StringLike: { 's3:prefix': ['research/*'] } } })],
      ['roles-research-team', expect.objectContaining({ Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], Resource: [`${BUCKET}/research/*`] })],
    ]);
    const policy = JSON.parse(recording.one('aws:s3/bucketPolicy:BucketPolicy').inputs['policy']).Statement as Statement[];
    expect(policy.map(({ Effect }) => Effect)).toEqual(['Deny']);
    expect(recording.one('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').inputs).toMatchObject({ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
  });
});

describe('records of the zone', () => {
  it('are changed by external-dns, and those of challenges by cert-manager', async () => {
    const recording = await made();
    const zone = /^arn:aws:route53:::hostedzone\/Z\w+$/;
    expect(holders(recording, (statement) => actionsOf(statement).includes('route53:ChangeResourceRecordSets'))).toEqual([
      ['roles-cert-manager-cert-manager', expect.objectContaining({
        Resource: [expect.stringMatching(zone)],
        Condition: {
          'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.*'] },
          'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] },
        },
      })],
      ['roles-external-dns-external-dns', expect.not.objectContaining({ Condition: expect.anything() })],
    ]);
  });

  it("are nobody's without a zone: no external-dns, no certificate of a public authority", async () => {
    const recording = await deploy({ ...MINIMAL, dns: { zone: 'none' } });
    expect(holders(recording, (statement) => actionsOf(statement).some((action) => action.startsWith('route53:')))).toEqual([]);
    expect(recording.objects.filter(({ metadata }) => metadata.namespace === 'external-dns')).toEqual([]);
  });
});

describe('roles', () => {
  it('are each taken on by one ServiceAccount of this cluster', async () => {
    const recording = await made();
    const arns = new Map(recording.ofType('aws:iam/role:Role').map(({ name, inputs }) => [name, inputs['assumeRolePolicy']]));
    const associations = recording.ofType('aws:eks/podIdentityAssociation:PodIdentityAssociation');
    expect(associations.map(({ inputs }) => `${inputs['namespace']}/${inputs['serviceAccount']}`).toSorted()).toEqual([
      'aws-load-balancer-controller/aws-load-balancer-controller', 'cert-manager/cert-manager', 'cluster-autoscaler/cluster-autoscaler', 'external-dns/external-dns', 'research/team',
    ]);
    for (const { name, inputs } of associations) {
      const { Statement: trust } = JSON.parse(String(arns.get(name)));
      expect(trust).toEqual([expect.objectContaining({
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Condition: {
          StringEquals: {
            'aws:SourceAccount': '123456789012',
            'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:123456789012:cluster/kubeflow',
            'aws:RequestTag/kubernetes-namespace': inputs['namespace'],
            'aws:RequestTag/kubernetes-service-account': inputs['serviceAccount'],
          },
        },
      })]);
    }
  });

  it('are those of add-ons, the cluster and its nodes besides', async () => {
    const recording = await made();
    const services = recording.ofType('aws:iam/role:Role').map(({ name, inputs }) => [name, JSON.parse(inputs['assumeRolePolicy']).Statement[0].Principal.Service]);
    expect(Object.fromEntries(services.filter(([name]) => !name.startsWith('roles-')))).toEqual({
      cluster: 'eks.amazonaws.com',
      'node-role': 'ec2.amazonaws.com',
      'network-flow-logs': 'vpc-flow-logs.amazonaws.com',
      'network-add-ons-vpc-cni': 'pods.eks.amazonaws.com',
      'add-ons-aws-ebs-csi-driver': 'pods.eks.amazonaws.com',
      'add-ons-aws-efs-csi-driver': 'pods.eks.amazonaws.com',
    });
  });

  it('are known to pods by the association, which must be there before they start', async () => {
    const recording = await made();
    const team = recording.objects.find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === 'research' && metadata.name === 'team');
    const [token] = splitTokens(team?.metadata.annotations?.['kubeflow-cdk.dev/pod-identity-association'] ?? '');
    if (typeof token !== 'object') throw new Error('no token');
    expect(await recording.valueOf(token.value as pulumi.Output<string>)).toMatch(/^a-[0-9a-f]{17}$/);
  });
});

describe('encryption', () => {
  it('is with the one key of the stack, wherever there is data', async () => {
    const recording = await made();
    const id = String(recording.one('aws:kms/key:Key').id);
    const withKey = recording.resources.filter(({ custom, type, inputs }) => custom && !type.startsWith('aws:iam/') && JSON.stringify(inputs).includes(`key/${id}`)).map(({ type, name }) => `${type.split(':').at(-1)} ${name}`);
    expect(withKey.toSorted()).toEqual([
      'BucketServerSideEncryptionConfiguration object-store', 'Cluster cluster', 'Cluster database', 'FileSystem shared-files', 'LaunchTemplate nodes-cpu', 'LaunchTemplate nodes-gpu', 'LaunchTemplate nodes-system',
      'LogGroup cluster', 'LogGroup network-flow-logs', 'Repository registry-trainer', 'Secret database-ca',
    ]);
    const key = recording.one('aws:kms/key:Key').inputs;
    expect(key).toMatchObject({ enableKeyRotation: true });
    expect((JSON.parse(key['policy']).Statement as { readonly Sid: string }[]).map(({ Sid }) => Sid)).toEqual(['AccountPolicies', 'LogGroups', 'NodeVolumes', 'NodeVolumeGrants']);
  });

  it('is of volumes of pods, too', async () => {
    const recording = await made();
    const block = recording.objects.find(({ kind, provisioner }) => kind === 'StorageClass' && provisioner === 'ebs.csi.aws.com');
    const [token] = splitTokens(String(Reflect.get(Object(block?.['parameters']), 'kmsKeyId')));
    if (typeof token !== 'object') throw new Error('no key');
    expect(await recording.valueOf(token.value as pulumi.Output<string>)).toContain(String(recording.one('aws:kms/key:Key').id));
  });
});

describe('the ingress gateway', () => {
  it.each(['internal', 'internet-facing'])('is %s', async (exposure) => {
    const { objects } = await deploy({ ...MINIMAL, exposure });
    const balanced = objects.filter(({ kind, spec }) => kind === 'Service' && Reflect.get(Object(spec), 'type') === 'LoadBalancer');
    expect(balanced.map(({ metadata }) => metadata.annotations?.['service.beta.kubernetes.io/aws-load-balancer-scheme'])).toEqual([exposure]);
  });
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => (promise ??= make());
}
