import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { startCluster, type StartedCluster } from '../../local/cluster';
import { CLUSTER_TIMEOUT, core, testCluster, testToolchain } from '../cluster';
import { clusterRoot } from '../cluster-root';
import { standInControllers } from '../doubles/controllers';
import { AUTHORITY, SERVER } from '../stacks/onprem/key-pairs';
import { command, type CommandRun } from './command';

const ROOT = path.resolve(__dirname, '..', '..');
const MINUTES = 60_000;

interface Project {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  run(...args: string[]): Promise<CommandRun>;
}

/** A checkout of the project as far as deploying needs one, with a file backend of its own. */
function newProject(): Project {
  const directory = mkdtempSync(path.join(tmpdir(), 'onprem-'));
  copyFileSync(path.join(ROOT, 'Pulumi.yaml'), path.join(directory, 'Pulumi.yaml'));
  symlinkSync(path.join(ROOT, 'dist'), path.join(directory, 'dist'));
  mkdirSync(path.join(directory, 'state'));
  const env = { PULUMI_BACKEND_URL: `file://${directory}/state`, PULUMI_CONFIG_PASSPHRASE: 'test', PULUMI_HOME: path.join(directory, 'home') };
  return { directory, env, run: (...args) => command([...args, '-s', 'onprem', '--json'], { cwd: directory, env }) };
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

describe('what is looked at before anything is applied', () => {
  let cluster: StartedCluster;
  beforeAll(async () => {
    cluster = await startCluster({ name: 'preflight', root: clusterRoot(), toolchain: await testToolchain(), nodes: 1, gpuNodes: 1 });
    await core(cluster).createNamespace({ body: { metadata: { name: 'vision' } } });
  }, 2 * CLUSTER_TIMEOUT);

  it('is refused by configuration key, all at once, and the cluster is left as it was', async () => {
    const config = [
      `kubeconfig=${cluster.kubeconfig}`,
      `context=${cluster.context}`,
      'teams=["vision"]',
      'block.storageClass=ceph-rbd',
      'sharedFiles={"nfs":{"server":"nfs.example.com","share":"/exports"}}',
      'nodes={"gpu":{"selector":{"nvidia.com/gpu.present":"true"},"atLeast":4,"gpus":8},"arm":{"selector":{"kubernetes.io/arch":"arm64"}}}',
    ];
    const { code, stderr } = await newProject().run('up', ...config.flatMap((pair) => ['-c', pair]));
    const faults = stderr.split('\n').flatMap((line) => /^ {2}kubeflow-cdk:(\S+) is /.exec(line)?.[1] ?? []);
    expect(faults).toEqual(['teams', 'block.storageClass', 'nodes.gpu.atLeast', 'nodes.arm.selector']);
    expect(stderr).toContain("nodes.arm.selector is {\"kubernetes.io/arch\":\"arm64\"}; expected labels that nodes have; kubernetes.io/arch is 'amd64'");
    expect(code).toBe(2);
    const namespaces = (await core(cluster).listNamespace()).items.map(({ metadata }) => metadata?.name);
    expect(namespaces.filter((name) => !/^(default|kube-.*)$/.test(name ?? ''))).toEqual(['vision']);
  }, 2 * MINUTES);
});

describe('with everything that stands around it', () => {
  const SECRETS = { 'objectStore.accessKeyId': 'hush-id', 'objectStore.secretAccessKey': 'hush-key', 'database.password': 'hush-sql', 'signIn.clientSecret': 'hush-oidc', 'registry.password': 'hush-registry', 'certificates.given.key': SERVER.key };
  let cluster: StartedCluster;
  let project: Project;
  let stopControllers: () => Promise<void>;

  interface Result {
    readonly changes: Readonly<Record<string, number>>;
  }
  const run = async (...args: string[]): Promise<Result> => {
    const { code, stdout, stderr } = await project.run(...args);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return JSON.parse(stdout) as Result;
  };

  beforeAll(async () => {
    const { pulumi } = await testToolchain();
    cluster = await startCluster({ name: 'around', root: clusterRoot(), toolchain: await testToolchain(), nodes: 3, gpuNodes: 0 });
    stopControllers = standInControllers(cluster);
    // No driver runs on simulated nodes: the volume it would make for the team's claim is there beforehand.
    await core(cluster).createPersistentVolume({
      body: {
        metadata: { name: 'vision-shared' },
        spec: { capacity: { storage: '100Gi' }, accessModes: ['ReadWriteMany'], storageClassName: 'kubeflow-shared', claimRef: { namespace: 'vision', name: 'shared' }, csi: { driver: 'nfs.csi.k8s.io', volumeHandle: 'vision-shared' } },
      },
    });
    project = newProject();
    const file = (name: string, text: string): string => {
      writeFileSync(path.join(project.directory, name), text);
      return name;
    };
    const config = {
      kubeconfig: cluster.kubeconfig,
      context: cluster.context,
      domain: 'ml.example.com',
      teams: ['vision'],
      imageRegistry: 'registry.example.com/mirror',
      loadBalancer: { addresses: ['192.168.10.0/28'], ingressAddress: '192.168.10.5' },
      // No metrics-server: its aggregated API is waited for, and nothing answers on simulated nodes.
      certificates: { given: { certificateFile: file('gateway.crt', SERVER.certificate) } },
      registry: { username: 'robot' },
      objectStore: { endpoint: 'https://s3.example.com', bucket: 'models' },
      database: { engine: 'mysql', version: '8.4', host: 'sql.example.com', username: 'kubeflow', caFile: file('sql-ca.crt', AUTHORITY.certificate) },
      signIn: { issuer: 'https://login.example.com/realms/ml', clientId: 'kubeflow' },
      sharedFiles: { nfs: { server: 'nfs.example.com', share: '/exports' } },
      nodes: { cpu: { selector: { 'kubernetes.io/os': 'linux' }, atLeast: 3 } },
    };
    writeFileSync(path.join(project.directory, 'Pulumi.onprem.yaml'), stringify({ config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`kubeflow-cdk:${key}`, value])) }));
    const options = { cwd: project.directory, env: { ...process.env, ...project.env }, stdio: 'pipe' } as const;
    execFileSync(pulumi, ['stack', 'init', 'onprem', '--non-interactive'], options);
    for (const [key, value] of Object.entries(SECRETS)) {
      execFileSync(pulumi, ['config', 'set', '--secret', '--path', '-s', 'onprem', '--non-interactive', '--', `kubeflow-cdk:${key}`, value], options);
    }
  }, 3 * CLUSTER_TIMEOUT);
  afterAll(() => stopControllers());

  it('comes up, and the cluster has the secrets that only the engine could decrypt', async () => {
    const written = readFileSync(path.join(project.directory, 'Pulumi.onprem.yaml'), 'utf8');
    expect(Object.values(SECRETS).filter((secret) => written.includes(secret))).toEqual([]);
    await run('up');
    const api = core(cluster);
    const read = async (namespace: string, name: string, key: string): Promise<string> => Buffer.from((await api.readNamespacedSecret({ namespace, name })).data?.[key] ?? '', 'base64').toString();
    expect(await read('vision', 'team-objects-key', 'AWS_SECRET_ACCESS_KEY')).toBe('hush-key');
    expect(await read('vision', 'vision', 'password')).toBe('hush-sql');
    expect(await read('istio-system', 'kubeflow-gateway-tls', 'tls.key')).toBe(SERVER.key);
    expect(JSON.parse(await read('istio-system', 'registry-credentials', '.dockerconfigjson'))).toMatchObject({ auths: { 'registry.example.com': { username: 'robot', password: 'hush-registry' } } });
    expect((await api.readNamespacedServiceAccount({ namespace: 'vision', name: 'team' })).imagePullSecrets).toEqual([{ name: 'registry-credentials' }]);
    expect((await api.readNamespacedPersistentVolumeClaim({ namespace: 'vision', name: 'shared' })).spec?.storageClassName).toBe('kubeflow-shared');
  }, 6 * MINUTES);

  it('keeps secrets encrypted in its state', () => {
    const state = readFileSync(path.join(project.directory, 'state', '.pulumi', 'stacks', 'kubeflow-cdk', 'onprem.json'), 'utf8');
    const encoded = Object.values(SECRETS).flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')]);
    expect(encoded.filter((secret) => state.includes(secret))).toEqual([]);
  });

  it('is not in its own way on a second run, which changes nothing', async () => {
    const { changes } = await run('up');
    expect(Object.keys(changes)).toEqual(['same']);
  }, 3 * MINUTES);

  it('goes without a trace', async () => {
    await run('down');
    const namespaces = (await core(cluster).listNamespace()).items.map(({ metadata }) => metadata?.name ?? '').filter((name) => !/^(default|kube-)/.test(name));
    expect(namespaces).toEqual([]);
  }, 4 * MINUTES);
});
