import { type BarrierNode, type ExternalReference, type ObjectNode, type ObjectRef, type Reason, type ReleaseEdge, type ReleaseNode, refIdentity } from './model';
import type { ObjectIndex } from './object-index';
import { getOrAdd } from './selectors';

/**
 * Edges that give way to a cycle, strongest first: what something needs to become ready, webhooks that reject while
 * nobody answers, references that may lead nowhere, webhooks that are passed over.
 */
export type Preference = 'readiness' | 'admission' | 'optional-reference' | 'ignorable-admission';

const PREFERENCES: readonly Preference[] = ['readiness', 'admission', 'optional-reference', 'ignorable-admission'];

/** What to do instead with a preferred edge that cannot be had. */
export type Fallback = (edge: ReleaseEdge) => void;

export interface ReferOptions {
  /** The reference may lead nowhere, and gives way to a cycle. @default false */
  readonly optional?: boolean;
  /** What waits in place of the object that refers. @default that object */
  readonly waiting?: ReleaseNode;
}

/** The preferred edges that lead to one node. */
export interface Wanted {
  readonly to: ReleaseNode;
  readonly edges: ReleaseEdge[];
  fallback?: Fallback;
}

/** What the rules write into: edges, barriers, and references that lead outside. */
export class EdgeCollector {
  public readonly nodes: ReleaseNode[];
  public readonly external: ExternalReference[] = [];
  /** Preferred edges left out, because the other end already waits for this one. */
  public readonly skipped: ReleaseEdge[] = [];
  /** Edges out of each node, by node index. */
  public readonly outgoing: ReleaseEdge[][];
  /** The same backwards; kept from when it is first needed. */
  private incoming: ReleaseNode[][] | undefined;
  private readonly barriers = new Map<string, BarrierNode>();
  private readonly wanted: Record<Preference, Map<ReleaseNode, Wanted>> = {
    readiness: new Map(),
    admission: new Map(),
    'optional-reference': new Map(),
    'ignorable-admission': new Map(),
  };
  /** Indices of the nodes with an edge, by what the edge is and where it leads. */
  private readonly seen = new Map<string, Map<ReleaseNode, Set<number>>>();
  private readonly left = new Set<string>();

  public constructor(private readonly index: ObjectIndex) {
    this.nodes = [...index.objects];
    this.outgoing = this.nodes.map(() => []);
  }

  /** The barrier of that id, made on first use. */
  public barrier(id: string, label: string): BarrierNode {
    return getOrAdd(this.barriers, id, () => {
      const barrier: BarrierNode = { type: 'barrier', index: this.nodes.length, id, label };
      this.nodes.push(barrier);
      this.outgoing.push([]);
      this.incoming?.push([]);
      return barrier;
    });
  }

  /** `from` cannot do without `to`. One edge of a kind is enough, and an object that needs itself needs nothing more. */
  public require(from: ReleaseNode, to: ReleaseNode, reason: Reason): void {
    if (from !== to && addNew(this.seenEdges(to, reason.kind), from.index)) this.add({ from, to, reason });
  }

  /** `from` should wait for `to`, unless `to` itself waits for `from`. Of two edges of one kind the first counts. */
  public prefer(from: ReleaseNode, to: ReleaseNode, reason: Reason, preference: Preference, fallback?: Fallback): void {
    const wanted = this.preferAll([from], to, reason, preference);
    if (fallback) wanted.fallback = fallback;
  }

  /** {@link prefer} for many nodes that should wait for the same one. */
  public preferAll(waiting: Iterable<ReleaseNode>, to: ReleaseNode, reason: Reason, preference: Preference): Wanted {
    const wanted = getOrAdd(this.wanted[preference], to, (): Wanted => ({ to, edges: [] }));
    // Apart from required ones: an optional and a required reference to one object make a required edge.
    const seen = this.seenEdges(to, `preferred ${reason.kind}`);
    for (const from of waiting) if (from !== to && addNew(seen, from.index)) wanted.edges.push({ from, to, reason });
    return wanted;
  }

