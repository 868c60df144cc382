import type { Dependency, ObjectNode, Reason, ReleaseEdge, ReleaseNode } from './model';
import { joinReasons } from './reasons';
import type { Ordering } from './order';
import { getOrAdd } from './selectors';

/** What objects wait for directly, with barriers looked through. */
export class Dependencies {
  private readonly positions: Int32Array;
  private reduced: (readonly ObjectNode[])[] | undefined;

  public constructor(
    private readonly ordering: Ordering,
    private readonly outgoing: readonly (readonly ReleaseEdge[])[],
  ) {
    this.positions = new Int32Array(ordering.nodes.length);
    ordering.nodes.forEach((node, position) => {
      this.positions[node.index] = position;
    });
  }

  /** Direct dependencies in rank order: all, or the fewest that imply all others. */
  public of(node: ObjectNode, reduce: boolean): Dependency[] {
    const kept = new Set(this.reduction()[node.index]);
    const reasons = new Map<ObjectNode, Reason[]>();
    const passed = new Set<ReleaseNode>();
    const walk = (from: ReleaseNode, before: readonly Reason[]): void => {
      for (const { to, reason } of this.outgoing[from.index] ?? []) {
        if (to.type === 'object') {
          if (!reduce || kept.has(to)) addReason(getOrAdd(reasons, to, () => []), joinReasons([...before, reason]));
        } else if (!passed.has(to)) {
          passed.add(to);
          walk(to, [...before, reason]);
        }
      }
    };
    walk(node, []);
    return [...reasons]
      .map(([dependency, why]) => ({ node: dependency, reasons: why, implied: !kept.has(dependency) }))
      .sort((a, b) => a.node.index - b.node.index);
  }

  /**
   * Exact transitive reduction over objects, all nodes at once. Going through a node's dependencies latest first, one is
   * implied exactly if an earlier-kept one reaches it; reach is a bit set by position. Only kept edges cost a union, so
   * this is O(edges + kept edges * objects / 32).
   */
  private reduction(): readonly (readonly ObjectNode[])[] {
    if (this.reduced) return this.reduced;
    const reduced: (readonly ObjectNode[])[] = [];
    const reach: Uint32Array[] = [];
    this.ordering.nodes.forEach((node, position) => {
      const bits = new Uint32Array((position >> 5) + 1);
      const kept: ObjectNode[] = [];
      for (const candidate of this.candidates(node, reduced)) {
        const at = this.positions[candidate.index] ?? 0;
        if (((bits[at >> 5] ?? 0) >>> (at & 31)) & 1) continue;
        kept.push(candidate);
        reach[candidate.index]?.forEach((word, i) => {
          bits[i]! |= word;
        });
      }
      if (node.type === 'object') bits[position >> 5]! |= 1 << (position & 31);
      reach[node.index] = bits;
      reduced[node.index] = kept.sort((a, b) => a.index - b.index);
    });
    this.reduced = reduced;
    return reduced;
  }

  /** Objects a node waits for, barriers replaced by what they are reduced to; latest in the order first. */
  private candidates(node: ReleaseNode, reduced: readonly (readonly ObjectNode[])[]): readonly ObjectNode[] {
    const candidates = new Set<ObjectNode>();
    for (const { to } of this.outgoing[node.index] ?? []) {
      if (to.type === 'object') candidates.add(to);
      else for (const object of reduced[to.index] ?? []) candidates.add(object);
    }
    return [...candidates].sort((a, b) => (this.positions[b.index] ?? 0) - (this.positions[a.index] ?? 0));
  }
}

function addReason(reasons: Reason[], reason: Reason): void {
  if (!reasons.some(({ kind, detail }) => kind === reason.kind && detail === reason.detail)) reasons.push(reason);
}
