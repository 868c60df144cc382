import { TRAINER_IMAGES } from '../images';
import { anybodyWaivers, type RuntimeContext, type RuntimeDefinition } from './definition';
import { nodes } from './pods';

/** PyTorch, started by `torchrun` on each node. */
export const torchDistributed: RuntimeDefinition = {
  name: 'torch-distributed',
  framework: 'torch',
  waivers: anybodyWaivers,
  spec: (context) => ({
    mlPolicy: { numNodes: nodeCount(context), torch: {} },
    template: { spec: { replicatedJobs: [nodes(context, { job: 'node', image: TRAINER_IMAGES.pytorch })] } },
  }),
};

/** JAX, a process a node. */
export const jaxDistributed: RuntimeDefinition = {
  name: 'jax-distributed',
  framework: 'jax',
  waivers: anybodyWaivers,
  spec: (context) => ({
    mlPolicy: { numNodes: nodeCount(context), jax: {} },
    template: { spec: { replicatedJobs: [nodes(context, { job: 'node', image: TRAINER_IMAGES.jax })] } },
  }),
};

/** XGBoost: a worker a GPU, or a node. */
export const xgboostDistributed: RuntimeDefinition = {
  name: 'xgboost-distributed',
  framework: 'xgboost',
  waivers: anybodyWaivers,
  spec: (context) => ({
    mlPolicy: { numNodes: nodeCount(context), xgboost: {} },
    template: { spec: { replicatedJobs: [nodes(context, { job: 'node', image: TRAINER_IMAGES.xgboost })] } },
  }),
};

/** Nodes of a job that does not say how many. */
export function nodeCount(context: RuntimeContext): number {
  return context.options.nodes ?? 1;
}
