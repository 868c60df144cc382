import { type JobSetSpec, jobSetSpecJson } from '../../jobset';

/**
 * `spec` of a ClusterTrainingRuntime or TrainingRuntime: how jobs of one kind are run. A TrainJob fills in what differs.
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/apis/trainer/v1alpha1/trainingruntime_types.go
 */
export interface TrainingRuntimeSpec {
  readonly mlPolicy?: MlPolicy;
  readonly podGroupPolicy?: PodGroupPolicy;
  readonly template: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
    readonly spec: JobSetSpec;
  };
}

/** How the nodes of a job find each other: at most one framework's way. */
export type MlPolicy = {
  /** Nodes of a job that does not say how many. @default 1 */
  readonly numNodes?: number;
} & (
  | { readonly torch?: Readonly<Record<string, never>> }
  | { readonly jax: Readonly<Record<string, never>> }
  | { readonly xgboost: Readonly<Record<string, never>> }
  | { readonly mpi: MpiPolicy }
  | { readonly flux: { readonly numProcPerNode?: number } }
);

/** How MPI programs are started: over SSH, from a launcher. */
export interface MpiPolicy {
  /** Processes a node; a job with GPUs and no number of its own gets one a GPU. @default 1 */
  readonly numProcPerNode?: number;
  /** @default 'OpenMPI' */
  readonly mpiImplementation?: 'OpenMPI';
  /** Directory the SSH keys are mounted at. @default '/root/.ssh' */
  readonly sshAuthMountPath?: string;
  /** Whether the launcher trains, too. @default false */
  readonly runLauncherAsNode?: boolean;
}

/** Gang scheduling: all pods of a job or none. Its scheduler must be in the cluster. */
export type PodGroupPolicy =
  | { readonly coscheduling: { /** Seconds the pods are waited for together. @default 60 */ readonly scheduleTimeoutSeconds?: number } }
  | { readonly volcano: { readonly networkTopology?: { readonly mode?: 'hard' | 'soft'; readonly highestTierAllowed?: number } } };

/** The spec as the API has it. */
export function runtimeSpecJson(spec: TrainingRuntimeSpec): Record<string, unknown> {
  return { ...spec, template: { ...spec.template, spec: jobSetSpecJson(spec.template.spec) } };
}
