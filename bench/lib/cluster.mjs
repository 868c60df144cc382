// Fresh embedded clusters for measurements.
import { readFileSync, statSync } from 'node:fs';
import { load } from './measure.mjs';

const { ensureToolchain } = load('./local/toolchain');
const { startCluster, removeCluster } = load('./local/cluster');

/** An empty cluster; whatever had its name is gone. */
export async function freshCluster(name) {
  await removeCluster(name);
  return startCluster({ name, toolchain: await ensureToolchain(), audit: true });
}

export { removeCluster };

/** Where an audit log ends now. */
export function auditOffset(cluster) {
  return statSync(cluster.auditLog).size;
}

/** Writes of our own user in an audit log since an offset: how many, which failed, which hit an object twice. */
export function auditedWrites(cluster, offset) {
  const events = readFileSync(cluster.auditLog)
    .subarray(offset)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((event) => event.user.username === 'kubeflow-cdk:admin' && event.stage === 'ResponseComplete')
    .filter((event) => ['create', 'update', 'patch', 'delete'].includes(event.verb) && event.objectRef && !event.objectRef.resource.endsWith('reviews'));
  const seen = new Map();
  for (const { objectRef: { apiGroup = '', resource, namespace = '', name, subresource = '' } } of events) {
    const key = [apiGroup, resource, namespace, name, subresource].join('/');
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return {
    writes: events.length,
    failed: events.filter(({ responseStatus }) => responseStatus.code >= 400).map(({ verb, requestURI, responseStatus }) => `${verb} ${requestURI}: ${responseStatus.code}`),
    repeated: [...seen].filter(([, times]) => times > 1).map(([key, times]) => `${key} ×${times}`),
  };
}
