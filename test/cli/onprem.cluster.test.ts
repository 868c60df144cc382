import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCluster, type StartedCluster } from '../../local/cluster';
import { CLUSTER_TIMEOUT, testCluster, testToolchain } from '../cluster';
import { clusterRoot } from '../cluster-root';
import { command, type CommandRun } from './command';

const ROOT = path.resolve(__dirname, '..', '..');
const MINUTES = 60_000;

/** A checkout of the project as far as deploying needs one, with a file backend of its own. */
function newProject(): { readonly directory: string; run(...args: string[]): Promise<CommandRun> } {
  const directory = mkdtempSync(path.join(tmpdir(), 'onprem-'));
  copyFileSync(path.join(ROOT, 'Pulumi.yaml'), path.join(directory, 'Pulumi.yaml'));
  symlinkSync(path.join(ROOT, 'dist'), path.join(directory, 'dist'));
  mkdirSync(path.join(directory, 'state'));
  const env = { PULUMI_BACKEND_URL: `file://${directory}/state`, PULUMI_CONFIG_PASSPHRASE: 'test', PULUMI_HOME: path.join(directory, 'home') };
  return { directory, run: (...args) => command([...args, '-s', 'onprem', '--json'], { cwd: directory, env }) };
}

describe('a cluster that exists', () => {
  let one: StartedCluster;
  let other: StartedCluster;

  beforeAll(async () => {
    one = await testCluster();
    other = await startCluster({ name: 'other', root: clusterRoot(), toolchain: await testToolchain(), nodes: 1, gpuNodes: 0 });
  }, 2 * CLUSTER_TIMEOUT);

  it('is previewed in full from nothing, and nothing is applied', async () => {
    const { code, stdout, stderr } = await newProject().run('preview', '-c', `kubeconfig=${one.kubeconfig}`, '-c', `context=${one.context}`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { changes, objects } = JSON.parse(stdout) as { changes: Record<string, number>; objects: number };
    expect(changes['create']).toBeGreaterThan(200);
    expect(objects).toBeGreaterThan(changes['create'] ?? 0);
  }, 2 * MINUTES);

  it('is refused when the context leads to another cluster than before', async () => {
    const project = newProject();
    const kubeconfig = path.join(project.directory, 'kubeconfig');
    const config = ['-c', `kubeconfig=${kubeconfig}`, '-c', `context=${one.context}`];
    writeFileSync(kubeconfig, readFileSync(one.kubeconfig));
    expect((await project.run('preview', ...config)).code).toBe(0);
    writeFileSync(kubeconfig, readFileSync(other.kubeconfig, 'utf8').replaceAll(other.context, one.context));
    const { code, stderr } = await project.run('up', ...config);
    expect(code).toBe(2);
    expect(stderr).toMatch(/context '.*' leads to cluster [-0-9a-f]+, but stack 'onprem' was deployed to cluster [-0-9a-f]+; nothing was touched/);
  }, 2 * MINUTES);

  it.each([
    { what: 'an unknown context', config: () => [`kubeconfig=${one.kubeconfig}`, 'context=nowhere'], code: 4, says: /context 'nowhere'/ },
    { what: 'a missing kubeconfig', config: () => ['kubeconfig=/nowhere/kubeconfig', 'context=x'], code: 4, says: /\/nowhere\/kubeconfig/ },
  ])('$what is an error that names it', async ({ config, code, says }) => {
    const run = await newProject().run('up', ...config().flatMap((pair) => ['-c', pair]));
    expect(run.stderr).toMatch(says);
    expect(run.code).toBe(code);
  });

  it('a cluster that does not answer is an error that says so', async () => {
    const project = newProject();
    const kubeconfig = path.join(project.directory, 'kubeconfig');
    writeFileSync(kubeconfig, readFileSync(one.kubeconfig, 'utf8').replace(/server: \S+/, 'server: https://127.0.0.1:1'));
    const { code, stderr } = await project.run('up', '-c', `kubeconfig=${kubeconfig}`, '-c', `context=${one.context}`);
    expect(stderr).toMatch(/leads to no cluster that answers: .*127\.0\.0\.1:1/);
    expect(code).toBe(4);
  }, MINUTES);

  it('needs a project', async () => {
    const { code, stderr } = await command(['up', '-s', 'onprem', '-c', 'context=x'], { cwd: mkdtempSync(path.join(tmpdir(), 'none-')) });
    expect(code).toBe(2);
    expect(stderr).toContain('has no Pulumi.yaml');
  });
});
