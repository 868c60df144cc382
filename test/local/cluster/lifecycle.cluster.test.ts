import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { clusterRoot } from '../../cluster-root';
import { CLUSTER_TIMEOUT, core, testToolchain } from '../../cluster';
import { listClusters, removeCluster, startCluster, stopCluster, type StartedCluster } from '../../../local/cluster';
import { runningProcesses } from '../../../local/cluster/processes';

jest.setTimeout(CLUSTER_TIMEOUT);

const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'];
/** Small clusters: what is looked at here does not depend on their size. */
const start = async (name: string, nodes?: number, gpuNodes?: number): Promise<StartedCluster> =>
  startCluster({ name, root: clusterRoot(), nodes, gpuNodes, toolchain: await testToolchain() });
/** Process ids of a cluster's programs, by name. */
function processes(name: string): Record<string, number> {
  const dir = `${join(clusterRoot(), name)}/`;
  return Object.fromEntries(runningProcesses().filter(({ command }) => command.includes(`=${dir}`))
    .map(({ pid, command }) => [/([^/ ]+) /.exec(command)?.[1] ?? command, pid]));
}
const kill = (name: string, ...programs: string[]): void => {
  const pids = processes(name);
  for (const program of programs) process.kill(pids[program] ?? NaN, 'SIGKILL');
};
const note = (cluster: StartedCluster, name: string): Promise<unknown> =>
  core(cluster).createNamespacedConfigMap({ namespace: 'default', body: { metadata: { name } } });
const hasNote = (cluster: StartedCluster, name: string): Promise<boolean> =>
  core(cluster).readNamespacedConfigMap({ namespace: 'default', name }).then(() => true, (error: { code?: number }) => {
    if (error.code === 404) return false;
    throw error;
  });
/** The real programs, but for an etcd that fails at once. */
async function withBrokenEtcd(): Promise<Awaited<ReturnType<typeof testToolchain>>> {
  mkdirSync(clusterRoot(), { recursive: true });
  const etcd = join(clusterRoot(), 'etcd');
  writeFileSync(etcd, '#!/bin/sh\necho "no such flag" >&2; exit 3\n', { mode: 0o755 });
  return { ...(await testToolchain()), etcd };
}
const nodeCount = async (cluster: StartedCluster): Promise<number> => (await core(cluster).listNode()).items.length;

