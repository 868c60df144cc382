import { namespaceGuarded } from '../barriers';
import { namespaceOf } from '../object-index';
import type { EdgeRule } from '../rule';

const GUARDS = [
  ['networking.k8s.io', 'NetworkPolicy'],
  ['', 'ResourceQuota'],
  ['', 'LimitRange'],
] as const;

/**
 * NetworkPolicies, quotas and limit ranges before all that runs or may make pods in their namespace: nothing ever runs
 * unprotected. By namespace, not by selector: that is linear, and a policy waits for nothing but its namespace.
 */
export const guardRule: EdgeRule = (index, edges) => {
  const guarded = new Set<string>();
  for (const [group, kind] of GUARDS) {
    for (const node of index.ofKind(group, kind)) {
      const namespace = namespaceOf(node.object.manifest);
      guarded.add(namespace);
      edges.require(namespaceGuarded(edges, namespace), node, { kind: 'guard', detail: '' });
    }
  }
  const runs = new Set(index.workloads.map(({ node }) => node));
  for (const node of index.objects) {
    const namespace = namespaceOf(node.object.manifest);
    if (!guarded.has(namespace) || !(runs.has(node) || index.isCustom(node))) continue;
    edges.require(node, namespaceGuarded(edges, namespace), { kind: 'guard', detail: 'metadata.namespace' });
  }
};
