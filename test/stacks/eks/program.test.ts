import * as pulumi from '@pulumi/pulumi';
import { synthesize } from '../../../constructs/core';
import { capacityOf, CapacityError, requireRoom } from '../../../stacks/capacity';
import { violations } from '../../components/record';
import { deploy, EXISTING, EXISTING_NETWORK, MINIMAL, rehearse, type Values } from './stand';

const FULL = { ...MINIMAL, teams: ['research'], dns: { zone: 'create' }, nodes: { gpu: {} }, registry: { repositories: ['team/trainer'] } };

describe('the platform', () => {
  it('is there as a whole without an account, like it is deployed and previewed', async () => {
    const [planned, deployed, previewed] = [await rehearse(FULL), await deploy(FULL), await deploy(FULL, { preview: true })];
    const names = ({ objects }: { readonly objects: typeof planned.objects }) => objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
    expect(names(planned)).toEqual(names(deployed));
    expect(names(previewed)).toEqual(names(deployed));
    const deployments = planned.objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    expect(deployments).toEqual(expect.arrayContaining(['external-dns', 'cert-manager', 'istiod', 'istio-ingressgateway', 'aws-load-balancer-controller', 'cluster-autoscaler', 'jobset-controller-manager', 'kubeflow-trainer-controller-manager', 'kserve-controller-manager']));
    const resources = (made: typeof deployed) => made.resources.map(({ type, name }) => `${type} ${name}`).toSorted();
    expect(resources(previewed)).toEqual(resources(deployed));
    expect(planned.provisioned.context).toBe('kubeflow');
  });

  it.each<[string, Values]>([
    ['by default', { teams: ['research'] }],
    ['for development', { ...FULL, development: true }],
    ['with everything that can be made', FULL],
    ['on what exists', { ...EXISTING, teams: ['research'] }],
    ['in a network that exists', { network: EXISTING_NETWORK }],
    ['with GPUs close together', { nodes: { gpu: { instanceTypes: ['p4d.24xlarge'], efa: true, purchase: { kind: 'spot' } } } }],
    ['without a zone', { dns: { zone: 'none' } }],
    ['for the internet', { exposure: 'internet-facing' }],
    ['with PostgreSQL, and a password that stays', { teams: ['research'], database: { engine: 'postgresql', storageGib: 100, credentials: 'generated' } }],
  ])('breaks no policy %s', async (_, values) => {
    const made = await deploy({ ...MINIMAL, ...values });
    expect(violations(made, ...made.objects)).toEqual([]);
  });

  it('fits on the nodes that there are by default', async () => {
    const { app, provisioned } = await rehearse({ ...MINIMAL, teams: ['research'] });
    expect(requireRoom(capacityOf(synthesize(app), provisioned.nodePools)).misfits).toEqual([]);
    expect(provisioned.nodePools.map(({ name, min, max }) => [name, min, max])).toEqual([['nodes-system', 2, 4], ['nodes-cpu', 1, 10]]);
  });

  it('is refused where nodes have no room for it', async () => {
    const small = { instanceTypes: ['c7i.large'], min: 1, max: 1 };
    const { app, provisioned } = await rehearse({ ...MINIMAL, nodes: { system: small, cpu: small } });
    const room = () => requireRoom(capacityOf(synthesize(app), provisioned.nodePools));
    expect(room).toThrow(CapacityError);
    expect(room).toThrow(/does not fit on its nodes[^]*istio: Deployment\/istio-system\/istio-ingressgateway: .* of nodes-system and 1 nodes of nodes-cpu/);
  });
});

describe('outputs', () => {
  it('say how to get in, and keep it secret', async () => {
    const made = await deploy({ ...MINIMAL, profile: 'platform' });
    const { kubeconfig, context, ...more } = made.provisioned.outputs;
    if (!kubeconfig || !context) throw new Error('no way in');
    expect(await pulumi.isSecret(kubeconfig)).toBe(true);
    const { users, clusters, 'current-context': current } = JSON.parse(String(await made.valueOf(kubeconfig)));
    expect([await made.valueOf(context), current]).toEqual(['kubeflow', 'kubeflow']);
    expect(clusters[0].cluster.server).toMatch(/\.eks\.amazonaws\.com$/);
    expect(JSON.stringify(users)).toMatch(/get-token.*kubeflow/);
    expect(JSON.stringify(users)).toContain('platform');
    expect(more).toEqual({});
  });

  it('say what the zone above must delegate to, of a zone that is made', async () => {
    const made = await deploy({ ...MINIMAL, dns: { zone: 'create' } });
    const { nameServers } = made.provisioned.outputs;
    if (!nameServers) throw new Error('no name servers');
    expect(await made.valueOf(nameServers)).toHaveLength(4);
  });
});