  /**
   * `from` refers to an object: waits for it and for what writes it. The first candidate that is there counts; if none
   * is, the first is noted as expected on the cluster.
   */
  public refer(from: ObjectNode, candidates: readonly ObjectRef[], reason: Reason, options: ReferOptions = {}): void {
    const { optional = false, waiting = from } = options;
    for (const ref of candidates) {
      const target = this.index.get(ref);
      const producers = this.index.producersOf(ref).filter(({ node }) => node !== from);
      if (!target && producers.length === 0) continue;
      if (target) this.link(waiting, target, reason, optional);
      for (const { node, path } of producers) {
        this.link(waiting, node, { kind: 'produced', detail: `${reason.detail} -> ${path}` }, optional);
      }
      return;
    }
    const [first] = candidates;
    if (first && !optional) this.leave(from, first, reason);
  }

  /** Notes a reference to something that is not among the objects. */
  public leave(from: ObjectNode, to: ObjectRef, reason: Reason): void {
    const key = `${from.index} ${refIdentity(to)}`;
    if (this.left.has(key)) return;
    this.left.add(key);
    this.external.push({ from, to, reason });
  }

  /**
   * Decides the preferred edges, each group as one: an edge to `to` closes a cycle exactly if its other end is among
   * what `to` waits for, and adding the others does not change what that is.
   */
  public settle(): void {
    for (const preference of PREFERENCES) {
      const targets = [...this.wanted[preference].values()].sort((a, b) => a.to.index - b.to.index);
      for (const { to, edges, fallback } of targets) {
        const needed = reachable(to, (node) => this.outgoing[node.index] ?? [], (edge) => edge.to);
        const [refused, possible] = partition(edges, ({ from }) => needed.has(from));
        for (const edge of possible) this.add(edge);
        if (fallback) refused.forEach(fallback);
        else this.skipped.push(...refused);
      }
    }
  }

  /** Adds an edge from `from` to each of `targets` that does not itself wait for `from`; to the others it is skipped. */
  public requireWherePossible(from: ReleaseNode, targets: readonly ReleaseNode[], reason: Reason): void {
    const incoming = (this.incoming ??= backwards(this.nodes, this.outgoing));
    const waiting = reachable(from, (node) => incoming[node.index] ?? [], (node) => node);
    for (const to of targets) {
      if (to === from) continue;
      if (waiting.has(to)) this.skipped.push({ from, to, reason });
      else this.require(from, to, reason);
    }
  }

  private seenEdges(to: ReleaseNode, kind: string): Set<number> {
    return getOrAdd(getOrAdd(this.seen, kind, () => new Map<ReleaseNode, Set<number>>()), to, () => new Set<number>());
  }

  private link(from: ReleaseNode, to: ObjectNode, reason: Reason, optional: boolean): void {
    if (optional) this.prefer(from, to, reason, 'optional-reference');
    else this.require(from, to, reason);
  }

  private add(edge: ReleaseEdge): void {
    this.outgoing[edge.from.index]?.push(edge);
    this.incoming?.[edge.to.index]?.push(edge.from);
  }
}

/** All nodes at the end of any number of steps, the start among them. */
function reachable<Step>(
  start: ReleaseNode,
  steps: (node: ReleaseNode) => readonly Step[],
  end: (step: Step) => ReleaseNode,
): ReadonlySet<ReleaseNode> {
  const reached = new Set([start]);
  for (const node of reached) for (const step of steps(node)) reached.add(end(step));
  return reached;
}

function backwards(nodes: readonly ReleaseNode[], outgoing: readonly (readonly ReleaseEdge[])[]): ReleaseNode[][] {
  const incoming: ReleaseNode[][] = nodes.map(() => []);
  for (const edges of outgoing) for (const { from, to } of edges) incoming[to.index]?.push(from);
  return incoming;
}

function addNew<T>(set: Set<T>, item: T): boolean {
  const { size } = set;
  return set.add(item).size > size;
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}
