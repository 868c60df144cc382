export { SERVING_RUNTIMES } from './catalogue';
export { checkRuntimes, ClusterServingRuntime } from './cluster-serving-runtime';
export type { InferenceProtocol, ModelFormat, RuntimeContainer, RuntimeWorker, ServingRuntime } from './types';
