import { read } from '../field-path';
import { all, podSpecAt, type TemplateFinder, type TemplateShape } from './shape';

/** Sections of a predictor or explainer that stand for one container whose defaults a ServingRuntime holds. */
const MODEL_SECTIONS = [
  'model', 'sklearn', 'xgboost', 'tensorflow', 'pytorch', 'triton', 'onnx', 'huggingface', 'pmml', 'lightgbm', 'paddle', 'art', 'alibi', 'aix',
];
const MODEL_CONTAINER = 'kserve-container';
/** The container that the well-known LLM configurations define and a service completes. */
const LLM_CONTAINER = 'main';

/**
 * A component of an InferenceService: a pod spec with, for models, one section that KServe merges (as a strategic
 * merge patch) over the `kserve-container` of the ServingRuntime it chooses.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/pkg/apis/serving/v1beta1/predictor.go
 */
export function kserveComponentAt(pattern: string): TemplateFinder {
  const component: TemplateFinder = (object) =>
    podSpecAt(pattern)(object).map((shape) => {
      const sections = MODEL_SECTIONS.filter((section) => read(object, ...shape.spec, section) !== undefined);
      if (sections.length === 0) return shape;
      return {
        ...shape,
        merged: [MODEL_CONTAINER],
        singles: sections.map((section) => ({ path: [section], name: MODEL_CONTAINER, partial: true })),
      };
    });
  return all(component, podSpecAt(`${pattern}.workerSpec`, { metadata: undefined, merged: ['worker-container'] }));
}

/** The pod that serves models, and the one that helps it over several nodes. */
export const servingRuntime: TemplateFinder = all(podSpecAt('spec'), podSpecAt('spec.workerSpec'));

/**
 * Pods of an LLM service: it completes the configurations it refers to, so its `main` container is never whole. The
 * configurations themselves are what is completed.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/pkg/apis/serving/v1alpha1/llm_inference_service_types.go
 */
export const llmInferenceService: TemplateFinder = llmWorkloads({ metadata: undefined, merged: [LLM_CONTAINER] });
export const llmInferenceServiceConfig: TemplateFinder = llmWorkloads({ metadata: undefined });

function llmWorkloads(particulars: Partial<TemplateShape>): TemplateFinder {
  const places = ['spec.template', 'spec.worker', 'spec.prefill.template', 'spec.prefill.worker', 'spec.router.scheduler.template', 'spec.router.scheduler.tokenizer.template'];
  return all(...places.map((at) => podSpecAt(at, particulars)));
}
