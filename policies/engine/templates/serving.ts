import { kserveComponentAt, llmInferenceService, llmInferenceServiceConfig, servingRuntime } from './kserve';
import { all, podSpecAt, rows, type TemplateTable, templateAt } from './shape';

/**
 * Model graphs of Seldon Core 1: each predictor has pods of its own; servers that Seldon prepares are containers
 * without an image. Core 2 keeps pods of servers and of its own components as plain pod specs.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/reference/seldon-deployment.html
 */
const seldonDeployment = all(
  templateAt('spec.predictors[].componentSpecs[]'),
  podSpecAt('spec.predictors[].explainer', {
    metadata: undefined,
    openPod: true,
    singles: [{ path: ['containerSpec'], name: 'explainer', partial: true }],
  }),
);
const seldonServer = podSpecAt('spec.podSpec', { metadata: undefined, partial: true, standIn: '(every container)' });

/** Custom resources that serve models and functions. */
export const SERVING: TemplateTable = [
  ['serving.kserve.io/InferenceService', all(...['predictor', 'transformer', 'explainer'].map((component) => kserveComponentAt(`spec.${component}`)))],
  ...rows('serving.kserve.io', ['ServingRuntime', 'ClusterServingRuntime'], servingRuntime),
  ['serving.kserve.io/ClusterStorageContainer', podSpecAt('spec', { singles: [{ path: ['container'], name: 'storage-initializer' }] })],
  ['serving.kserve.io/InferenceGraph', podSpecAt('spec', { metadata: undefined, partial: true, singles: [{ path: [], name: 'router', partial: true }] })],
  ['serving.kserve.io/LLMInferenceService', llmInferenceService],
  ['serving.kserve.io/LLMInferenceServiceConfig', llmInferenceServiceConfig],
  ...rows('serving.knative.dev', ['Service', 'Configuration'], templateAt('spec.template')),
  ['serving.knative.dev/Revision', podSpecAt('spec', { metadata: ['metadata'] })],
  ['sources.knative.dev/ContainerSource', templateAt('spec.template')],
  ['sinks.knative.dev/JobSink', templateAt('spec.job.spec.template')],
  ['machinelearning.seldon.io/SeldonDeployment', seldonDeployment],
  ...rows('mlops.seldon.io', ['Server', 'ServerConfig'], seldonServer),
  ['mlops.seldon.io/SeldonConfig', podSpecAt('spec.components[].podSpec', { metadata: undefined })],
  ['mlops.seldon.io/SeldonRuntime', podSpecAt('spec.overrides[].podSpec', { metadata: undefined, partial: true, standIn: '(every container)' })],
];