describe('what is kept', () => {
  it('in production: the cluster, its logs, keys and all data', async () => {
    const made = await deploy(FULL);
    const kept = made.resources.filter(({ options }) => options.protect).map(({ type, name }) => `${type.split(':').at(-1)} ${name}`).toSorted();
    expect(kept).toEqual([
      'Bucket object-store', 'Cluster cluster', 'Cluster database', 'FileSystem shared-files', 'Key key', 'LogGroup cluster', 'LogGroup network-flow-logs', 'Repository registry-team/trainer', 'UserPool sign-in', 'Zone dns',
    ]);
    expect(made.one('aws:eks/cluster:Cluster').inputs).toMatchObject({ deletionProtection: true });
    expect(made.one('aws:rds/cluster:Cluster').inputs).toMatchObject({ deletionProtection: true });
    expect(made.one('aws:s3/bucket:Bucket').inputs).toMatchObject({ forceDestroy: false });
    expect(made.provisioned.leftovers).toBe('refuse');
  });

  it('in development: nothing', async () => {
    const made = await deploy({ ...FULL, development: 'true' });
    expect(made.resources.filter(({ options }) => options.protect).map(({ name }) => name)).toEqual([]);
    expect(made.one('aws:eks/cluster:Cluster').inputs).toMatchObject({ deletionProtection: false });
    expect(made.one('aws:rds/cluster:Cluster').inputs).toMatchObject({ deletionProtection: false, skipFinalSnapshot: true });
    expect(made.one('aws:s3/bucket:Bucket').inputs).toMatchObject({ forceDestroy: true });
    expect(made.one('aws:route53/zone:Zone').inputs).toMatchObject({ forceDestroy: true });
    expect(made.provisioned.leftovers).toBe('delete');
  });
});

describe('what exists', () => {
  it('is not made again: identities and grants alone, and the key for what is still made', async () => {
    const made = await deploy({ ...EXISTING, teams: ['research'] });
    const types = new Set(made.resources.filter(({ custom, type }) => custom && type.startsWith('aws:')).map(({ type }) => type));
    expect([...types].toSorted()).toEqual(['aws:eks/podIdentityAssociation:PodIdentityAssociation', 'aws:iam/role:Role', 'aws:iam/rolePolicy:RolePolicy', 'aws:kms/key:Key']);
    const clusters = made.ofType('aws:eks/podIdentityAssociation:PodIdentityAssociation').map(({ inputs }) => inputs['clusterName']);
    expect(new Set(clusters)).toEqual(new Set(['main']));
    expect(made.provisioned).toMatchObject({ context: 'main', nodePools: [], readyAfter: [] });
  });

  it('stays as it is when the platform goes, whatever people have left in it', async () => {
    for (const development of [true, false]) expect((await rehearse({ ...EXISTING, development })).provisioned.leftovers).toBeUndefined();
  });

  it('gets the load balancer into the subnets that are named, since others have no tags of ours', async () => {
    const publicSubnetIds = ['subnet-0a00000000000000f'];
    const network = { existing: { ...EXISTING_NETWORK.existing, publicSubnetIds } };
    expect(await subnetsOf({ network })).toEqual(EXISTING_NETWORK.existing.privateSubnetIds.join(','));
    expect(await subnetsOf({ network, exposure: 'internet-facing' })).toEqual(publicSubnetIds.join(','));
    expect(await subnetsOf({})).toBeUndefined();
  });

  it('can have Services in a range that does not overlap', async () => {
    const made = await deploy({ ...MINIMAL, network: { existing: { ...EXISTING_NETWORK.existing, serviceCidr: '10.100.0.0/16' } } });
    expect(made.one('aws:eks/cluster:Cluster').inputs).toMatchObject({ kubernetesNetworkConfig: { serviceIpv4Cidr: '10.100.0.0/16' }, vpcConfig: { subnetIds: EXISTING_NETWORK.existing.privateSubnetIds } });
  });
});

test('zones and subnets that are named are believed where nobody is asked', async () => {
  const ids = ['1', '2', '3', '4'].map((digit) => `subnet-0d00000000000000${digit}`);
  const zones = { region: 'us-west-2', network: { zones: ['us-west-2a', 'us-west-2d'] }, nodes: { cpu: { zones: ['us-west-2d'] } } };
  const network = { existing: { vpcId: 'vpc-0dddddddddddddddd', privateSubnetIds: ids, publicSubnetIds: ['subnet-0d00000000000000e'], serviceCidr: '10.0.0.0/16' } };
  for (const values of [zones, { exposure: 'internet-facing', network }]) expect((await rehearse({ ...MINIMAL, ...values })).objects.length).toBeGreaterThan(200);
});

/** Subnets that the gateway's load balancer is told to be in. */
async function subnetsOf(values: Values): Promise<string | undefined> {
  const { objects } = await rehearse({ ...MINIMAL, ...values });
  const [gateway, ...more] = objects.filter(({ kind, spec }) => kind === 'Service' && Reflect.get(Object(spec), 'type') === 'LoadBalancer');
  if (!gateway || more.length > 0) throw new Error('no gateway, or several');
  return gateway.metadata.annotations?.['service.beta.kubernetes.io/aws-load-balancer-subnets'];
}
