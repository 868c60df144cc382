// `preview -s eks` from an empty state (gke and aks by name), Node's start and the SDK's loading included, with doubles in the place of the
// cloud's providers and all policy packs on; against one without the packs.
//
//   npm run build && node bench/preview.mjs [STACK] [ROUNDS]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { median, root, row, run, seconds } from './lib/measure.mjs';

const CONFIG = {
  eks: { region: 'eu-central-1', domain: 'ml.example.com', teams: ['research'] },
  gke: {
    project: 'my-project', region: 'europe-west4', domain: 'ml.example.com', teams: ['research'],
    cluster: { securityGroup: 'gke-security-groups@example.com' },
    signIn: { clientId: '123456789012-abc.apps.googleusercontent.com', clientSecret: 'hush', hostedDomain: 'example.com' },
  },
  aks: { location: 'westeurope', domain: 'ml.example.com', dns: { zone: 'existing', resourceGroup: 'dns' }, teams: ['research'] },
};
const CLOUDS = ['aws', 'gcp', 'azure-native', 'azuread', 'random'];
const [stack = 'eks', rounds = '3'] = process.argv.slice(2);

const directory = mkdtempSync(path.join(tmpdir(), 'bench-preview-'));
const at = (...parts) => path.join(directory, ...parts);
for (const cloud of CLOUDS) {
  mkdirSync(at('plugins', cloud), { recursive: true });
  writeFileSync(at('plugins', cloud, `pulumi-resource-${cloud}`), `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, 'test/doubles/provider.js')}" "$@"\n`, { mode: 0o755 });
}
mkdirSync(at('state'));
symlinkSync(path.join(root, 'dist'), at('dist'));
const providers = [{ name: 'kubeflow-cdk', path: 'dist/components/plugin/bin' }, ...CLOUDS.map((name) => ({ name, path: `plugins/${name}` }))];
writeFileSync(at('Pulumi.yaml'), stringify({ ...parse(readFileSync(path.join(root, 'Pulumi.yaml'), 'utf8')), plugins: { providers } }));
writeFileSync(at(`Pulumi.${stack}.yaml`), stringify({ config: Object.fromEntries(Object.entries(CONFIG[stack]).map(([key, value]) => [`kubeflow-cdk:${key}`, value])) }));
const env = {
  ...process.env,
  PULUMI_BACKEND_URL: `file://${at('state')}`,
  PULUMI_CONFIG_PASSPHRASE: 'bench',
  PULUMI_HOME: at('home'),
  DOUBLE_AZURE_MANAGEMENT: 'true',
  NODE_OPTIONS: `--require ${path.join(root, 'test/doubles/azure-management.js')}`,
};

const preview = async (...options) => {
  const { result, seconds: time } = await seconds(() => run(['preview', '-s', stack, '--json', ...options], { cwd: directory, env }));
  if (result.code !== 0) throw new Error(result.stderr);
  return { time, changes: JSON.parse(result.stdout).changes };
};

const full = [];
const bare = [];
let created = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const whole = await preview();
  full.push(whole.time);
  created = whole.changes.create;
  bare.push((await preview('--no-policies')).time);
}
rmSync(directory, { recursive: true });
row('resources', created);
row(`preview -s ${stack} (≤ 15 s)`, `${median(full).toFixed(1)} s`);
row('against one without policies', `${median(full.map((time, index) => time / bare[index])).toFixed(2)}`);
