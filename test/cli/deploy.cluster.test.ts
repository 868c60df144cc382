import { mkdtempSync, readFileSync } from 'node:fs';
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

const run = (...args: string[]): Promise<CommandRun> => command([...args, '--cluster', CLUSTER, '--json'], { cwd: emptyFolder, env: { KUBEFLOW_CDK_CLUSTERS: clusterRoot() } });
const emptyFolder = mkdtempSync(path.join(tmpdir(), 'deploy-'));

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

  it('comes up from empty, every object, without a failed or repeated write', async () => {
    first = resultOf(await run('up', '--audit'));
    all = await inventory(first);
    expect(first.objects).toBeGreaterThan(200);
    expect(all).toHaveLength(first.objects);
    expect(first.policies.objects).toBe(first.objects);
    const writes = auditedWrites(path.join(path.dirname(first.kubeconfig), 'logs', 'audit.log'));
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

  it.each([0.3, 0.6, 0.85])('killed at %d of its way, it resumes to the same objects', async (part) => {
    const began = Date.now();
    if (typical === undefined) {
      resultOf(await run('up'));
      typical = Date.now() - began;
      resultOf(await run('down', '--keep-cluster'));
    }
    const killed = await command(['up', '--cluster', CLUSTER, '--json'], { cwd: emptyFolder, env: { KUBEFLOW_CDK_CLUSTERS: clusterRoot() }, killAfter: typical * part });
    expect(killed.signal).toBe('SIGKILL');
    resultOf(await run('up'));
    expect(await inventory(first)).toEqual(all);
    resultOf(await run('down', '--keep-cluster'));
    expect(await inventory(first)).toEqual([]);
  }, 5 * MINUTES);

  it('removes what a killed run made when it is taken down instead of up', async () => {
    await command(['up', '--cluster', CLUSTER, '--json'], { cwd: emptyFolder, env: { KUBEFLOW_CDK_CLUSTERS: clusterRoot() }, killAfter: (typical ?? 10_000) * 0.7 });
    resultOf(await run('down', '--keep-cluster'));
    expect(await inventory(first)).toEqual([]);
  }, 3 * MINUTES);

  it('a lost API server is an error that says so, and the next run resumes', async () => {
    const failed = await command(['up', '--cluster', CLUSTER], {
      cwd: emptyFolder,
      env: { KUBEFLOW_CDK_CLUSTERS: clusterRoot() },
      when: { printed: 'base: ', act: () => killApiServer(path.dirname(first.kubeconfig)) },
    });
    expect(failed.code).toBe(3);
    expect(failed.stderr).toMatch(/ECONNREFUSED|ECONNRESET|socket hang up|connect/);
    resultOf(await run('up'));
    expect(await inventory(first)).toEqual(all);
  }, 5 * MINUTES);

  it('takes the cluster with it', async () => {
    resultOf(await run('down'));
    expect((await command(['cluster', 'list', '--json'], { env: { KUBEFLOW_CDK_CLUSTERS: clusterRoot() } })).stdout).not.toContain(`"${CLUSTER}"`);
  }, 3 * MINUTES);
});

/** Milliseconds an undisturbed run takes; measured by the first test that kills one. */
let typical: number | undefined;

function killApiServer(clusterDirectory: string): void {
  for (const { pid, command: line } of runningProcesses()) {
    if (line.includes('kube-apiserver ') && line.includes(clusterDirectory)) process.kill(pid, 'SIGKILL');
  }
}
