import { createToken, InvalidInputError } from '../../../constructs/core';
import type { InferenceServiceConfigOverrides } from '../../../constructs/kserve';
import { at, find, kserve } from './platform';

/** The ConfigMap, each section read as KServe reads it. */
function sections(given: Parameters<typeof kserve>[0] = {}): Record<string, Record<string, unknown>> {
  const data = at(find(kserve(given).manifests, 'ConfigMap', 'inferenceservice-config'), 'data') as Record<string, string>;
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, JSON.parse(text)]));
}
const configured = (config: InferenceServiceConfigOverrides) => sections({ config });

test('has every section KServe reads, and no other', () => {
  expect(Object.keys(sections()).sort()).toEqual([
    'agent', 'autoscaler', 'batcher', 'credentials', 'deploy', 'explainers', 'inferenceService', 'ingress', 'localModel', 'logger',
    'metricsAggregator', 'multiNode', 'opentelemetryCollector', 'router', 'security', 'service', 'storageInitializer',
  ]);
});

test('deploys without Knative, and gives model servers no token', () => {
  expect(sections()).toMatchObject({ deploy: { defaultDeploymentMode: 'Standard' }, security: { autoMountServiceAccountToken: false } });
});

test('writes numbers and switches as the strings KServe parses', () => {
  const { autoscaler, batcher, metricsAggregator } = configured({
    autoscaler: { scaleDownStabilizationWindowSeconds: 60 },
    batcher: { maxBatchSize: 4, maxLatencyMilliseconds: 20 },
    metricsAggregator: { enablePrometheusScraping: true },
  });
  expect(autoscaler).toEqual({ scaleUpStabilizationWindowSeconds: '0', scaleDownStabilizationWindowSeconds: '60' });
  expect(batcher).toMatchObject({ maxBatchSize: '4', maxLatency: '20' });
  expect(metricsAggregator).toEqual({ enableMetricAggregation: 'false', enablePrometheusScraping: 'true' });
});

test('writes each S3 switch in the words its reader knows', () => {
  const s3 = at(
    configured({ credentials: { s3: { accessKeyIdName: 'ID', secretAccessKeyName: 'KEY', endpoint: 'minio:9000', useHttps: false, verifySsl: true, useAnonymousCredential: true, useVirtualBucket: false } } }),
    'credentials', 's3',
  );
  expect(s3).toMatchObject({ s3AccessKeyIDName: 'ID', s3Endpoint: 'minio:9000', s3UseHttps: '0', s3VerifySSL: '1', s3UseAnonymousCredential: 'true', s3UseVirtualBucket: 'false', s3UseAccelerate: '' });
});

test('every program beside a model server has requests and limits', () => {
  const config = sections({ storageInitializerResources: { cpu: { request: '1', limit: '4' }, memory: { request: '2Gi' } } });
  for (const program of ['storageInitializer', 'logger', 'batcher', 'agent', 'router']) {
    expect(config[program]).toMatchObject({ cpuRequest: expect.any(String), cpuLimit: expect.any(String), memoryRequest: expect.any(String), memoryLimit: expect.any(String) });
  }
  expect(config.storageInitializer).toMatchObject({ cpuRequest: '1', cpuLimit: '4', memoryRequest: '2Gi', memoryLimit: '2Gi' });
});

test('the storage initializer\'s resources reach the storage container, too, which wins', () => {
  const { manifests } = kserve({ storageInitializerResources: { cpu: { request: '1' }, memory: { request: '2Gi' } } });
  expect(at(find(manifests, 'ClusterStorageContainer', 'default'), 'spec', 'container', 'resources')).toEqual({ requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } });
});

test('overrides change the field they name and leave its section be', () => {
  expect(configured({ logger: { defaultUrl: 'http://sink' } }).logger).toMatchObject({ defaultUrl: 'http://sink', image: 'docker.io/kserve/agent:v0.17.0' });
  expect(configured({ deploy: { rollout: { maxSurge: '1', maxUnavailable: '0' } } }).deploy).toEqual({
    defaultDeploymentMode: 'Standard',
    deploymentRolloutStrategy: { defaultRollout: { maxSurge: '1', maxUnavailable: '0' } },
  });
  expect(configured({ router: { propagateHeaders: ['Authorization'] } }).router).toMatchObject({ headers: { propagate: ['Authorization'] } });
  expect(configured({ scheduler: { restartAnnotation: 'example.com/hash' } }).scheduler).toEqual({ restartAnnotation: 'example.com/hash' });
});

test('KServe puts name and version of the explainer together itself', () => {
  expect(at(sections(), 'explainers', 'art')).toEqual({ image: 'docker.io/kserve/art-explainer', defaultImageVersion: 'v0.17.0' });
});

test('the model cache is on exactly where it is installed', () => {
  expect(at(sections(), 'localModel', 'enabled')).toBe(false);
  expect(sections({ localModels: { jobNamespace: 'downloads' } }).localModel).toMatchObject({ enabled: true, jobNamespace: 'downloads' });
});

test('a value known only at deploy time stands in the text, marked to be escaped', () => {
  const domain = createToken({}, 'domain of the load balancer');
  const text = String(at(find(kserve({ domain }).manifests, 'ConfigMap', 'inferenceservice-config'), 'data', 'ingress'));
  expect(text).toContain(`"ingressDomain": "${domain.replace('}', '|json}')}"`);
});

test.each<[InferenceServiceConfigOverrides, string]>([
  [{ batcher: { maxBatchSize: 0 } }, 'config.batcher.maxBatchSize'],
  [{ autoscaler: { scaleUpStabilizationWindowSeconds: 1.5 } }, 'config.autoscaler.scaleUpStabilizationWindowSeconds'],
  [{ agent: { resources: { cpu: { request: 'much' }, memory: { request: '1Gi' } } } }, 'resources.cpu'],
  [{ explainers: { art: { image: { registry: 'docker.io', repository: 'a/b', tag: '1', digest: `sha256:${'0'.repeat(64)}` } } } }, 'config.explainers.art.image'],
])('%j is refused by name', (config, property) => {
  expect(() => configured(config)).toThrow(InvalidInputError);
  expect(() => configured(config)).toThrow(property);
});
