// Brings the controllers of JobSet, Trainer and KServe up on a real node from the manifests of the built package, asks every
// webhook, and runs a TrainJob, an InferenceService and an LLMInferenceService through them. See docs/real-node-test.md.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { App, Chart } from 'cdk8s';
import { Certificates } from './certificates.mjs';
import { fit, requestsOf } from './capacity.mjs';
import { Cluster } from './cluster.mjs';
import { applyLayer, checkLogs } from './deploy.mjs';
import { controllerImages, workloadImages } from './images.mjs';
import { EXAMPLES, requireBuilt, root, synthesize } from './manifests.mjs';
import { checkMetrics } from './metrics.mjs';
import { Report } from './report.mjs';
import { CASES, checkWebhook, webhooksOf } from './webhooks.mjs';
import { checkInferenceService, checkLlm, checkTrainJob } from './workloads.mjs';

const USAGE = `Usage: REAL_NODE=<program of the real node> node test/node/run.mjs [--keep] [--dist <folder>]

  --keep   leave the cluster up at the end
  --dist   folder of the built package (default: dist, as npm run build makes it)`;

/** A language model small enough, in what it asks for, to run beside the controllers. */
function llmExample(dist) {
  const { LLMInferenceService } = requireBuilt(dist, 'constructs/workloads/inference-service');
  const chart = new Chart(new App(), 'llm-example', { namespace: 'default' });
  new LLMInferenceService(chart, 'tiny-llm', {
    model: { uri: 'hf://organisation/tiny' },
    resources: { cpu: { request: '250m', limit: '1' }, memory: { request: '256Mi', limit: '512Mi' } },
  });
  return chart.toJson();
}

async function main(cluster, report, dist) {
  const { layers, examples, leftOut } = synthesize(dist);
  const objects = layers.flat();
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const llm = llmExample(dist);
  for (const { name, why } of leftOut) process.stdout.write(`left out: ${name} (${why})\n`);

  let images = [];
  await report.require('controllers and stand-ins are built', async () => {
    images = [...(await controllerImages(deployments)), ...(await workloadImages(objects))];
  });
  await report.require('the node is up', () => cluster.up());
  await report.require('images are on the node', async () => {
    for (const { image, entrypoint, files } of images) await cluster.image([image], entrypoint, files);
    return images.map(({ image, program }) => `${image}${program ? ` (stand-in: ${program})` : ''}`).join(', ');
  });
  await report.require('all that is asked for fits the node', async () => {
    const [node] = (await cluster.get('nodes')).items;
    const trainJob = examples[EXAMPLES.trainJob][0].spec.trainer;
    const workloads = [
      requestsOf(trainJob.numNodes, { resources: trainJob.resourcesPerNode }),
      requestsOf(1, examples[EXAMPLES.inferenceService][0].spec.predictor.model),
      requestsOf(1, llm[0].spec.template.containers[0]),
    ];
    const { available, asked, changed, fits } = fit(deployments, node, workloads);
    const sums = `${asked[0]} of ${available[0]} CPUs, ${gib(asked[1])} of ${gib(available[1])} GiB`;
    if (!fits) throw new Error(`${sums}, with one replica each as well`);
    return changed.length > 0 ? `${sums}; set to one replica: ${changed.join(', ')}` : `${sums}, with the manifests' replicas`;
  });

  const certificates = new Certificates();
  const started = performance.now();
  for (const layer of layers) await applyLayer(cluster, report, certificates, layer);
  await report.check('the platform is up, every CA bundle in place', () => {
    assertNone(certificates.waiting);
    return `${((performance.now() - started) / 1000).toFixed(1)} s after the first object was applied`;
  });

  const webhooks = webhooksOf(objects);
  await report.check('every webhook has a case', () => {
    assertNone(webhooks.filter((name) => !CASES.some(({ webhook }) => webhook === name)));
    return `${webhooks.length} webhooks`;
  });
  for (const each of CASES) await report.check(`webhook ${each.webhook}`, () => checkWebhook(cluster, each));
  const conversion = async (name) => {
    const { spec } = objects.find(({ kind, metadata }) => kind === 'CustomResourceDefinition' && metadata.name === name);
    await report.check(`conversion of ${name}`, () => checkConversion(cluster, spec));
  };
  const runtime = objects.find(({ kind, metadata }) => kind === 'ClusterTrainingRuntime' && metadata.name === examples[EXAMPLES.trainJob][0].spec.runtimeRef.name);
  try {
    await conversion('llminferenceserviceconfigs.serving.kserve.io');
    await checkTrainJob(cluster, report, examples[EXAMPLES.trainJob], runtime);
    await checkInferenceService(cluster, report, examples[EXAMPLES.inferenceService]);
    await checkLlm(cluster, report, llm, () => conversion('llminferenceservices.serving.kserve.io'));
    await checkMetrics(cluster, report, objects);
  } finally {
    for (const deployment of deployments) await report.check(`logs of ${deployment.metadata.name}`, () => checkLogs(cluster, deployment));
  }
}

/** An object stored in one version reads back in every other. */
async function checkConversion(cluster, { group, names, versions }) {
  const read = [];
  for (const { name } of versions) {
    const { items } = await cluster.get(`${names.plural}.${name}.${group}`, '-A');
    if (items.length === 0) throw new Error(`there is no object to read as ${name}`);
    const wrong = items.find(({ apiVersion }) => apiVersion !== `${group}/${name}`);
    if (wrong) throw new Error(`${wrong.metadata.name} reads as ${wrong.apiVersion}, expected ${name}`);
    read.push(`${items.length} as ${name}`);
  }
  return `read ${read.join(', ')}`;
}

function assertNone(names) {
  if (names.length > 0) throw new Error(`missing for ${names.join(', ')}`);
}

function gib(bytes) {
  return (bytes / 2 ** 30).toFixed(1);
}

const { values: options } = parseArgs({ options: { keep: { type: 'boolean' }, dist: { type: 'string', default: path.join(root, 'dist') }, help: { type: 'boolean' } } });
const program = process.env.REAL_NODE;
if (options.help || !program) {
  process.stderr.write(`${program || options.help ? '' : 'REAL_NODE is not set\n'}${USAGE}\n`);
  process.exit(options.help ? 0 : 2);
}
const cluster = new Cluster(program);
if (await cluster.isUp()) {
  process.stderr.write(`the node is up already, perhaps in somebody's use; take it down first: ${program} down\n`);
  process.exit(2);
}
const report = new Report();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    process.stderr.write(`${signal}: taking the node down\n`);
    await cluster.down();
    process.exit(1);
  });
}
try {
  await main(cluster, report, path.resolve(options.dist));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  if (!options.keep) await cluster.down();
}
process.stdout.write(`${report.table()}\n`);
if (report.failed > 0) process.exitCode = 1;
