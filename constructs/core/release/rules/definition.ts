import { isBuiltInGroup } from '../object-index';
import type { EdgeRule } from '../rule';
import { aggregatedApis } from './aggregated-api';

const CRD = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' } as const;

/** A CRD before its custom resources. A custom resource without one in sight expects it on the cluster. */
export const definitionRule: EdgeRule = (index, edges) => {
  const aggregated = aggregatedApis(index);
  const reason = { kind: 'definition', detail: 'apiVersion, kind' } as const;
  for (const node of index.objects) {
    const { apiVersion, kind } = node.object.manifest;
    const definition = index.definitionOf(node.group, kind);
    if (definition) edges.require(node, definition, reason);
    else if (!isBuiltInGroup(node.group) && !aggregated.has(apiVersion)) {
      edges.leave(node, { ...CRD, name: `${index.resourceOf(node.group, kind)}.${node.group}` }, reason);
    }
  }
};
