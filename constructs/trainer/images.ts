import type { Image } from '../core';
import { TRAINER_VERSION } from './versions';

const AMD64 = ['linux/amd64'] as const;
const AMD64_ARM64 = ['linux/amd64', 'linux/arm64'] as const;

function trainer(program: string, platforms: readonly string[] = AMD64_ARM64): Image {
  return { registry: 'ghcr.io', repository: `kubeflow/trainer/${program}`, tag: `v${TRAINER_VERSION}`, platforms };
}

/**
 * Images of Trainer and its runtimes. `dataCache` stands in a variable of an initializer, which starts pods of it.
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/manifests/overlays/runtimes/kustomization.yaml
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/.github/workflows/build-and-push-images.yaml for the platforms
 */
export const TRAINER_IMAGES = {
  controller: trainer('trainer-controller-manager', [...AMD64_ARM64, 'linux/ppc64le']),
  datasetInitializer: trainer('dataset-initializer'),
  modelInitializer: trainer('model-initializer'),
  dataCache: trainer('data-cache'),
  deepspeed: trainer('deepspeed-runtime'),
  mlx: trainer('mlx-runtime', AMD64),
  torchtune: trainer('torchtune-trainer'),
  xgboost: trainer('xgboost-runtime'),
  jax: { registry: 'nvcr.io', repository: 'nvidia/jax', tag: '25.10-py3' },
  pytorch: { registry: 'docker.io', repository: 'pytorch/pytorch', tag: '2.10.0-cuda12.8-cudnn9-runtime', platforms: AMD64 },
} as const satisfies Record<string, Image>;
