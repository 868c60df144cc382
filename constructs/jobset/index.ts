export type { LeaderElectionConfig } from '../core';
export type { JobSetConfig } from './config';
export { JOBSET_IMAGES } from './images';
export { existingJobSet, type JobSets } from './job-sets';
export { JobSet, type JobSetProps } from './jobset';
export { type FailurePolicy, type JobSetSpec, jobSetSpecJson, type ReplicatedJob, type VolumeClaimPolicy } from './spec';
export { JOBSET_VERSION } from './versions';
