import type { NodePoolCapacity } from '../../components/capacity';
import { type Amounts, minus, NOTHING, plus, within } from './amounts';
import type { PodDemand } from './demand';
import { takes } from './takes';

/** A node, and what is left of it. */
export interface Node {
  readonly room: Amounts;
  readonly pods: number;
}

/** The nodes of a pool as they fill up. Each has on it what runs on every node. */
export class PoolNodes {
  /** A node nothing has been placed on yet. */
  readonly empty: Node;
  /** What should run on each node and finds no room even on an empty one. */
  readonly crowdedOut: readonly PodDemand[];
  private readonly filling: Node[];

  /** @param onEach pods of which one runs on each node that takes it, the biggest first */
  constructor(readonly pool: NodePoolCapacity, onEach: readonly PodDemand[]) {
    const crowdedOut: PodDemand[] = [];
    let empty: Node = { room: pool.allocatable, pods: 0 };
    for (const pod of onEach.filter((each) => takes(pool, each))) {
      if (this.fits(pod, empty)) empty = withPod(empty, pod);
      else crowdedOut.push(pod);
    }
    this.empty = empty;
    this.crowdedOut = crowdedOut;
    this.filling = Array.from({ length: pool.min }, () => empty);
  }

  get nodes(): readonly Node[] {
    return this.filling;
  }

  /** What is asked of all nodes together. */
  get requested(): Amounts {
    return this.filling.map(({ room }) => minus(this.pool.allocatable, room)).reduce(plus, NOTHING);
  }

  fits({ requests }: PodDemand, { room, pods }: Node): boolean {
    return pods < this.pool.allocatable.pods && within(requests, room);
  }

  /** Puts a pod on the first node with room. Whether there was one. */
  place(pod: PodDemand): boolean {
    const index = this.filling.findIndex((node) => this.fits(pod, node));
    const node = this.filling[index];
    if (node) this.filling[index] = withPod(node, pod);
    return node !== undefined;
  }

  /** Puts a pod on a further node. Whether the pool has one. */
  grow(pod: PodDemand): boolean {
    if (this.filling.length >= this.pool.max || !this.fits(pod, this.empty)) return false;
    this.filling.push(withPod(this.empty, pod));
    return true;
  }
}

function withPod({ room, pods }: Node, { requests }: PodDemand): Node {
  return { room: minus(room, requests), pods: pods + 1 };
}
