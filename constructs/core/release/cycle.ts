import { type CycleStep, nodeName } from './errors';
import type { ReleaseEdge, ReleaseNode } from './model';
import { joinReasons } from './reasons';

/**
 * A shortest cycle through one of `stuck`: nodes that each wait for a cycle, or are on one. It starts at its object of
 * the smallest rank; barriers between two objects are looked through.
 */
export function findCycle(stuck: readonly ReleaseNode[], outgoing: readonly (readonly ReleaseEdge[])[]): readonly CycleStep[] {
  const among = new Set(stuck);
  const start = onCycle(stuck, among, outgoing);
  const cycle = start ? shortestCycle(start, among, outgoing) : [];
  return collapse(rotate(cycle));
}

/** Every stuck node waits for another stuck one, so following them must come round. */
function onCycle(stuck: readonly ReleaseNode[], among: ReadonlySet<ReleaseNode>, outgoing: readonly (readonly ReleaseEdge[])[]): ReleaseNode | undefined {
  const seen = new Set<ReleaseNode>();
  let node: ReleaseNode | undefined = stuck[0];
  while (node && !seen.has(node)) {
    seen.add(node);
    node = outgoing[node.index]?.find(({ to }) => among.has(to))?.to;
  }
  return node;
}

function shortestCycle(start: ReleaseNode, among: ReadonlySet<ReleaseNode>, outgoing: readonly (readonly ReleaseEdge[])[]): ReleaseEdge[] {
  return shortestPath(start, start, outgoing, (node) => among.has(node));
}

/** Fewest edges from one node to another, at least one; empty if there is no way. */
export function shortestPath(
  from: ReleaseNode,
  to: ReleaseNode,
  outgoing: readonly (readonly ReleaseEdge[])[],
  among: (node: ReleaseNode) => boolean = () => true,
): ReleaseEdge[] {
  const arrivedBy = new Map<ReleaseNode, ReleaseEdge>();
  const pending = new Set([from]);
  for (const node of pending) {
    for (const edge of outgoing[node.index] ?? []) {
      if (arrivedBy.has(edge.to) || !among(edge.to)) continue;
      arrivedBy.set(edge.to, edge);
      if (edge.to === to) return trace(edge, from, arrivedBy);
      pending.add(edge.to);
    }
  }
  return [];
}

function trace(last: ReleaseEdge, from: ReleaseNode, arrivedBy: ReadonlyMap<ReleaseNode, ReleaseEdge>): ReleaseEdge[] {
  const path = [last];
  for (let edge = last; edge.from !== from; ) {
    const previous = arrivedBy.get(edge.from);
    if (!previous) break;
    path.unshift(previous);
    edge = previous;
  }
  return path;
}

function rotate(cycle: readonly ReleaseEdge[]): readonly ReleaseEdge[] {
  let first = 0;
  cycle.forEach(({ from }, i) => {
    if (from.index < (cycle[first]?.from.index ?? 0)) first = i;
  });
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

/** Joins steps through barriers. A path of nothing but barriers keeps them. */
export function collapse(path: readonly ReleaseEdge[]): readonly CycleStep[] {
  const keepBarriers = path[0]?.from.type !== 'object';
  const steps: CycleStep[] = [];
  let pending: ReleaseEdge[] = [];
  for (const edge of path) {
    pending.push(edge);
    if (edge.to.type === 'barrier' && !keepBarriers && edge !== path.at(-1)) continue;
    const from = pending[0]?.from ?? edge.from;
    steps.push({
      from: nodeName(from),
      to: nodeName(edge.to),
      path: from.type === 'object' ? from.object.path : undefined,
      reason: joinReasons(pending.map(({ reason }) => reason)),
    });
    pending = [];
  }
  return steps;
}