describe('a cluster', () => {
  let cluster: StartedCluster;

  beforeAll(async () => {
    cluster = await start('one', 2, 1);
    await note(cluster, 'kept');
  });
  afterAll(() => removeCluster('one', clusterRoot()));

  it('is created and listed as running', async () => {
    expect(cluster).toMatchObject({ outcome: 'created', reasons: [], context: 'kubeflow-cdk-one' });
    expect(Object.keys(processes('one')).sort()).toEqual(PROGRAMS);
    await expect(listClusters(clusterRoot())).resolves.toContainEqual(expect.objectContaining({ name: 'one', status: 'running', server: cluster.server }));
  });

  it('is reused as it is', async () => {
    const before = processes('one');
    await expect(start('one')).resolves.toMatchObject({ outcome: 'reused', reasons: [], server: cluster.server });
    expect(processes('one')).toEqual(before);
    await expect(nodeCount(cluster)).resolves.toBe(3);
  });

  it('gets as many nodes as are asked for', async () => {
    await expect(start('one', 3, 0)).resolves.toMatchObject({ outcome: 'reused', reasons: ['1 nodes added', '1 nodes removed'] });
    await expect(nodeCount(cluster)).resolves.toBe(3);
  });

  it('has only the killed program restarted where nothing depends on it', async () => {
    const { 'kube-scheduler': _before, ...others } = processes('one');
    kill('one', 'kube-scheduler');
    await expect(start('one')).resolves.toMatchObject({ outcome: 'repaired', reasons: ['kube-scheduler was not running'] });
    const { 'kube-scheduler': scheduler, ...same } = processes('one');
    expect(same).toEqual(others);
    expect(scheduler).toBeDefined();
  });

  it('is repaired after kill -9 of its storage, with its objects', async () => {
    kill('one', 'etcd');
    await expect(listClusters(clusterRoot())).resolves.toContainEqual(expect.objectContaining({ name: 'one', status: 'broken' }));
    await expect(start('one')).resolves.toMatchObject({ outcome: 'repaired', reasons: ['etcd was not running'] });
    await expect(hasNote(cluster, 'kept')).resolves.toBe(true);
  });

  it('keeps its objects when stopped, and moves if its port was taken meanwhile', async () => {
    await expect(stopCluster('one', clusterRoot())).resolves.toBe(true);
    expect(processes('one')).toEqual({});
    await expect(stopCluster('one', clusterRoot())).resolves.toBe(false);
    await expect(listClusters(clusterRoot())).resolves.toContainEqual(expect.objectContaining({ name: 'one', status: 'stopped' }));

    // A program that would fail on an empty cluster too does not cost the data.
    await expect(startCluster({ name: 'one', root: clusterRoot(), toolchain: await withBrokenEtcd() })).rejects.toThrow(/etcd ended with exit code 3/);

    const squatter = createServer();
    await new Promise<void>((resolve) => { squatter.listen(Number(new URL(cluster.server).port), '127.0.0.1', resolve); });
    try {
      const again = await start('one');
      expect(again).toMatchObject({ outcome: 'started', reasons: [] });
      expect(again.server).not.toBe(cluster.server);
      await expect(hasNote(again, 'kept')).resolves.toBe(true);
      cluster = again;
    } finally {
      squatter.close();
    }
  });

  it('runs beside another one, which leaves it alone when it goes', async () => {
    const before = processes('one');
    // Asked for twice at once: made once.
    const [first, second] = await Promise.all([start('two', 1, 0), start('two', 1, 0)]);
    expect([first.outcome, second.outcome].sort()).toEqual(['created', 'reused']);
    expect(first.server).not.toBe(cluster.server);
    await expect(hasNote(first, 'kept')).resolves.toBe(false);
    await expect(removeCluster('two', clusterRoot())).resolves.toBe(true);
    expect(processes('two')).toEqual({});
    expect(existsSync(first.dir)).toBe(false);
    expect(processes('one')).toEqual(before);
  });

  it('is made anew, and says so, when its data is destroyed', async () => {
    kill('one', ...PROGRAMS);
    const wal = join(cluster.dir, 'etcd/member/wal');
    for (const file of readdirSync(wal)) writeFileSync(join(wal, file), 'not a log');
    const again = await start('one');
    expect(again).toMatchObject({ outcome: 'recreated', reasons: [expect.stringContaining('etcd ended with exit code')] });
    await expect(hasNote(again, 'kept')).resolves.toBe(false);
    await expect(nodeCount(again)).resolves.toBe(3);
  });

  it('is started over when an earlier start was cut short, and no process of that one stays', async () => {
    const leftover = Object.values(processes('one'));
    const state = join(cluster.dir, 'cluster.json');
    writeFileSync(state, JSON.stringify({ ...JSON.parse(readFileSync(state, 'utf8')), complete: false }));
    await expect(start('one', 1, 0)).resolves.toMatchObject({ outcome: 'created', reasons: ['an earlier start had not finished'] });
    expect(Object.values(processes('one')).filter((pid) => leftover.includes(pid))).toEqual([]);
    expect(Object.keys(processes('one')).sort()).toEqual(PROGRAMS);
  });

  it('is removed without a trace, also when its directory is gone already', async () => {
    const { dir } = await start('one');
    kill('one', 'kwok');
    await expect(removeCluster('one', clusterRoot())).resolves.toBe(true);
    expect(processes('one')).toEqual({});
    expect(existsSync(dir)).toBe(false);
    expect(readdirSync(clusterRoot()).filter((name) => name.includes('one'))).toEqual([]);
    await expect(removeCluster('one', clusterRoot())).resolves.toBe(false);
  });
});

describe('a start that fails', () => {
  afterEach(() => removeCluster('failing', clusterRoot()));

  it('names the program and what it said, and leaves nothing running', async () => {
    const failed = startCluster({ name: 'failing', root: clusterRoot(), toolchain: await withBrokenEtcd() });
    await expect(failed).rejects.toThrow(/cluster "failing": etcd ended with exit code 3\. Log: .*\/failing\/logs\/etcd\.log\nno such flag$/);
    expect(processes('failing')).toEqual({});
  });

  it('refuses bad names and counts before anything is started', async () => {
    await expect(start('Not_A_Label')).rejects.toThrow('cluster name "Not_A_Label": must be a DNS label');
    await expect(start('failing', -1)).rejects.toThrow('nodes is -1: it must be a whole number from 0 to 1000');
    expect(existsSync(join(clusterRoot(), 'failing'))).toBe(false);
  });
});
