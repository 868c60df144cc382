import type { Image } from '../core';
import { KSERVE_VERSION } from './versions';

/** An image that KServe's own release publishes. */
function released(program: string): Image {
  return { registry: 'docker.io', repository: `kserve/${program}`, tag: `v${KSERVE_VERSION}` };
}

const GPU_ONLY = ['linux/amd64'] as const;

/**
 * Programs of KServe: controllers, and those they put into users' pods, which upstream names in `inferenceservice-config` and
 * in the ClusterStorageContainer.
 */
export const KSERVE_IMAGES = {
  controller: released('kserve-controller'),
  /** Guards the metrics of the controller. */
  metricsProxy: { registry: 'quay.io', repository: 'brancz/kube-rbac-proxy', tag: 'v0.18.0' },
  llmController: released('llmisvc-controller'),
  localModelController: released('kserve-localmodel-controller'),
  localModelAgent: released('kserve-localmodelnode-agent'),
  /** Downloads models, as an init container or a job. */
  storageInitializer: released('storage-initializer'),
  /** Logs, batches and pulls models, beside a model server. */
  agent: released('agent'),
  /** Runs an InferenceGraph. */
  router: released('router'),
  artExplainer: released('art-explainer'),
} as const satisfies Record<string, Image>;

/** Model servers, by what they are called in KServe's documentation. */
export const RUNTIME_IMAGES = {
  sklearn: released('sklearnserver'),
  xgboost: released('xgbserver'),
  lightgbm: released('lgbserver'),
  pmml: released('pmmlserver'),
  paddle: released('paddleserver'),
  predictive: released('predictiveserver'),
  huggingface: { ...released('huggingfaceserver'), platforms: ['linux/amd64'] },
  huggingfaceGpu: { ...released('huggingfaceserver'), tag: `v${KSERVE_VERSION}-gpu`, platforms: GPU_ONLY },
  mlserver: { registry: 'docker.io', repository: 'seldonio/mlserver', tag: '1.5.0' },
  tensorflow: { registry: 'docker.io', repository: 'tensorflow/serving', tag: '2.6.2', platforms: ['linux/amd64'] },
  torchserve: { registry: 'docker.io', repository: 'pytorch/torchserve-kfs', tag: '0.9.0', platforms: ['linux/amd64'] },
  triton: { registry: 'nvcr.io', repository: 'nvidia/tritonserver', tag: '23.05-py3' },
} as const satisfies Record<string, Image>;

/** Programs of llm-d that the presets of LLMInferenceService start. */
export const LLM_IMAGES = {
  /** vLLM on CUDA. */
  server: { registry: 'ghcr.io', repository: 'llm-d/llm-d-cuda', tag: 'v0.4.0' },
  /** Sends a request through prefill before decode. */
  routingSidecar: { registry: 'ghcr.io', repository: 'llm-d/llm-d-routing-sidecar', tag: 'v0.4.0' },
  /** Picks the replica that answers a request. */
  scheduler: { registry: 'ghcr.io', repository: 'llm-d/llm-d-inference-scheduler', tag: 'v0.4.0' },
} as const satisfies Record<string, Image>;
