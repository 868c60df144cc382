import type { NodePoolCapacity } from '../../components/capacity';
import type { Amounts } from './amounts';
import type { PodDemand } from './demand';
import { PoolNodes } from './pool-nodes';
import { show } from './show';
import { takes } from './takes';

/** How full a pool will be. */
export interface PoolUse {
  readonly pool: NodePoolCapacity;
  /** Nodes it takes. */
  readonly nodes: number;
  /** Pods on them. */
  readonly pods: number;
  /** What is asked of them. */
  readonly requested: Amounts;
}

/** Pods for which there is no room, and why. */
export interface Misfit {
  readonly owner: string;
  readonly component: string;
  /** How many of them; of a DaemonSet, those of the nodes taken. */
  readonly pods: number;
  readonly reason: string;
}

/** Where the platform's pods go. */
export interface Fit {
  readonly pools: readonly PoolUse[];
  readonly misfits: readonly Misfit[];
}

/**
 * Puts pods on nodes: first those that fewest pools can take, of these the biggest first, each on the first node with room; nodes are
 * added up to each pool's most. Pods that a scheduler would rather spread need no more room, only other nodes.
 *
 * It may miss an arrangement that a longer search would find; it never finds room where there is none.
 */
export function fit(demand: readonly PodDemand[], pools: readonly NodePoolCapacity[]): Fit {
  const onEach = demand.filter(({ replicas }) => replicas === 'each-node').sort(biggestFirst);
  const filling = pools.map((pool) => new PoolNodes(pool, onEach));
  const single = demand
    .flatMap((pod) => (pod.replicas === 'each-node' ? [] : [{ pod, replicas: pod.replicas, suitable: filling.filter((nodes) => takes(nodes.pool, pod) && nodes.fits(pod, nodes.empty)) }]))
    .sort((a, b) => a.suitable.length - b.suitable.length || biggestFirst(a.pod, b.pod));

  const misfits: Misfit[] = [];
  for (const { pod, replicas, suitable } of single) {
    // Plain pods stay off nodes with GPUs as long as there are others.
    const preferred = [suitable.filter(({ pool }) => !hasGpus(pool)), suitable.filter(({ pool }) => hasGpus(pool))];
    let left = replicas;
    while (left > 0 && preferred.some((some) => some.some((nodes) => nodes.place(pod)) || some.some((nodes) => nodes.grow(pod)))) left -= 1;
    if (left > 0) misfits.push(misfit(pod, left, why(pod, left, suitable, filling)));
  }
  for (const { pool, nodes, empty, crowdedOut } of filling) {
    if (pool.max === 0) continue;
    for (const pod of crowdedOut) misfits.push(misfit(pod, nodes.length, `asks for ${show(pod.requests)} on each node; one of ${pool.name} has ${show(empty.room)} left for it`));
  }
  return { pools: filling.map(({ pool, nodes, requested }) => ({ pool, nodes: nodes.length, pods: nodes.reduce((sum, { pods: count }) => sum + count, 0), requested })), misfits };
}

function why(pod: PodDemand, left: number, suitable: readonly PoolNodes[], all: readonly PoolNodes[]): string {
  if (suitable.length > 0) return `${left} of ${String(pod.replicas)} pods with ${show(pod.requests)} each find no room on ${suitable.map(({ pool: { name, max } }) => `${max} nodes of ${name}`).join(' and ')}`;
  const willing = all.filter(({ pool }) => takes(pool, pod));
  if (willing.length === 0) return 'no node pool has the labels it selects, and only taints it tolerates';
  return `asks for ${show(pod.requests)}; an empty node of ${willing.map(({ pool, empty }) => `${pool.name} has ${show(empty.room)}`).join(', of ')}`;
}

function misfit({ owner, component }: PodDemand, pods: number, reason: string): Misfit {
  return { owner, component, pods, reason };
}

function biggestFirst(a: PodDemand, b: PodDemand): number {
  return size(b) - size(a) || (a.owner < b.owner ? -1 : 1);
}

/** Cores and memory in one number: nodes have about 4 GiB a core. */
function size({ requests }: PodDemand): number {
  return requests.cpu / 1000 + requests.memory / 2 ** 32;
}

function hasGpus({ allocatable }: NodePoolCapacity): boolean {
  return Object.values(allocatable.gpus).some((count) => count > 0);
}
