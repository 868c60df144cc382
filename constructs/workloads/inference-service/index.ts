export { InferenceService } from './inference-service';
export { LLMInferenceService } from './llm-inference-service';
export type * from './llm-props';
export type * from './props';
