export { existingRuntime, RUNTIME_IDS, type RuntimeId, RUNTIMES } from './catalogue';
export { CACHE_SERVICE_ACCOUNT } from './data-cache';
export type { RuntimeContext, RuntimeDefinition, RuntimeOptions, RuntimePodSecurity } from './definition';
