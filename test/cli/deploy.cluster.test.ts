import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiClient } from '../../components/apiserver';
import { clusterRoot } from '../cluster-root';
import { runningProcesses } from '../../local/cluster/processes';
import { auditedWrites } from './audit';
import { command, type CommandRun } from './command';
import { inventory } from './inventory';

/** The command's own cluster, in this run's folder, so that the teardown finds whatever a failed test leaves. */
const CLUSTER = 'deploy';
const MINUTES = 60_000;

const emptyFolder = mkdtempSync(path.join(tmpdir(), 'deploy-'));
const environment = () => ({ cwd: emptyFolder, env: { KUBEFLOW_CDK_CLUSTERS: clusterRoot() } });
const run = (...args: string[]): Promise<CommandRun> => command([...args, '--cluster', CLUSTER, '--json'], environment());
const runKilled = (killAfter: number): Promise<CommandRun> => command(['up', '--cluster', CLUSTER, '--json'], { ...environment(), killAfter });
const clusterCommand = (...args: string[]): Promise<CommandRun> => command(['cluster', ...args, '--json'], environment());

/** An empty cluster in the place of whatever there was. */
async function freshCluster(): Promise<void> {
  await clusterCommand('remove', CLUSTER);
  await clusterCommand('start', CLUSTER);
}

interface Result {
  readonly objects: number;
  readonly changes: Readonly<Record<string, number>>;
  readonly kubeconfig: string;
  readonly context: string;
  readonly policies: { readonly objects: number };
}

function resultOf({ code, stdout, stderr }: CommandRun): Result {
  if (code !== 0) throw new Error(`exit code ${code}\n${stderr}`);
  return JSON.parse(stdout) as Result;
}

describe('a stack, through the real engine, on a real API server', () => {
  let first: Result;
  let all: readonly string[];
  /** Milliseconds an undisturbed run takes. */
  let typical: number;

  it('comes up from empty, every object, without a failed or repeated write', async () => {
    const [cluster] = (JSON.parse((await clusterCommand('start', CLUSTER, '--audit')).stdout) as { clusters: { kubeconfig: string }[] }).clusters;
    const auditLog = path.join(path.dirname(cluster?.kubeconfig ?? ''), 'logs', 'audit.log');
    const before = statSync(auditLog).size;
    const began = Date.now();
    first = resultOf(await run('up'));
    typical = Date.now() - began;
    all = await inventory(first);
    expect(first.objects).toBeGreaterThan(200);
    expect(all).toHaveLength(first.objects);
    expect(first.policies.objects).toBe(first.objects);
    const writes = auditedWrites(auditLog, before);
    expect(writes.failed).toEqual([]);
    expect(writes.repeated).toEqual([]);
  }, 5 * MINUTES);

  it('accepts the examples: a sklearn InferenceService and a 4-node TrainJob', async () => {
    const client = await ApiClient.open(first);
    const service = await client.read('/apis/serving.kserve.io/v1beta1/inferenceservices?limit=5');
    const job = await client.read('/apis/trainer.kubeflow.org/v1alpha1/trainjobs?limit=5');
    await client.close();
    expect(JSON.stringify(service)).toContain('gs://kfserving-examples/models/sklearn/1.0/model');
    expect(JSON.stringify(job)).toContain('"numNodes":4');
  });

  it('changes nothing when run again', async () => {
    expect(Object.keys(resultOf(await run('up')).changes)).toEqual(['same']);
  }, 2 * MINUTES);

  it('shows a change before making it, and makes exactly that', async () => {
    const preview = resultOf(await run('preview', '-c', 'domain=models.example.org'));
    const applied = resultOf(await run('up', '-c', 'domain=models.example.org'));
    expect(preview.changes['update']).toBeGreaterThan(0);
    expect(preview.changes['create'] ?? 0).toBe(0);
    expect(applied.changes).toEqual(preview.changes);
  }, 2 * MINUTES);

  it('keeps no Secret in plain text in its state', async () => {
    const state = readFileSync(path.join(path.dirname(first.kubeconfig), 'pulumi', 'state', '.pulumi', 'stacks', 'kubeflow-cdk', 'local.json'), 'utf8');
    const kubeconfig = readFileSync(first.kubeconfig, 'utf8');
    const token = /token: (\S+)/.exec(kubeconfig)?.[1] ?? 'no token';
    expect(state).not.toContain(token);
  });

  it('goes away to the last object, custom resources before their definitions', async () => {
    resultOf(await run('down', '--keep-cluster'));
    expect(await inventory(first)).toEqual([]);
  }, 3 * MINUTES);

  it.each([0.5])('killed at %d of its way, it resumes to the same objects', async (part) => {
    await freshCluster();
    expect((await runKilled(typical * part)).signal).toBe('SIGKILL');
    expect((await inventory(first)).length).toBeLessThan(all.length);
    resultOf(await run('up'));
    expect(await inventory(first)).toEqual(all);
  }, 3 * MINUTES);

  it('removes what a killed run made when it is taken down instead of up', async () => {
    await freshCluster();
    expect((await runKilled(typical * 0.5)).signal).toBe('SIGKILL');
    expect((await inventory(first)).length).toBeGreaterThan(0);
    resultOf(await run('down', '--keep-cluster'));
    expect(await inventory(first)).toEqual([]);
  }, 3 * MINUTES);

  it('a lost API server is an error that says so, and the next run resumes', async () => {
    const failed = await command(['up', '--cluster', CLUSTER], { ...environment(), when: { printed: 'base: ', act: () => killApiServer(path.dirname(first.kubeconfig)) } });
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/ECONNREFUSED|ECONNRESET|socket hang up|connect/);
    resultOf(await run('up'));
    expect(await inventory(first)).toEqual(all);
  }, 5 * MINUTES);

  it('takes the cluster with it', async () => {
    resultOf(await run('down'));
    expect((await clusterCommand('list')).stdout).not.toContain(`"${CLUSTER}"`);
  }, 3 * MINUTES);
});

function killApiServer(clusterDirectory: string): void {
  for (const { pid, command: line } of runningProcesses()) {
    if (line.includes('kube-apiserver ') && line.includes(clusterDirectory)) process.kill(pid, 'SIGKILL');
  }
}
