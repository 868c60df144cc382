import type { NodeCapacity, NodePoolCapacity } from '../../capacity';
import { machineType } from './machine-types';
import { labelsOf, taintsOf } from './placement';
import { maxPodsOf, minNodesOf, osDiskGiBOf, type NodePool } from './pool';

/**
 * What AKS 1.29 and later keep of a node for themselves.
 *
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations
 */
const MEMORY_PER_POD_MIB = 20;
const MEMORY_FOR_KUBELET_MIB = 50;
const LARGEST_SHARE_OF_MEMORY = 0.25;
const EVICTION_MIB = 100;
/** Thousandths of a core by cores, with straight lines in between and the last one going on. */
const CPU_RESERVED: readonly (readonly [cores: number, reserved: number])[] = [[1, 60], [2, 100], [4, 140], [8, 180], [16, 260], [32, 420], [64, 740]];

/** Part of a machine's memory that Linux sees, at the least: nodes of 7 to 220 GiB that people have listed show 0.967 to 0.983. */
const VISIBLE_MEMORY = 0.965;
/** Part of a disk that is left once it is formatted: 129886128 KiB of 128 GiB. */
const FORMATTED = 0.967;
/** The kubelet evicts pods from a node whose disk has less than a tenth left. */
const DISK_FOR_PODS = 0.9;

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Thousandths of a core that AKS keeps of a node. */
export function reservedCpu(vCpus: number): number {
  const after = CPU_RESERVED.findIndex(([cores]) => cores >= vCpus);
  const [upper, lower] = after < 0 ? [CPU_RESERVED.at(-1), CPU_RESERVED.at(-2)] : [CPU_RESERVED[after], CPU_RESERVED[after - 1]];
  if (!upper) throw new Error('there are reservations for no number of cores');
  if (!lower) return upper[1];
  return upper[1] + ((vCpus - upper[0]) * (upper[1] - lower[1])) / (upper[0] - lower[0]);
}

/** MiB that AKS keeps of a node. */
export function reservedMemoryMiB(memoryGiB: number, maxPods: number): number {
  return Math.min(MEMORY_PER_POD_MIB * maxPods + MEMORY_FOR_KUBELET_MIB, LARGEST_SHARE_OF_MEMORY * memoryGiB * 1024) + EVICTION_MIB;
}

/**
 * What a node of a pool has for pods, rather too little than too much.
 *
 * @throws InvalidInputError for an unknown size
 */
export function nodeCapacity(pool: NodePool, where: string): NodeCapacity {
  const { vCpus, memoryGiB, gpus } = machineType(pool.vmSize, where);
  const pods = maxPodsOf(pool);
  return {
    cpu: Math.floor(vCpus * 1000 - reservedCpu(vCpus)),
    memory: Math.floor(memoryGiB * GIB * VISIBLE_MEMORY - reservedMemoryMiB(memoryGiB, pods) * MIB),
    gpus,
    pods,
    ephemeralStorage: Math.floor(osDiskGiBOf(pool) * GIB * FORMATTED * DISK_FOR_PODS),
  };
}

/**
 * A pool as the platform is measured against.
 *
 * @throws InvalidInputError for an unknown size
 */
export function poolCapacity(pool: NodePool, where: string): NodePoolCapacity {
  return { name: pool.name, min: minNodesOf(pool), max: pool.max, labels: labelsOf(pool), taints: taintsOf(pool), allocatable: nodeCapacity(pool, where) };
}
