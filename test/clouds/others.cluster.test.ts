import { removeCluster, startCluster, type StartedCluster } from '../../local/cluster';
import { CLUSTER_TIMEOUT, core, testToolchain } from '../cluster';
import { clusterRoot } from '../cluster-root';
import { installAddOnKinds } from '../doubles/add-on-kinds';
import { standInControllers } from '../doubles/controllers';
import { deletedInCluster } from './deletions';
import { cloudProject, type CloudProject } from './project';

const MINUTES = 60_000;
/** State is written once: whether it is written at every step is tested with eks, and takes its time. */
const ENV = { PULUMI_SKIP_CHECKPOINTS: 'true' };

const CLOUDS = [
  {
    stack: 'gke',
    config: {
      project: 'my-project',
      region: 'europe-west4',
      domain: 'ml.example.com',
      teams: ['research'],
      development: true,
      cluster: { securityGroup: 'gke-security-groups@example.com' },
      signIn: { clientId: '123456789012-abc123.apps.googleusercontent.com', clientSecret: 'hush', hostedDomain: 'example.com' },
    },
    cluster: 'gcp:container/cluster:Cluster',
    nodes: 'gcp:container/nodePool:NodePool',
    bucket: /^gs:\/\//,
    database: /./,
    identity: 'kubeflow-cdk.dev/iam-grants',
    signedFor: 'hush',
  },
  {
    stack: 'aks',
    config: { location: 'westeurope', domain: 'ml.example.com', dns: { zone: 'existing', resourceGroup: 'dns' }, teams: ['research'], development: true },
    cluster: 'azure-native:containerservice:ManagedCluster',
    nodes: 'azure-native:containerservice:AgentPool',
    bucket: /^https:\/\/\S+\.blob\.core\.windows\.net\//,
    database: /\.mysql\.database\.azure\.com$/,
    identity: 'azure.workload.identity/client-id',
    signedFor: undefined,
  },
] as const;

describe.each(CLOUDS)('the stack $stack, in the real engine, with doubles in the place of its cloud and a real API server in the place of its cluster', ({ stack, config, ...cloud }) => {
  let cluster: StartedCluster;
  let project: CloudProject;
  let stopControllers: () => Promise<void>;
  const run = async (...args: string[]): Promise<{ readonly changes: Readonly<Record<string, number>>; readonly objects: number }> => {
    const { code, stdout, stderr } = await project.run(args, { env: ENV });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return JSON.parse(stdout) as { changes: Record<string, number>; objects: number };
  };

  beforeAll(async () => {
    cluster = await startCluster({ name: stack, root: clusterRoot(), toolchain: await testToolchain(), nodes: 3, gpuNodes: 0, audit: true });
    await installAddOnKinds(cluster);
    stopControllers = standInControllers(cluster);
    project = cloudProject(stack, config, cluster);
  }, 2 * CLUSTER_TIMEOUT);
  afterAll(async () => {
    await stopControllers();
    // An idle API server keeps a core busy, and gigabytes.
    await removeCluster(stack, clusterRoot());
  });

  it('is previewed in full from nothing', async () => {
    const { changes, objects } = await run('preview');
    expect(objects).toBeGreaterThan(280);
    expect(changes['create']).toBeGreaterThan(objects);
    expect(project.calls().filter(({ operation }) => operation !== 'read')).toEqual([]);
  }, 2 * MINUTES);

  it('comes up, and brings outputs of the cloud into the cluster', async () => {
    await run('up');
    const api = core(cluster);
    const account = await api.readNamespacedServiceAccount({ namespace: 'research', name: 'team' });
    expect(account.metadata?.annotations?.[cloud.identity]).toMatch(/\S/);
    const objects = await api.readNamespacedConfigMap({ namespace: 'research', name: 'team-objects' });
    expect(objects.data?.['uri']).toMatch(cloud.bucket);
    const database = await api.readNamespacedConfigMap({ namespace: 'research', name: 'team-database' });
    expect(database.data?.['host']).toMatch(cloud.database);
  }, 3 * MINUTES);

  it('keeps secrets encrypted in its state', async () => {
    const { data } = await core(cluster).readNamespacedSecret({ namespace: 'research', name: 'research' });
    const password = Buffer.from(data?.['password'] ?? '', 'base64').toString();
    expect(password.length).toBeGreaterThan(10);
    for (const secret of [password, 'get-token', ...(cloud.signedFor ? [`"${cloud.signedFor}"`] : [])]) expect(project.state()).not.toContain(secret);
  });

  it('changes nothing when nothing has changed', async () => {
    expect(Object.keys((await run('up')).changes)).toEqual(['same']);
    expect(project.calls().filter(({ operation }) => operation === 'update' || operation === 'delete')).toEqual([]);
  }, 2 * MINUTES);

  it('goes without a trace, and the cluster last', async () => {
    expect(Object.keys((await run('down')).changes)).toEqual(['delete']);
    const deletions = project.calls().filter(({ operation }) => operation === 'delete');
    const machines = deletions.filter(({ type }) => type === cloud.cluster || type === cloud.nodes).map(({ at }) => at);
    expect(machines.length).toBeGreaterThan(1);
    expect(Math.max(...deletedInCluster(cluster.auditLog ?? '').map(({ at }) => at))).toBeLessThanOrEqual(Math.min(...machines));
    expect(project.resources()).toEqual([]);
    const namespaces = (await core(cluster).listNamespace()).items.map(({ metadata }) => metadata?.name ?? '').filter((name) => !/^(default|kube-)/.test(name));
    expect(namespaces).toEqual([]);
  }, 4 * MINUTES);
});
