export type { TrainerConfig } from './config';
export type { DataCacheProps } from './data-cache';
export { TRAINER_IMAGES } from './images';
export * from './runtime';
export { existingRuntime, RUNTIME_IDS, type RuntimeId, type RuntimeOptions, type RuntimePodSecurity } from './runtimes';
export { Trainer, type TrainerProps } from './trainer';
export { TRAINER_VERSION } from './versions';
