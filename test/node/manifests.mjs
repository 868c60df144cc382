// What is deployed: the objects of the built package, in the order of its release graph.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The root of this package. */
export const root = path.resolve(import.meta.dirname, '..', '..');

/** Components deployed whole. */
const WHOLE = new Set(['base', 'jobset', 'trainer', 'kserve', 'examples']);

/** Of others, just what the objects above refer to: nothing of it runs. */
const DEFINITIONS = new Set(['Namespace', 'CustomResourceDefinition']);
const NEEDED = {
  'cert-manager': new Set([...DEFINITIONS, 'ClusterIssuer', 'Certificate']),
  istio: DEFINITIONS,
  'gateway-api': DEFINITIONS,
};

/** Why the programs of a component are left out. */
const LEFT_OUT = {
  'cert-manager': 'its programs cannot be built from Go modules; the test issues the certificates',
  istio: 'the gateways are Envoy, and nothing under test is reached through the mesh',
};

export const EXAMPLES = { trainJob: 'train-job-example', inferenceService: 'inference-service-example' };

/** Kinds that start pods. */
const WORKLOADS = new Set(['Deployment', 'DaemonSet', 'StatefulSet']);

/**
 * Synthesises the local stack with the built command line.
 *
 * @param dist folder of the built package
 * @returns `layers`: lists of objects, each list after the one before; `examples` by component; `leftOut`: workloads not deployed
 */
export function synthesize(dist) {
  const main = path.join(dist, 'cli', 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is not there: run npm run build`);
  const out = mkdtempSync(path.join(tmpdir(), 'kubeflow-cdk-node-test-'));
  try {
    execFileSync(process.execPath, [main, 'synth', '--stack', 'local', '--out', out], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    return select(out);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function select(out) {
  const objects = new Map();
  for (const file of readdirSync(out).filter((each) => each.endsWith('.yaml'))) {
    for (const document of parseAllDocuments(readFileSync(path.join(out, file), 'utf8'))) {
      const object = document.toJS();
      objects.set(`${object.apiVersion} ${nameOf(object)}`, object);
    }
  }
  const release = JSON.parse(readFileSync(path.join(out, 'release.json'), 'utf8'));
  const layers = new Map();
  const examples = {};
  const leftOut = [];
  for (const { object: name, apiVersion, component, layer } of release.objects) {
    const object = objects.get(`${apiVersion} ${name}`);
    if (!object) throw new Error(`release.json lists ${name} (${apiVersion}), which is in no file`);
    if (Object.values(EXAMPLES).includes(component)) (examples[component] ??= []).push(object);
    else if (WHOLE.has(component) || NEEDED[component]?.has(object.kind)) layers.set(layer, [...(layers.get(layer) ?? []), object]);
    else if (WORKLOADS.has(object.kind)) leftOut.push({ name, why: LEFT_OUT[component] ?? `component ${component} is not under test` });
  }
  return { layers: [...layers].sort(([a], [b]) => a - b).map(([, each]) => each), examples, leftOut };
}

/** `Kind/namespace/name`. */
export function nameOf({ kind, metadata }) {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
}

/** Requires a module of the built package. */
export function requireBuilt(dist, module) {
  return createRequire(path.join(dist, 'index.js'))(path.join(dist, module));
}
