export { MAX_PODS, MEMORY_OVERHEAD } from './allocatable';
export { ACCELERATOR_LABELS, type GpuModel } from './gpu-machines';
export { machineType, type MachineType } from './machine-types';
export { AMI_TYPES, CAPACITY_TYPES, NodeGroup, TAINT_EFFECTS } from './node-group';
export { MOST_NODES, type NodeGroupArgs, type NodeKind, type Purchase } from './node-group-args';
export { NODE_POLICIES, NodeRole, type NodeRoleArgs } from './node-role';
export type { NodeImage } from './user-data';
