import { CustomResource, ProviderResource } from '@pulumi/pulumi';
import type { EngineEvent } from '@pulumi/pulumi/automation/events';
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DeploymentError, Engine, privateWorkspace, pulumiCommand } from '../../../local/engine';
import { command } from '../../cli/command';
import { CLUSTER_TIMEOUT, testCluster, testToolchain } from '../../cluster';

const ROOT = path.resolve(__dirname, '../../..');
const DIST = path.join(ROOT, 'dist');

class Resource extends CustomResource {}
class Provider extends ProviderResource {}

/** A violation, as the engine told it: `level policy resource`, the policy being one of ours. */
type Told = readonly string[];

describe('the packs in the real engine', () => {
  let folder: string;
  let workspace: ReturnType<typeof privateWorkspace>;
  let kubeconfig: string;
  let cli: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'packs-'));
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'pulumi-resource-aws'), `#!/bin/sh\nexec "${process.execPath}" "${path.join(ROOT, 'test/doubles/provider.js')}" "$@"\n`, { mode: 0o755 });
    const [{ pulumi }, cluster] = await Promise.all([testToolchain(), testCluster()]);
    kubeconfig = cluster.kubeconfig;
    cli = pulumi;
    workspace = privateWorkspace({ directory: path.join(folder, 'work'), stackName: 'packs', command: pulumiCommand(pulumi), providers: { aws: bin, kubernetes: path.join(DIST, 'local/provider/bin') } });
  }, CLUSTER_TIMEOUT);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const aws = (type: string, name: string, inputs: Record<string, unknown>) => new Resource(`aws:${type}`, name, inputs, { version: '0.0.1' });
  /** The engine over a program, and what the packs told meanwhile. */
  const engine = (program: () => void, pack: string) => {
    const told: string[] = [];
    const onEvent = ({ policyEvent }: EngineEvent): void => {
      if (!policyEvent) return;
      const [, id] = /(?:^|\s)([a-z0-9-]+)(?: \((?:low|medium|high|critical)\)|, undecided|: )/.exec(policyEvent.message) ?? [];
      told.push([policyEvent.enforcementLevel, id, policyEvent.resourceUrn?.split('::').at(-1)].join(' '));
    };
    const run = new Engine({
      workspace,
      objects: [],
      program: async () => program(),
      policyPacks: [path.join(DIST, 'policies/packs', pack)],
      pluginPath: [path.join(DIST, 'policies/packs/bin')],
      onEvent,
    });
    return { run, told: (): Told => [...new Set(told)].sort() };
  };
  const refused = async (program: () => void, pack: string): Promise<Told> => {
    const { run, told } = engine(program, pack);
    await expect(run.preview()).rejects.toThrow(DeploymentError);
    return told();
  };

  const openCluster = (): void => void aws('eks/cluster:Cluster', 'main', { name: 'main', vpcConfig: { endpointPublicAccess: true } });
  const namespace = (): void => {
    const provider = new Provider('kubernetes', 'cluster', { kubeconfig });
    new Resource('kubernetes:core/v1:Namespace', 'team-a', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }, { provider });
  };

  it('end with the engine, also with one that is killed', async () => {
    const pack = spawn(process.execPath, ['index.js', '127.0.0.1:1', '.'], { cwd: path.join(DIST, 'policies/packs/all'), stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => void pack.on('close', resolve));
    await new Promise((resolve) => void pack.stdout.once('data', resolve));
    pack.stdin.end();
    expect(await ended).toBe(0);
  }, CLUSTER_TIMEOUT);

  it('refuse a preview for what one resource shows, and for what only the stack does', async () => {
    const told = await refused(() => {
      openCluster();
      namespace();
    }, 'all');
    expect(told).toEqual(expect.arrayContaining(['mandatory eks-endpoint-access main', 'mandatory eks-network-policy-engine main', 'mandatory network-policies team-a']));
  }, CLUSTER_TIMEOUT);

  it('judge only what is theirs', async () => {
    expect(await refused(openCluster, 'cis-eks')).toEqual(expect.arrayContaining(['mandatory eks-endpoint-access main']));
    const { run, told } = engine(openCluster, 'cis-gke');
    await run.preview();
    expect(told()).toEqual([]);
  }, CLUSTER_TIMEOUT);

  it('do not guess what a preview does not know, and see by its origin what belongs to what', async () => {
    const closed = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
    const told = await refused(() => {
      const bucket = aws('s3/bucket:Bucket', 'models', {});
      aws('s3/bucketPublicAccessBlock:BucketPublicAccessBlock', 'models', { bucket: bucket.id, ...closed });
      aws('s3/bucket:Bucket', 'open', {});
    }, 'all');
    expect(told.filter((line) => line.includes('aws-s3-public-access-block'))).toEqual(['mandatory aws-s3-public-access-block open']);
  }, CLUSTER_TIMEOUT);

  it('follow the team\'s configuration, and show what is waived', async () => {
    const waivers = ['eks-private-endpoint', 'eks-endpoint-access', 'eks-secrets-encryption', 'eks-control-plane-logs', 'eks-access-entries', 'eks-network-policy-engine']
      .map((policy) => `- {policy: ${policy}, object: {kind: 'aws:eks/*', name: main}, reason: a cluster of this test}`);
    writeFileSync(path.join(folder, 'waivers.yaml'), `waivers:\n${waivers.join('\n')}\n`);
    writeFileSync(path.join(folder, 'policies.yaml'), 'waiverFiles: [waivers.yaml]\n');
    process.env['KUBEFLOW_CDK_POLICY_CONFIG'] = path.join(folder, 'policies.yaml');
    try {
      const { run, told } = engine(openCluster, 'cis-eks');
      await run.preview();
      expect(told()).toEqual(expect.arrayContaining(['advisory eks-endpoint-access main']));
      expect(told().filter((line) => line.startsWith('mandatory'))).toEqual([]);
    } finally {
      delete process.env['KUBEFLOW_CDK_POLICY_CONFIG'];
    }
  }, CLUSTER_TIMEOUT);

  it('say of a stack what the command line says of its export', async () => {
    const program = (): void => void aws('s3/bucket:Bucket', 'open', { bucket: 'open-1' });
    const { run } = engine(program, 'cis-gke');
    await run.up();
    const { stdout } = await promisify(execFile)(cli, ['stack', 'export', '--stack', 'packs', '--cwd', workspace.directory], { env: { ...process.env, ...workspace.env } });
    const checked = await command(['check', '-', '--json'], { input: stdout });
    const { findings } = JSON.parse(checked.stdout) as { findings: { policy: string; object: { kind: string; name: string }; line: number }[] };
    expect(checked.code).toBe(1);
    expect(findings).toContainEqual(expect.objectContaining({ policy: 'aws-s3-public-access-block', object: { apiVersion: 'aws', kind: 'aws:s3/bucket:Bucket', name: 'open' }, line: expect.any(Number) as number }));
  }, CLUSTER_TIMEOUT);
});
