import type { EdgeRule } from '../rule';

/** A namespace before what lives in it. */
export const namespaceRule: EdgeRule = (index, edges) => {
  const reason = { kind: 'namespace', detail: 'metadata.namespace' } as const;
  for (const node of index.objects) {
    const { namespace } = node.object.manifest.metadata;
    if (namespace) edges.refer(node, [{ group: '', kind: 'Namespace', name: namespace }], reason);
  }
};
