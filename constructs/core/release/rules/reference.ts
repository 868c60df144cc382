import { visitFields } from '../fields';
import type { EdgeRule } from '../rule';

/** The fields the reference tables know, before the objects that hold them. */
export const referenceRule: EdgeRule = (index, edges) => {
  for (const { group, kind, path, target } of index.references) {
    for (const node of index.ofKind(group, kind)) {
      visitFields(node.object.manifest, path, (value, at) => {
        const candidates = target(value, node.object.manifest, index);
        if (candidates.length > 0) edges.refer(node, candidates, { kind: 'reference', detail: at });
      });
    }
  }
};
