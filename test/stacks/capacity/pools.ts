import type { NodePoolCapacity } from '../../../components/capacity';
import type { PodDemand } from '../../../stacks/capacity/demand';

export const GiB = 2 ** 30;

/** Pods of 1 core and 1 GiB, unless said otherwise; amounts in cores and GiB. */
export function pods(owner: string, replicas: PodDemand['replicas'], { cpu = 1, memory = 1, gpus = 0, ...rest }: { cpu?: number; memory?: number; gpus?: number } & Partial<Pick<PodDemand, 'nodeSelector' | 'tolerations'>> = {}): PodDemand {
  return { component: 'some', owner, replicas, requests: { cpu: cpu * 1000, memory: memory * GiB, gpus: gpus > 0 ? { 'nvidia.com/gpu': gpus } : {} }, nodeSelector: {}, tolerations: [], ...rest };
}

/** A pool of nodes with 4 cores and 16 GiB, unless said otherwise. */
export function pool(name: string, { cpu = 4, memory = 16, gpus = 0, podsEach = 110, ...rest }: { cpu?: number; memory?: number; gpus?: number; podsEach?: number } & Partial<Pick<NodePoolCapacity, 'min' | 'max' | 'labels' | 'taints'>> = {}): NodePoolCapacity {
  return { name, min: 0, max: 10, labels: {}, taints: [], allocatable: { cpu: cpu * 1000, memory: memory * GiB, gpus: gpus > 0 ? { 'nvidia.com/gpu': gpus } : {}, pods: podsEach, ephemeralStorage: 100 * GiB }, ...rest };
}
