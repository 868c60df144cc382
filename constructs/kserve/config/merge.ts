import { DEFAULT_CONFIG } from './defaults';
import type { IngressConfig, InferenceServiceConfig, InferenceServiceConfigOverrides } from './types';

/** What follows from the platform's other choices, and cannot be overridden. */
export interface DerivedConfig {
  /** @default upstream's placeholder, `example.com` */
  readonly domain?: string;
  readonly exposure: Partial<IngressConfig>;
  /** Whether the cache of models on nodes is installed, and what its download jobs are like. @default not installed */
  readonly localModel?: Partial<InferenceServiceConfig['localModel']>;
}

/** The whole configuration: defaults, the platform's wishes over them, and over both what follows from its other choices. */
export function completeConfig(overrides: InferenceServiceConfigOverrides, derived: DerivedConfig): InferenceServiceConfig {
  const base = DEFAULT_CONFIG;
  return {
    explainers: { ...base.explainers, ...overrides.explainers },
    storageInitializer: { ...base.storageInitializer, ...overrides.storageInitializer },
    credentials: { ...base.credentials, ...overrides.credentials },
    ingress: { ...base.ingress, ...(derived.domain !== undefined && { ingressDomain: derived.domain }), ...overrides.ingress, ...derived.exposure },
    logger: { ...base.logger, ...overrides.logger },
    batcher: { ...base.batcher, ...overrides.batcher },
    agent: { ...base.agent, ...overrides.agent },
    router: { ...base.router, ...overrides.router },
    deploy: { ...base.deploy, ...overrides.deploy },
    metricsAggregator: { ...base.metricsAggregator, ...overrides.metricsAggregator },
    localModel: { ...base.localModel, ...derived.localModel },
    security: { ...base.security, ...overrides.security },
    service: { ...base.service, ...overrides.service },
    inferenceService: { ...base.inferenceService, ...overrides.inferenceService },
    multiNode: { ...base.multiNode, ...overrides.multiNode },
    opentelemetryCollector: { ...base.opentelemetryCollector, ...overrides.opentelemetryCollector },
    autoscaler: { ...base.autoscaler, ...overrides.autoscaler },
    scheduler: { ...base.scheduler, ...overrides.scheduler },
  };
}
