export type { ContainerPatch, MetadataPatch, PodPatch, PodSpecPatch, RuntimePatch } from './patches';
export type { InitializerProps, NodeResources, TrainJobProps } from './props';
export { TrainJob } from './train-job';
