import type { EdgeCollector } from './edge-collector';
import type { BarrierNode } from './model';

/** Reached when everything of a component that others can wait for is ready: workloads, webhooks, APIs. */
export function componentReady(edges: EdgeCollector, component: string): BarrierNode {
  return edges.barrier(`ready/${component}`, `component ${component} ready`);
}

/** Reached when all that a component requires is ready. */
export function componentMayStart(edges: EdgeCollector, component: string): BarrierNode {
  return edges.barrier(`start/${component}`, `what component ${component} requires`);
}

/** Reached when calls to a Service are answered. */
export function serviceAnswers(edges: EdgeCollector, namespace: string, name: string): BarrierNode {
  return edges.barrier(`answers/${namespace}/${name}`, `Service/${namespace}/${name} answering`);
}

/** Reached when the versions of a kind can be converted. */
export function versionsConvert(edges: EdgeCollector, definition: string): BarrierNode {
  return edges.barrier(`converts/${definition}`, `conversion for CustomResourceDefinition/${definition}`);
}

/** Reached when a ServiceAccount has all its permissions. */
export function permissionsOf(edges: EdgeCollector, namespace: string, name: string): BarrierNode {
  return edges.barrier(`permissions/${namespace}/${name}`, `permissions of ServiceAccount/${namespace}/${name}`);
}

/** Reached when a group of accounts has all its permissions. */
export function permissionsOfGroup(edges: EdgeCollector, group: string): BarrierNode {
  return edges.barrier(`group-permissions/${group}`, `permissions of group ${group}`);
}

/** Reached when a namespace has its policies, quotas and limits. */
export function namespaceGuarded(edges: EdgeCollector, namespace: string): BarrierNode {
  return edges.barrier(`guarded/${namespace}`, `policies, quotas and limits of Namespace/${namespace}`);
}
