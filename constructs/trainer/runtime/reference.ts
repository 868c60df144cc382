import type { Provided } from '../../core';
import { checkObjectName, InvalidInputError } from '../../core';
import type { ReplicatedJob } from '../../jobset';
import type { TrainingRuntimeSpec } from './spec';

/** Label that says which part of a TrainJob a job of the runtime carries out. */
export const STEP_LABEL = 'trainer.kubeflow.org/trainjob-ancestor-step';

/** Label that names the framework, by which the Python SDK tells runtimes apart. */
export const FRAMEWORK_LABEL = 'trainer.kubeflow.org/framework';

/** Part of a TrainJob. */
export type Step = 'trainer' | 'dataset-initializer' | 'model-initializer';

/** Frameworks of the runtimes that come with Trainer. */
export type Framework = 'torch' | 'torchtune' | 'deepspeed' | 'mlx' | 'jax' | 'xgboost';

/** A job of a runtime. */
export interface RuntimeJob {
  readonly name: string;
  /** @default it is no part that a TrainJob sets */
  readonly step?: Step;
  readonly containers: readonly string[];
}

/** Amounts by resource name, as Kubernetes writes them. */
export interface ResourceAmounts {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** A training runtime that TrainJobs can use, and what is known of it. */
export interface TrainingRuntimeRef extends Provided {
  readonly kind: 'ClusterTrainingRuntime' | 'TrainingRuntime';
  readonly name: string;
  /** Namespace of a TrainingRuntime; jobs must be in the same. @default none: it serves every namespace */
  readonly namespace?: string;
  /** @default not known */
  readonly framework?: string;
  /** Jobs it is made of, against which a TrainJob is checked. @default not known: nothing is checked */
  readonly jobs?: readonly RuntimeJob[];
  /** What a node gets unless the job says otherwise. @default not known */
  readonly nodeResources?: ResourceAmounts;
}

/** A training runtime of the whole cluster. */
export interface ClusterTrainingRuntimeRef extends TrainingRuntimeRef {
  readonly kind: 'ClusterTrainingRuntime';
}

/**
 * A TrainingRuntime that its namespace has already.
 *
 * @throws InvalidInputError for a malformed name
 */
export function existingNamespacedRuntime(name: string, namespace: string): TrainingRuntimeRef {
  checkObjectName('TrainingRuntime', name, 'existingNamespacedRuntime');
  if (namespace === '') throw new InvalidInputError({ property: 'namespace', value: namespace, expected: 'the namespace of the runtime', where: 'existingNamespacedRuntime' });
  return { kind: 'TrainingRuntime', name, namespace };
}

/** What a TrainJob needs to know of a runtime, read from its spec. */
export function knowledgeOf(spec: TrainingRuntimeSpec): Required<Pick<TrainingRuntimeRef, 'jobs'>> & Pick<TrainingRuntimeRef, 'nodeResources'> {
  const jobs = spec.template.spec.replicatedJobs;
  const trainer = jobs.find((job) => stepOf(job) === 'trainer');
  const resources = podOf(trainer)?.containers.find((container) => container.name === 'node')?.resources;
  const amounts = (quantities: Readonly<Record<string, { readonly value: unknown }>> = {}) =>
    Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, String(quantity.value)]));
  return {
    jobs: jobs.map((job) => ({
      name: job.name,
      step: stepOf(job),
      containers: [...(podOf(job)?.initContainers ?? []), ...(podOf(job)?.containers ?? [])].map((container) => container.name),
    })),
    ...(resources && { nodeResources: { requests: amounts(resources.requests), limits: amounts(resources.limits) } }),
  };
}

function stepOf(job: ReplicatedJob): Step | undefined {
  const step = job.template.metadata?.labels?.[STEP_LABEL];
  return step === 'trainer' || step === 'dataset-initializer' || step === 'model-initializer' ? step : undefined;
}

function podOf(job: ReplicatedJob | undefined) {
  return job?.template.spec.template.spec;
}
