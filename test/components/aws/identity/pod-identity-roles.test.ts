import * as pulumi from '@pulumi/pulumi';
import { clusterAutoscalerAccess, loadBalancerControllerAccess, PodIdentityRoles, type PodIdentityRolesArgs, type PolicyStatement } from '../../../../components/aws';
import { splitTokens, type WorkloadIdentity } from '../../../../constructs/core';
import { record, type Recording } from '../../record';
import { account, cluster, findings } from '../fixtures';

const ROLE = 'aws:iam/role:Role';
const POLICY = 'aws:iam/rolePolicy:RolePolicy';
const SERVER = { namespace: 'team-a', name: 'models' };
const READ: readonly PolicyStatement[] = [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::models/*'] }];

function granted(args: Partial<PodIdentityRolesArgs> = {}) {
  const made = cluster();
  const roles = new PodIdentityRoles('roles', { account, cluster: made.cluster, ...args });
  const identity = roles.grant(SERVER, 'models-read', READ);
  return { ...made, roles, identity };
}

async function annotation(recording: Recording<{ readonly identity: WorkloadIdentity }>, key: string): Promise<unknown> {
  const [part] = splitTokens(recording.result.identity.serviceAccountAnnotations[key] ?? '');
  return typeof part === 'object' && pulumi.Output.isInstance(part.value) ? recording.valueOf(part.value) : part;
}

describe('roles of ServiceAccounts', () => {
  test('with Pod Identity, only this ServiceAccount of this cluster takes the role on, and it may do exactly what was granted', async () => {
    const recording = await record(() => granted());
    const [trust, ...more] = JSON.parse(recording.one(ROLE, 'roles-team-a-models').inputs.assumeRolePolicy).Statement;
    expect(more).toEqual([]);
    expect(trust).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: {
        StringEquals: {
          'aws:SourceAccount': '123456789012',
          'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:123456789012:cluster/main',
          'aws:RequestTag/kubernetes-namespace': 'team-a',
          'aws:RequestTag/kubernetes-service-account': 'models',
        },
      },
    });
    expect(JSON.parse(recording.one(POLICY, 'roles-team-a-models-models-read').inputs.policy).Statement).toEqual([{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::models/*'] }]);
    expect(recording.one('aws:eks/podIdentityAssociation:PodIdentityAssociation').inputs).toMatchObject({ clusterName: 'main', namespace: 'team-a', serviceAccount: 'models' });
  });

  test('with Pod Identity, the ServiceAccount waits for its association', async () => {
    const recording = await record(() => granted());
    expect(await annotation(recording, 'kubeflow-cdk.dev/pod-identity-association')).toMatch(/^a-[0-9a-f]{17}$/);
    expect(recording.result.identity.egress).toHaveLength(1);
  });

  test('with IRSA, only a token made out to this ServiceAccount for STS will do', async () => {
    const recording = await record(() => granted({ method: 'irsa' }));
    const provider = recording.one('aws:iam/openIdConnectProvider:OpenIdConnectProvider').inputs;
    expect(provider.clientIdLists).toEqual(['sts.amazonaws.com']);
    const host = provider.url.replace('https://', '');
    const [trust] = JSON.parse(recording.one(ROLE, 'roles-team-a-models').inputs.assumeRolePolicy).Statement;
    expect(trust).toEqual({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: 'system:serviceaccount:team-a:models' } },
    });
    expect(await annotation(recording, 'eks.amazonaws.com/role-arn')).toMatch(/^arn:aws:iam::123456789012:role\/team-a-models-/);
    expect(recording.ofType('aws:eks/podIdentityAssociation:PodIdentityAssociation')).toEqual([]);
  });

  test.each(['pod-identity', 'irsa'] as const)('by %s, a further grant adds to the same role, another ServiceAccount has another', async (method) => {
    const recording = await record(() => {
      const made = granted({ method });
      const again = made.roles.grant(SERVER, 'models-write', [{ actions: ['s3:PutObject'], resources: ['arn:aws:s3:::models/*'] }]);
      made.roles.grant({ namespace: 'team-b', name: 'models' }, 'models-read', READ);
      return { ...made, again };
    });
    expect(recording.result.again).toEqual(recording.result.identity);
    expect(recording.ofType(ROLE).filter(({ name }) => name.startsWith('roles-'))).toHaveLength(2);
    const ofServer = recording.ofType(POLICY).filter(({ inputs }) => inputs.role.startsWith('team-a-models'));
    expect(ofServer.map(({ name }) => name)).toEqual(['roles-team-a-models-models-read', 'roles-team-a-models-models-write']);
    expect(recording.ofType('aws:iam/openIdConnectProvider:OpenIdConnectProvider')).toHaveLength(method === 'irsa' ? 1 : 0);
  });

  test('all are bounded where a boundary is given, and names are never too long for IAM', async () => {
    const permissionsBoundary = 'arn:aws:iam::123456789012:policy/boundary';
    const recording = await record(() => {
      const { roles } = granted({ permissionsBoundary });
      roles.grant({ namespace: 'n'.repeat(60), name: 's'.repeat(60) }, 'read', READ);
    });
    for (const { name, inputs } of recording.ofType(ROLE).filter((each) => each.name.startsWith('roles-'))) {
      expect([name, inputs.permissionsBoundary]).toEqual([name, permissionsBoundary]);
      expect(inputs.namePrefix.length).toBeLessThanOrEqual(38);
    }
  });

  test('in a preview nothing is known but who gets what', async () => {
    const recording = await record(() => granted(), { preview: true });
    expect(recording.one('aws:eks/podIdentityAssociation:PodIdentityAssociation').inputs).toMatchObject({ namespace: 'team-a', serviceAccount: 'models' });
  });

  test.each<[string, readonly PolicyStatement[], string]>([
    ['x_y', READ, 'roles: access of team-a/other: id'],
    ['all', [{ actions: ['s3:*'], resources: ['*'] }], "statements[0].actions is 's3:*'; expected actions spelled out, without wildcards"],
    ['none', [{ actions: [], resources: ['*'] }], 'statements[0].actions is []'],
    ['nowhere', [{ actions: ['s3:GetObject'], resources: [] }], 'statements[0].resources is []'],
    ['empty', [], 'statements is []'],
  ])('refuses a grant %s of %j', async (id, statements, message) => {
    const recording = await record(() => {
      const { roles } = granted();
      expect(() => roles.grant({ namespace: 'team-a', name: 'other' }, id, statements)).toThrow(message);
      expect(() => roles.grant(SERVER, 'models-read', READ)).toThrow('granted nothing under yet');
    });
    expect(recording.ofType(ROLE).filter(({ name }) => name.includes('other'))).toEqual([]);
  });
});

describe('access of controllers', () => {
  interface Written {
    readonly Action: string[];
    readonly Resource: string[];
    readonly Condition?: Record<string, Record<string, unknown>>;
  }

  async function written(access: (made: ReturnType<typeof cluster>) => readonly PolicyStatement[]) {
    const recording = await record(() => {
      const made = cluster();
      new PodIdentityRoles('roles', { account, cluster: made.cluster }).grant({ namespace: 'kube-system', name: 'controller' }, 'access', access(made));
      return made;
    });
    return { recording, statements: JSON.parse(recording.one(POLICY, 'roles-kube-system-controller-access').inputs.policy).Statement as Written[] };
  }

  const READING = /:(?:Describe|Get|List)/;

  test('the autoscaler sizes groups of this cluster only', async () => {
    const { statements, recording } = await written((made) => clusterAutoscalerAccess(account, made.cluster));
    const changes = statements.filter(({ Action }) => Action.some((action) => !READING.test(action)));
    expect(changes).toEqual([
      {
        Effect: 'Allow',
        Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
        Resource: ['arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*'],
        Condition: { StringEquals: { 'aws:ResourceTag/eks:cluster-name': 'main' } },
      },
    ]);
    expect(findings(recording)).toEqual([expect.stringContaining('eks-network-policy-engine')]);
  });

  test('the load balancer controller changes what is tagged as this cluster\'s, and ports in this VPC', async () => {
    const { statements, recording } = await written((made) => loadBalancerControllerAccess(account, made.cluster, made.network));
    const vpc = `arn:aws:ec2:eu-central-1:123456789012:vpc/${await recording.valueOf(recording.result.network.vpcId)}`;
    for (const { Action, Resource, Condition } of statements) {
      if (Action.every((action) => READING.test(action))) continue;
      expect(Resource).not.toContain('*');
      if (Action[0] === 'iam:CreateServiceLinkedRole' || Resource[0] === vpc) continue;
      const equal = Condition?.StringEquals ?? {};
      const own = equal['aws:ResourceTag/elbv2.k8s.aws/cluster'] ?? equal['aws:RequestTag/elbv2.k8s.aws/cluster'];
      expect([Action, own ?? Condition?.ArnEquals?.['ec2:Vpc']]).toEqual([Action, Action[0]?.includes('SecurityGroupIngress') ? vpc : 'main']);
    }
    // What an inline policy may have. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(statements).length).toBeLessThan(10_240);
  });
});
