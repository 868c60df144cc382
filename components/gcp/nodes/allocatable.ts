import type { NodeCapacity } from '../../capacity';
import type { MachineShape } from './machine-types';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** A part of a resource that is reserved: up to how much, and which share of that. */
type Bracket = readonly [upTo: number, share: number];

/**
 * What GKE sets aside of the memory, GiB by GiB.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes#memory_reservations
 */
const MEMORY: readonly Bracket[] = [[4, 0.25], [8, 0.2], [16, 0.1], [128, 0.06], [Infinity, 0.02]];

/** What GKE sets aside of machines with less than one GiB. */
const SMALL_MACHINE = 255 * MIB;

/** Memory at which the kubelet begins to evict. */
const EVICTION = 100 * MIB;

/** Share of the memory that the firmware and the kernel keep, so that the kubelet sees less than the machine has: about 16.4 of 16.8 million KiB. */
const KERNEL = 0.03;

/** What GKE sets aside of the cores. @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes#cpu_reservations */
const CPU: readonly Bracket[] = [[1, 0.06], [2, 0.01], [4, 0.005], [Infinity, 0.0025]];

/** Thousandths of a core set aside of machines with shared cores. */
const SHARED_CORE = 1060;

/** Pods on a node above which GKE sets aside more of the cores, and how much more. */
const MANY_PODS = { above: 110, cpu: 400 } as const;

/** Disk that Container-Optimized OS has its own partitions on, and what the file system takes for itself: 94.3 of 100 GiB remain. */
const SYSTEM_PARTITIONS = 0.058;

/** What a node has for pods: by GKE's published formulas, rounded against us where they leave room. */
export function allocatable(machine: MachineShape, gpus: number, { diskGib, maxPodsPerNode }: { readonly diskGib: number; readonly maxPodsPerNode: number }): NodeCapacity {
  return {
    cpu: allocatableCpu(machine, maxPodsPerNode),
    memory: allocatableMemory(machine.memoryGib),
    gpus: gpus > 0 ? { [GPU_RESOURCE]: gpus } : {},
    pods: maxPodsPerNode,
    ephemeralStorage: allocatableDisk(diskGib),
  };
}

/** Resource by which pods ask for GPUs of NVIDIA. */
export const GPU_RESOURCE = 'nvidia.com/gpu';

function allocatableCpu({ vcpus, sharedCore }: MachineShape, maxPodsPerNode: number): number {
  const reserved = sharedCore ? SHARED_CORE : 1000 * reservedOf(vcpus, CPU);
  return Math.floor(vcpus * 1000 - reserved - (maxPodsPerNode > MANY_PODS.above ? MANY_PODS.cpu : 0));
}

function allocatableMemory(memoryGib: number): number {
  const reserved = memoryGib < 1 ? SMALL_MACHINE : reservedOf(memoryGib, MEMORY) * GIB;
  return Math.floor(memoryGib * GIB * (1 - KERNEL) - reserved - EVICTION);
}

/**
 * Of the boot disk the system has the least of half of it, 6 GiB and 35 % of it, and 100 GiB; and at a tenth left the kubelet evicts.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes#ephemeral_storage
 */
function allocatableDisk(diskGib: number): number {
  const reserved = Math.min(diskGib * 0.5, 6 + diskGib * 0.35, 100);
  return Math.floor((diskGib * (1 - SYSTEM_PARTITIONS) * 0.9 - reserved) * GIB);
}

function reservedOf(amount: number, brackets: readonly Bracket[]): number {
  let from = 0;
  let reserved = 0;
  for (const [upTo, share] of brackets) {
    reserved += Math.max(0, Math.min(amount, upTo) - from) * share;
    from = upTo;
  }
  return reserved;
}
