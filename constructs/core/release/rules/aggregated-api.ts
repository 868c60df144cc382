import { fieldsOf, isFields, textOf } from '../fields';
import type { ObjectNode } from '../model';
import type { ObjectIndex } from '../object-index';
import type { EdgeRule } from '../rule';

/** APIServices answered by a Service of the cluster, by the `group/version` they serve. */
export function aggregatedApis(index: ObjectIndex): ReadonlyMap<string, ObjectNode> {
  const served = new Map<string, ObjectNode>();
  for (const node of index.ofKind('apiregistration.k8s.io', 'APIService')) {
    const spec = fieldsOf(node.object.manifest.spec);
    const group = textOf(spec.group);
    const version = textOf(spec.version);
    if (group && version && isFields(spec.service)) served.set(`${group}/${version}`, node);
  }
  return served;
}

/** Objects of an aggregated API after the APIService that makes it known. */
export const aggregatedApiRule: EdgeRule = (index, edges) => {
  const served = aggregatedApis(index);
  for (const node of index.objects) {
    const api = served.get(node.object.manifest.apiVersion);
    if (api) edges.require(node, api, { kind: 'api', detail: 'apiVersion' });
  }
};
