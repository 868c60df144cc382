import type { Amount, EnvValue, Image, Waiver } from '../../core';
import type { TrainingRuntimeRef } from '../../trainer';
import type { PodPatch, RuntimePatch } from './patches';

/** CPU, memory and devices of a node. An amount as text is request and limit at once. */
export interface NodeResources {
  /** Cores, e.g. `'4'` or `'500m'`. @default the runtime's */
  readonly cpu?: Amount | string;
  /** Bytes, e.g. `'16Gi'`. @default the runtime's */
  readonly memory?: Amount | string;
  /** Bytes on the node's disk. @default the runtime's */
  readonly ephemeralStorage?: Amount | string;
  /** Devices by resource name, e.g. `{ 'amd.com/gpu': 8, 'vpc.amazonaws.com/efa': 1 }`. @default the runtime's */
  readonly devices?: Readonly<Record<string, number>>;
}

/** A dataset or a model that is fetched before the nodes start. */
export interface InitializerProps {
  /** Where it is, e.g. `hf://tatsu-lab/alpaca` or `s3://bucket/path`. At most 2048 characters. @default the runtime's */
  readonly storageUri?: string;
  /** Settings of the program that fetches it. @default none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Secret, in the job's namespace, whose entries become environment variables, such as a token. @default none */
  readonly secretName?: string;
}

/** Props of {@link TrainJob}. */
export interface TrainJobProps {
  /** How the job is run: a runtime of the platform (`trainer.runtimes.torchDistributed`), or `existingRuntime('torch-distributed')`. */
  readonly runtime: TrainingRuntimeRef;
  /** Name of the object. At most 63 characters; fewer with many nodes, because the names of pods are made from it. @default the construct's id */
  readonly name?: string;
  /** @default the namespace of the chart */
  readonly namespace?: string;
  /** Nodes that train together. @default the runtime's, which is 1 for those that come with Trainer */
  readonly nodes?: number;
  /**
   * Processes on each node. @default torch: one a GPU, or one a core of the CPU request; MPI: one a GPU, or the runtime's, which is 1
   */
  readonly processesPerNode?: number;
  /** Image with the program. @default the runtime's */
  readonly image?: Image | string;
  /** @default the runtime's */
  readonly command?: readonly string[];
  /** @default the runtime's */
  readonly args?: readonly string[];
  /** Environment of the program, in addition to what the runtime sets. @default nothing more */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** NVIDIA GPUs of each node: `nvidia.com/gpu`. @default the runtime's, which is none but for torchtune's 2 */
  readonly gpus?: number;
  /**
   * What each node gets. Whatever is left out stays as the runtime has it. (In the API, naming any resource of a job drops all those of
   * its runtime; here they are filled in again where the runtime is known, and with cpu 1 (limit 4), memory 2Gi (limit 8Gi) where not.)
   *
   * @default the runtime's
   */
  readonly resources?: NodeResources;
  /** Dataset fetched before the nodes start; the runtime must have a job for it. @default the runtime's */
  readonly dataset?: InitializerProps;
  /** Model fetched before the nodes start; the runtime must have a job for it. @default the runtime's */
  readonly model?: InitializerProps;
  /** Changes to the pods of the nodes: where they run, as whom, with which volumes. @default none */
  readonly pods?: PodPatch;
  /** Changes to any job of the runtime, each under the name of who makes them. @default none but `pods` */
  readonly runtimePatches?: readonly RuntimePatch[];
  /** Do not start, or stop, until it is `false`: for queues. @default false */
  readonly suspend?: boolean;
  /** Seconds after which the job has failed if it has not ended. @default it may run for ever */
  readonly activeDeadlineSeconds?: number;
  /** Who runs it. @default 'trainer.kubeflow.org/trainjob-controller' */
  readonly managedBy?: 'trainer.kubeflow.org/trainjob-controller' | 'kueue.x-k8s.io/multikueue';
  /** Labels of the TrainJob, e.g. `kueue.x-k8s.io/queue-name`. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Reasoned exceptions to policies, which patches of pods may need. @default none */
  readonly waivers?: readonly Waiver[];
}
