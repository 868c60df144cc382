export { nodeCapacity, poolCapacity } from './capacity';
export { checkPool, checkTogether, LARGEST_POOL, PODS_PER_NODE } from './checks';
export { GPU_SIZES, machineType, type MachineType } from './machine-types';
export { AksNodePools, type AksNodePoolsArgs } from './node-pools';
export { checkOffered } from './offered';
export type { CpuPool, GpuPool, NodeOs, NodePool, SystemPool, UserPool } from './pool';
