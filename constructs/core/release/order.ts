import { ReleaseCycleError } from './errors';
import { findCycle } from './cycle';
import type { ObjectNode, ReleaseEdge, ReleaseNode } from './model';

/** The order of all nodes, barriers among them, and how many objects deep each is. */
export interface Ordering {
  readonly nodes: readonly ReleaseNode[];
  /** Layer by node index: 0 waits for nothing. A barrier has that of the deepest object before it. */
  readonly layers: Int32Array;
}

/**
 * Of all orders that respect every edge, the one that comes first by rank: whenever several objects could be next, the
 * one of the smallest rank is. Barriers cost nothing and are passed as soon as they can be.
 *
 * @throws ReleaseCycleError if there is none
 */
export function orderNodes(nodes: readonly ReleaseNode[], outgoing: readonly (readonly ReleaseEdge[])[]): Ordering {
  const waitingFor = new Int32Array(nodes.length);
  const layers = new Int32Array(nodes.length);
  const dependents: ReleaseNode[][] = nodes.map(() => []);
  for (const edges of outgoing) {
    for (const { from, to } of edges) {
      dependents[to.index]?.push(from);
      waitingFor[from.index]! += 1;
    }
  }
  const ready = new RankQueue();
  const barriers: ReleaseNode[] = [];
  const release = (node: ReleaseNode): void => {
    if (node.type === 'barrier') barriers.push(node);
    else ready.push(node);
  };
  for (const node of nodes) if (waitingFor[node.index] === 0) release(node);
  const ordered: ReleaseNode[] = [];
  for (let node = barriers.pop() ?? ready.pop(); node; node = barriers.pop() ?? ready.pop()) {
    ordered.push(node);
    const layer = (layers[node.index] ?? 0) + (node.type === 'object' ? 1 : 0);
    for (const dependent of dependents[node.index] ?? []) {
      layers[dependent.index] = Math.max(layers[dependent.index] ?? 0, layer);
      waitingFor[dependent.index]! -= 1;
      if (waitingFor[dependent.index] === 0) release(dependent);
    }
  }
  if (ordered.length < nodes.length) throw new ReleaseCycleError(findCycle(nodes.filter(({ index }) => (waitingFor[index] ?? 0) > 0), outgoing));
  return { nodes: ordered, layers };
}

/** Binary heap of objects, smallest rank (index) first. */
class RankQueue {
  private readonly heap: ObjectNode[] = [];

  public push(node: ObjectNode): void {
    const { heap } = this;
    let at = heap.push(node) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent]!;
      if (above.index <= node.index) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = node;
  }

  public pop(): ObjectNode | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.index < heap[child]!.index) child += 1;
      if (heap[child]!.index >= last.index) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
