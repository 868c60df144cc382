import type { NodePoolCapacity } from '../../components/capacity';
import type { SynthesizedObject } from '../../constructs/core';
import { type Amounts, NOTHING, plus, timesOf } from './amounts';
import { demandOf, type PodDemand } from './demand';
import { fit, type Misfit, type PoolUse } from './fit';
import { takes } from './takes';

/** What a component asks for. */
export interface ComponentDemand {
  readonly component: string;
  /** Of a DaemonSet, as many as there are nodes for it, if those are known. */
  readonly pods: number;
  readonly requests: Amounts;
  /** Bytes of volumes. */
  readonly disk: number;
}

/** What a platform asks for, against what its nodes have. */
export interface Capacity {
  readonly components: readonly ComponentDemand[];
  readonly pools: readonly PoolUse[];
  readonly misfits: readonly Misfit[];
}

/** A platform for which the nodes have no room; nothing was made. */
export class CapacityError extends Error {
  override readonly name = 'CapacityError';
  constructor(readonly misfits: readonly Misfit[]) {
    super(
      `the platform does not fit on its nodes; nothing was made:\n${misfits.map(({ component, owner, reason }) => `  ${component}: ${owner}: ${reason}`).join('\n')}\n` +
        'Give the node pools larger machines or more of them (kubeflow-cdk:nodes), or the component less.',
    );
  }
}

/**
 * Sets what objects ask for against what node pools have.
 *
 * @param pools none, where the nodes are not known, as of a cluster that was there before: nothing is said of room then
 */
export function capacityOf(objects: readonly SynthesizedObject[], pools: readonly NodePoolCapacity[]): Capacity {
  const demand = demandOf(objects);
  const { pools: uses, misfits } = pools.length > 0 ? fit(demand.pods, pools) : { pools: [], misfits: [] };
  const nodesFor = (pod: PodDemand): number => uses.reduce((sum, { pool, nodes }) => sum + (takes(pool, pod) ? nodes : 0), 0);
  const names = [...new Set([...demand.pods.map(({ component }) => component), ...Object.keys(demand.disk)])];
  return {
    components: names.map((component) => {
      const pods = demand.pods.filter((pod) => pod.component === component).map((pod) => ({ ...pod, count: pod.replicas === 'each-node' ? nodesFor(pod) : pod.replicas }));
      return {
        component,
        pods: pods.reduce((sum, { count }) => sum + count, 0),
        requests: pods.map(({ requests, count }) => timesOf(requests, count)).reduce(plus, NOTHING),
        disk: demand.disk[component] ?? 0,
      };
    }),
    pools: uses,
    misfits,
  };
}

/**
 * @throws CapacityError if there is a pod for which there is no room
 */
export function requireRoom(capacity: Capacity): Capacity {
  if (capacity.misfits.length > 0) throw new CapacityError(capacity.misfits);
  return capacity;
}
