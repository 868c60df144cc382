import { componentReady } from '../barriers';
import { getOrAdd } from '../selectors';
import type { ObjectNode } from '../model';
import type { EdgeRule } from '../rule';
import { readinessOf } from './component';

/**
 * A custom resource after what reconciles it: the component that declares its CRD, or says it reconciles the group. Read
 * backwards this lets controllers clear their custom resources before they go. Where part of that component itself
 * needs the custom resource, it waits for the other parts only.
 */
export const controllerRule: EdgeRule = (index, edges) => {
  const readiness = new Map<string, ObjectNode[]>();
  for (const node of readinessOf(index)) getOrAdd(readiness, node.object.component, () => []).push(node);
  const reconcilers = new Map<string, string[]>();
  for (const { id, reconciles = [] } of index.components) {
    for (const group of reconciles) getOrAdd(reconcilers, group, () => []).push(id);
  }
  for (const node of index.objects) {
    if (!index.isCustom(node)) continue;
    const definition = index.definitionOf(node.group, node.object.manifest.kind);
    const detail = definition ? `CustomResourceDefinition ${definition.object.manifest.metadata.name}` : `API group ${node.group}`;
    const components = new Set([...(definition ? [definition.object.component] : []), ...(reconcilers.get(node.group) ?? [])]);
    for (const component of components) {
      const parts = readiness.get(component);
      if (!parts) continue;
      const reason = { kind: 'controller', detail } as const;
      edges.prefer(node, componentReady(edges, component), reason, 'readiness', (edge) => {
        edges.requireWherePossible(edge.from, parts, edge.reason);
      });
    }
  }
};
