import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { StartedCluster } from '../../local/cluster';
import { command, type CommandOptions, type CommandRun } from '../cli/command';

const ROOT = path.resolve(__dirname, '../..');
/** Providers that doubles stand in for. */
const CLOUDS = ['aws', 'gcp', 'azure-native', 'azuread', 'random'];
/** Programs by which kubeconfigs sign in. */
const SIGN_IN = ['aws', 'gke-gcloud-auth-plugin', 'kubelogin'];

/** What a double was asked to do. */
export interface CloudCall {
  readonly operation: 'create' | 'read' | 'update' | 'delete';
  readonly type: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A checkout of the project as far as deploying to a cloud needs one, with doubles in the clouds' places. */
export interface CloudProject {
  readonly directory: string;
  /** Runs the command line; the result is JSON. */
  run(args: readonly string[], options?: CommandOptions): Promise<CommandRun>;
  /** What the doubles were asked to do since the last time this was called. */
  calls(): readonly CloudCall[];
  /** Has doubles fail: by `type::name`, `delete type::name` or token of a lookup. */
  fail(faults: Readonly<Record<string, string>>): void;
  /** The state as it lies on the disk. */
  state(): string;
  /** URNs of the resources in it. */
  resources(): readonly string[];
}

/** @param cluster what clusters of the doubles are: whoever has their kubeconfig comes out there */
export function cloudProject(stack: string, config: Readonly<Record<string, unknown>>, cluster?: StartedCluster): CloudProject {
  const directory = mkdtempSync(path.join(tmpdir(), `${stack}-`));
  const at = (...parts: string[]): string => path.join(directory, ...parts);
  const script = (file: string, text: string): void => writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  for (const folder of ['state', 'tools', ...CLOUDS.map((cloud) => path.join('plugins', cloud))]) mkdirSync(at(folder), { recursive: true });
  for (const cloud of CLOUDS) script(at('plugins', cloud, `pulumi-resource-${cloud}`), `exec "${process.execPath}" "${path.join(ROOT, 'test/doubles/provider.js')}" "$@"`);
  const { server, ca, token } = accessTo(cluster);
  const credential = { apiVersion: 'client.authentication.k8s.io/v1beta1', kind: 'ExecCredential', spec: {}, status: { token } };
  for (const program of SIGN_IN) script(at('tools', program), `cat <<'END'\n${JSON.stringify(credential)}\nEND`);
  symlinkSync(path.join(ROOT, 'dist'), at('dist'));
  const project: unknown = parse(readFileSync(path.join(ROOT, 'Pulumi.yaml'), 'utf8'));
  const providers = [{ name: 'kubeflow-cdk', path: 'dist/components/plugin/bin' }, ...CLOUDS.map((name) => ({ name, path: `plugins/${name}` }))];
  writeFileSync(at('Pulumi.yaml'), stringify({ ...(project as object), plugins: { providers } }));
  writeFileSync(at(`Pulumi.${stack}.yaml`), stringify({ config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`kubeflow-cdk:${key}`, value])) }));

  const env = {
    PATH: `${at('tools')}:${process.env['PATH'] ?? ''}`,
    PULUMI_BACKEND_URL: `file://${at('state')}`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
    PULUMI_HOME: at('home'),
    DOUBLE_LOG: at('calls'),
    DOUBLE_FAULTS: at('faults'),
    KUBEFLOW_CDK_TEST_API: JSON.stringify({ server, ca }),
    DOUBLE_AZURE_MANAGEMENT: 'true',
    NODE_OPTIONS: `--require ${path.join(ROOT, 'test/doubles/azure-management.js')}`,
  };
  const state = (): string => readFileSync(at('state', '.pulumi', 'stacks', 'kubeflow-cdk', `${stack}.json`), 'utf8');
  let seen = 0;
  writeFileSync(at('calls'), '');
  return {
    directory,
    run: (args, options) => command([...args, '-s', stack, '--json'], { cwd: directory, ...options, env: { ...env, ...options?.env } }),
    calls() {
      const all = readFileSync(at('calls'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as CloudCall);
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh;
    },
    fail: (faults) => writeFileSync(at('faults'), JSON.stringify(faults)),
    state,
    resources: () => ((JSON.parse(state()) as { checkpoint: { latest?: { resources?: { urn: string }[] } } }).checkpoint.latest?.resources ?? []).map(({ urn }) => urn),
  };
}

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[];
  readonly users: readonly { readonly user: { readonly token: string } }[];
}

function accessTo(cluster: StartedCluster | undefined): { readonly server: string; readonly ca: string; readonly token: string } {
  if (!cluster) return { server: 'https://127.0.0.1:1', ca: '', token: 'none' };
  const { clusters, users } = parse(readFileSync(cluster.kubeconfig, 'utf8')) as Kubeconfig;
  const [entry, user] = [clusters[0]?.cluster, users[0]?.user];
  if (!entry || !user) throw new Error(`${cluster.kubeconfig} has no cluster or no user`);
  return { server: entry.server, ca: entry['certificate-authority-data'], token: user.token };
}
