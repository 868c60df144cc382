import { removeCluster, startCluster, type StartedCluster } from '../../local/cluster';
import { CLUSTER_TIMEOUT, core, testToolchain } from '../cluster';
import { clusterRoot } from '../cluster-root';
import { installAddOnKinds } from '../doubles/add-on-kinds';
import { standInControllers } from '../doubles/controllers';
import { deletedInCluster } from './deletions';
import { cloudProject, type CloudProject } from './project';

const MINUTES = 60_000;
const CONFIG = { region: 'eu-central-1', domain: 'ml.example.com', teams: ['research'], development: true, nodes: { gpu: {} } };

interface Result {
  readonly changes: Readonly<Record<string, number>>;
  readonly objects: number;
}

describe('the stack eks, in the real engine, with doubles in the place of AWS and a real API server in the place of its cluster', () => {
  let cluster: StartedCluster;
  let project: CloudProject;
  let stopControllers: () => Promise<void>;
  const result = (stdout: string): Result => JSON.parse(stdout) as Result;
  /** Once it has been seen that the record is written at every step, it is written once: that takes half the time. */
  let env: Readonly<Record<string, string>> = {};
  const run = async (...args: string[]): Promise<Result> => {
    const { code, stdout, stderr } = await project.run(args, { env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return result(stdout);
  };

  beforeAll(async () => {
    cluster = await startCluster({ name: 'eks', root: clusterRoot(), toolchain: await testToolchain(), nodes: 3, gpuNodes: 0, audit: true });
    await installAddOnKinds(cluster);
    stopControllers = standInControllers(cluster);
    project = cloudProject('eks', CONFIG, cluster);
  }, 2 * CLUSTER_TIMEOUT);
  afterAll(async () => {
    await stopControllers();
    // An idle API server keeps a core busy, and gigabytes.
    await removeCluster('eks', clusterRoot());
  });

  it('is previewed in full from nothing: every object of a platform whose cluster does not exist yet', async () => {
    const { changes, objects } = await run('preview');
    expect(objects).toBeGreaterThan(300);
    // Every object but CRDs, of which those of a component are one; and more than a hundred resources of AWS.
    expect(changes['create']).toBeGreaterThan(400);
    expect(project.calls().filter(({ operation }) => operation !== 'read')).toEqual([]);
  }, MINUTES);

  it('goes on where it failed, and makes nothing twice', async () => {
    project.fail({ 'aws:eks/addon:Addon::add-ons-aws-efs-csi-driver': 'AddonLimitExceeded: out of add-ons' });
    const failed = await project.run(['up']);
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain('AddonLimitExceeded: out of add-ons');
    const first = project.calls().filter(({ operation }) => operation === 'create');
    expect(first.map(({ type }) => type)).toContain('aws:eks/cluster:Cluster');

    project.fail({});
    await run('up');
    const second = project.calls().filter(({ operation }) => operation === 'create');
    expect(second.map(({ name }) => name)).toContain('add-ons-aws-efs-csi-driver');
    const made = [...first, ...second].map(({ type, name }) => `${type}::${name}`);
    expect(made.filter((each, index) => made.indexOf(each) !== index)).toEqual([]);
    env = { PULUMI_SKIP_CHECKPOINTS: 'true' };
  }, 4 * MINUTES);

  it('brought outputs of the cloud into the cluster', async () => {
    const api = core(cluster);
    const account = await api.readNamespacedServiceAccount({ namespace: 'research', name: 'team' });
    expect(account.metadata?.annotations?.['kubeflow-cdk.dev/pod-identity-association']).toMatch(/\S/);
    const { data } = await api.readNamespacedConfigMap({ namespace: 'research', name: 'team-objects' });
    expect(data?.['uri']).toMatch(/^s3:\/\/object-store-\w+\/research\/$/);
    const database = await api.readNamespacedConfigMap({ namespace: 'research', name: 'team-database' });
    expect(database.data?.['host']).toMatch(/\.rds\.amazonaws\.com$/);
  });

  it('changes nothing when nothing has changed', async () => {
    const { changes } = await run('up');
    expect(Object.keys(changes)).toEqual(['same']);
    expect(project.calls().filter(({ operation }) => operation !== 'read')).toEqual([]);
  }, 2 * MINUTES);

  it('changes a size, and that alone', async () => {
    const { changes } = await run('up', '-c', 'nodes.cpu.max=12');
    expect(changes).toMatchObject({ update: 1 });
    expect(project.calls()).toEqual([expect.objectContaining({ operation: 'update', type: 'aws:eks/nodeGroup:NodeGroup', name: 'nodes-cpu' })]);
  }, 2 * MINUTES);

  it('replaces what cannot be changed: the new before the old goes', async () => {
    await run('up', '-c', 'nodes.cpu.max=12', '-c', 'nodes.cpu.instanceTypes=["m7i.4xlarge"]');
    const calls = project.calls().filter(({ type }) => type === 'aws:eks/nodeGroup:NodeGroup');
    expect(calls.map(({ operation, name }) => `${operation} ${name}`)).toEqual(['create nodes-cpu', 'delete nodes-cpu']);
  }, 2 * MINUTES);

  it('keeps secrets encrypted in its state', () => {
    const state = project.state();
    expect(state).toContain('"ciphertext"');
    expect(state).not.toContain('get-token');
  });

  it('goes without a trace, what controllers made in the cloud before the controllers, and the cluster last', async () => {
    const { changes } = await run('down', '-c', 'nodes.cpu.max=12', '-c', 'nodes.cpu.instanceTypes=["m7i.4xlarge"]');
    expect(Object.keys(changes)).toEqual(['delete']);
    const deletions = project.calls().filter(({ operation }) => operation === 'delete');
    const when = (type: string): number[] => deletions.filter((call) => call.type === type).map(({ at }) => at);
    const inCluster = deletedInCluster(cluster.auditLog ?? '');
    expect(Math.max(...inCluster.map(({ at }) => at))).toBeLessThanOrEqual(Math.min(...when('aws:eks/cluster:Cluster'), ...when('aws:eks/nodeGroup:NodeGroup')));
    const at = (name: string): number => inCluster.find((each) => each.name === name)?.at ?? NaN;
    expect(at('services/istio-system/istio-ingressgateway')).toBeLessThanOrEqual(at('deployments/aws-load-balancer-controller/aws-load-balancer-controller'));
    expect(project.resources()).toEqual([]);
    const namespaces = (await core(cluster).listNamespace()).items.map(({ metadata }) => metadata?.name ?? '').filter((name) => !/^(default|kube-)/.test(name));
    expect(namespaces).toEqual([]);
  }, 4 * MINUTES);
});
