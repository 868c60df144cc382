import { RootConstruct } from 'constructs';
import { checkObjectName } from '../../core';
import type { ClusterTrainingRuntimeRef } from '../runtime';
import { knowledgeOf } from '../runtime/reference';
import { torchDistributedWithCache } from './data-cache';
import type { RuntimeDefinition } from './definition';
import { deepspeedDistributed, mlxDistributed } from './mpi';
import { jaxDistributed, torchDistributed, xgboostDistributed } from './single-job';
import { torchtuneLlama3_2_1B, torchtuneLlama3_2_3B, torchtuneQwen2_5_1_5B } from './torchtune';

/** Every runtime that comes with Trainer. */
export const RUNTIMES = {
  torchDistributed,
  deepspeedDistributed,
  mlxDistributed,
  jaxDistributed,
  xgboostDistributed,
  torchtuneLlama3_2_1B,
  torchtuneLlama3_2_3B,
  torchtuneQwen2_5_1_5B,
  torchDistributedWithCache,
} as const satisfies Record<string, RuntimeDefinition>;

/** A runtime that comes with Trainer, by the name it has in code. */
export type RuntimeId = keyof typeof RUNTIMES;

/** The ids, in the order of declaration. */
export const RUNTIME_IDS = Object.keys(RUNTIMES) as readonly RuntimeId[];

/**
 * A ClusterTrainingRuntime that the cluster has already. Of one that comes with Trainer, by its name, the jobs and default resources
 * are known, so that TrainJobs are checked against them.
 *
 * @param name e.g. `torch-distributed`
 * @throws InvalidInputError for a malformed name
 */
export function existingRuntime(name: string): ClusterTrainingRuntimeRef {
  checkObjectName('ClusterTrainingRuntime', name, 'existingRuntime');
  const definition = Object.values<RuntimeDefinition>(RUNTIMES).find((each) => each.name === name);
  if (!definition) return { kind: 'ClusterTrainingRuntime', name };
  const spec = definition.spec({ scope: new RootConstruct(name), podSecurity: 'restricted', options: {} });
  return { kind: 'ClusterTrainingRuntime', name, framework: definition.framework, ...knowledgeOf(spec) };
}
