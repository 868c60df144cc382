// Deploys the platform a layer at a time, and looks at what its controllers say.
import { nameOf } from './manifests.mjs';

/** Longest a controller may take from apply to Available. */
const LIMIT_SECONDS = 90;

/** Applies one layer; issues its certificates; waits for its definitions and controllers. */
export async function applyLayer(cluster, report, certificates, objects) {
  const secrets = await certificates.issue(objects);
  if (secrets.length > 0) {
    await report.require('certificates are issued in place of cert-manager', async () => {
      await cluster.apply(secrets);
      return secrets.map(nameOf).join(', ');
    });
  }
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const rest = objects.filter(({ kind }) => kind !== 'Deployment');
  if (rest.length > 0) await report.require(`${summary(rest)} applied`, () => applyAndInject(cluster, certificates, rest));
  await Promise.all(deployments.map((each) => report.check(`${nameOf(each)} becomes Available`, () => start(cluster, each))));
  if (report.failed > 0) throw new Error('a controller did not start');
}

async function applyAndInject(cluster, certificates, objects) {
  await cluster.apply(objects);
  certificates.expect(objects);
  for (const { object, patch } of certificates.injections()) {
    await cluster.kubectl(['patch', object.kind, object.metadata.name, '--type=json', '--field-manager=ca-injector', '-p', JSON.stringify(patch)]);
  }
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ metadata }) => `crd/${metadata.name}`);
  if (definitions.length > 0) await cluster.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...definitions]);
}

async function start(cluster, deployment) {
  const { name, namespace } = deployment.metadata;
  await cluster.apply([deployment]);
  try {
    await cluster.kubectl(['rollout', 'status', `deployment/${name}`, '-n', namespace, `--timeout=${LIMIT_SECONDS}s`]);
  } catch (error) {
    throw new Error(`${error.stderr}\n${await explain(cluster, deployment)}`);
  }
  return `all ${deployment.spec.replicas} replicas`;
}

/** What events and logs say of a controller that does not start. */
async function explain(cluster, { metadata: { namespace }, spec }) {
  const selector = labels(spec.selector.matchLabels);
  const parts = await Promise.allSettled([
    cluster.kubectl(['get', 'events', '-n', namespace, '--field-selector=type=Warning', '-o', 'custom-columns=:involvedObject.name,:reason,:message', '--no-headers']),
    cluster.kubectl(['logs', '-n', namespace, '-l', selector, '--all-containers', '--prefix', '--tail=15']),
  ]);
  return parts.map((part) => part.value ?? part.reason.message).join('\n');
}

/** No permission is missing and nothing restarted. */
export async function checkLogs(cluster, { metadata: { namespace }, spec }) {
  const selector = labels(spec.selector.matchLabels);
  const { items } = await cluster.get('pods', '-n', namespace, '-l', selector);
  for (const { metadata, status } of items) {
    const restarted = status.containerStatuses.find(({ restartCount }) => restartCount > 0);
    if (restarted) throw new Error(`${metadata.name}: container ${restarted.name} was restarted ${restarted.restartCount} times`);
  }
  const log = await cluster.kubectl(['logs', '-n', namespace, '-l', selector, '--all-containers', '--prefix', '--tail=-1']);
  const lines = log.split('\n').filter(Boolean);
  const refused = lines.filter((line) => /forbidden/i.test(line));
  if (refused.length > 0) throw new Error(`${refused.length} lines of "forbidden", first: ${refused[0]}`);
  const errors = lines.filter((line) => /"level":"error"|\tERROR\t/.test(line));
  return `${lines.length} lines from ${items.length} pods, none forbidden, no restart${errors.length > 0 ? `; ${errors.length} errors, first: ${reason(errors[0])}` : ''}`;
}

/** The error a line of a structured log is about, or the line. */
function reason(line) {
  return (/"error": ?"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line).slice(0, 240);
}

function labels(matchLabels) {
  return Object.entries(matchLabels).map((each) => each.join('=')).join(',');
}

function summary(objects) {
  const counts = new Map();
  for (const { kind } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`);
  return kinds.length > 3 ? `${objects.length} objects (${kinds.slice(0, 2).join(', ')}, ...)` : kinds.join(', ');
}
