export {
  type ClusterTrainingRuntimeRef,
  existingNamespacedRuntime,
  type Framework,
  FRAMEWORK_LABEL,
  type ResourceAmounts,
  type RuntimeJob,
  type Step,
  STEP_LABEL,
  type TrainingRuntimeRef,
} from './reference';
export type { MlPolicy, MpiPolicy, PodGroupPolicy, TrainingRuntimeSpec } from './spec';
export { ClusterTrainingRuntime, type ClusterTrainingRuntimeProps, TrainingRuntime, type TrainingRuntimeProps } from './training-runtime';
