import { k8s } from 'cdk8s-plus-27';
import type { ContainerResources } from '../../core';
import { TRAINER_IMAGES } from '../images';
import { anybodyWaivers, type RuntimeDefinition } from './definition';
import { initializer, nodes } from './pods';
import { nodeCount } from './single-job';

const WORKSPACE: k8s.VolumeMount = { name: 'initializer', mountPath: '/workspace' };
const RESOURCES: ContainerResources = { cpu: { request: '4', limit: '8' }, memory: { request: '16Gi', limit: '64Gi' } };

interface Model {
  readonly name: string;
  /** Recipe configuration of torchtune. */
  readonly config: string;
  readonly source: string;
  /** Where the tokenizer is, in the model. */
  readonly tokenizer: readonly string[];
}

/** Fine-tunes Llama 3.2 1B. */
export const torchtuneLlama3_2_1B = torchtune({
  name: 'torchtune-llama3.2-1b',
  config: 'llama3_2/1B_full',
  source: 'hf://meta-llama/Llama-3.2-1B-Instruct',
  tokenizer: ['tokenizer.path=/workspace/model/original/tokenizer.model'],
});

/** Fine-tunes Llama 3.2 3B. */
export const torchtuneLlama3_2_3B = torchtune({
  name: 'torchtune-llama3.2-3b',
  config: 'llama3_2/3B_full',
  source: 'hf://meta-llama/Llama-3.2-3B-Instruct',
  tokenizer: ['tokenizer.path=/workspace/model/original/tokenizer.model'],
});

/** Fine-tunes Qwen 2.5 1.5B. */
export const torchtuneQwen2_5_1_5B = torchtune({
  name: 'torchtune-qwen2.5-1.5b',
  config: 'qwen2_5/1.5B_full',
  source: 'hf://Qwen/Qwen2.5-1.5B-Instruct',
  tokenizer: ['tokenizer.path=/workspace/model/vocab.json', 'tokenizer.merges_file=/workspace/model/merges.txt'],
});

function torchtune(model: Model): RuntimeDefinition {
  return {
    name: model.name,
    framework: 'torchtune',
    waivers: anybodyWaivers,
    spec: (context) => ({
      mlPolicy: { numNodes: nodeCount(context), torch: {} },
      template: {
        spec: {
          volumeClaimPolicies: [
            {
              templates: [
                {
                  metadata: { name: WORKSPACE.name },
                  spec: {
                    accessModes: ['ReadWriteOnce'],
                    resources: { requests: { storage: k8s.Quantity.fromString(context.options.storage ?? '20Gi') } },
                  },
                },
              ],
            },
          ],
          replicatedJobs: [
            initializer(context, {
              step: 'dataset-initializer',
              image: TRAINER_IMAGES.datasetInitializer,
              env: { STORAGE_URI: 'hf://tatsu-lab/alpaca' },
              mounts: [WORKSPACE],
            }),
            initializer(context, { step: 'model-initializer', image: TRAINER_IMAGES.modelInitializer, env: { STORAGE_URI: model.source }, mounts: [WORKSPACE] }),
            nodes(context, {
              job: 'node',
              image: TRAINER_IMAGES.torchtune,
              resources: RESOURCES,
              gpus: 2,
              dependsOn: ['dataset-initializer', 'model-initializer'],
              mounts: [WORKSPACE],
              command: [
                'tune', 'run', '--rdzv_endpoint=localhost:29500', 'full_finetune_distributed', '--config', model.config,
                'dataset=torchtune.datasets.instruct_dataset', 'dataset.source=parquet', 'dataset.data_dir=/workspace/dataset/data',
                'output_dir=/workspace/output', ...model.tokenizer, 'checkpointer.checkpoint_dir=/workspace/model',
              ],
            }),
          ],
        },
      },
    }),
  };
}
