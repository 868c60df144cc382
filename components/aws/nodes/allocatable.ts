import type { NodeCapacity } from '../../capacity';
import type { MachineType } from './machine-types';

const MI = 1024 ** 2;
const GI = 1024 ** 3;

/** EKS's recommendation for pods a node with prefix delegation: by vCPUs. @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html */
export const MAX_PODS = { small: 110, large: 250, largeFromVcpus: 30 } as const;
/** Part of a machine's nominal memory that the kernel and the hypervisor keep: nodes report less than their type says. @see https://karpenter.sh/docs/reference/settings/ */
export const MEMORY_OVERHEAD = 0.075;
/** What pods are evicted at. @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go */
const EVICTION = { memory: 100 * MI, disk: 0.1 } as const;
const RESERVED_DISK_GIB = 1;
/** Resource names of what is allocated by device plugins. */
export const GPU_RESOURCE = 'nvidia.com/gpu';

/** What a node keeps for the kubelet and the container runtime. */
export interface KubeReserved {
  /** Thousandths of a core. */
  readonly cpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

/** How many pods a node takes. */
export function maxPods({ vcpus }: MachineType): number {
  return vcpus < MAX_PODS.largeFromVcpus ? MAX_PODS.small : MAX_PODS.large;
}

/**
 * What EKS's images reserve: of the first core 6 %, of the second 1 %, of the next two 0.5 %, of all others 0.25 %; of memory 255 MiB and 11 MiB a pod.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
export function kubeReserved({ vcpus }: MachineType, pods: number): KubeReserved {
  const tenThousandths = [600, 100, 50, 50].slice(0, vcpus).reduce((sum, each) => sum + each, 0) + Math.max(vcpus - 4, 0) * 25;
  return { cpu: Math.floor(tenThousandths / 10), memoryMib: 11 * pods + 255, diskGib: RESERVED_DISK_GIB };
}

/** What pods get of a machine with a disk of a size. */
export function allocatable(machine: MachineType, diskGib: number, pods: number, reserved: KubeReserved): NodeCapacity {
  return {
    cpu: machine.vcpus * 1000 - reserved.cpu,
    memory: Math.floor(machine.memoryGib * GI * (1 - MEMORY_OVERHEAD)) - reserved.memoryMib * MI - EVICTION.memory,
    gpus: machine.gpus ? { [GPU_RESOURCE]: machine.gpus.count } : {},
    pods,
    ephemeralStorage: Math.floor(diskGib * GI * (1 - EVICTION.disk)) - reserved.diskGib * GI,
  };
}

/** The least of each: what pods may count on in a group of different machines. */
export function leastOf(capacities: readonly NodeCapacity[]): NodeCapacity {
  const least = (of: (capacity: NodeCapacity) => number) => Math.min(...capacities.map(of));
  const names = [...new Set(capacities.flatMap(({ gpus }) => Object.keys(gpus)))];
  return {
    cpu: least(({ cpu }) => cpu),
    memory: least(({ memory }) => memory),
    gpus: Object.fromEntries(names.map((name) => [name, least(({ gpus }) => gpus[name] ?? 0)])),
    pods: least(({ pods }) => pods),
    ephemeralStorage: least(({ ephemeralStorage }) => ephemeralStorage),
  };
}
