export { NodeAccount, type ImageRepository, type NodeAccountArgs } from './account';
export { readMachineType, type MachineGpus, type MachineShape } from './machine-types';
export { zonesOffering, type WantedMachine } from './offered';
export { POOL_LABEL } from './plan';
export { NodePool } from './pool';
export { POOL_DEFAULTS } from './pool-args';
export type { CpuPoolArgs, GpuPoolArgs, GpuProvisioning, NodePoolArgs, SystemPoolArgs } from './pool-args';
export type { AttachedGpus } from './gpus';
