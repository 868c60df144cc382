import type { ContainerResources } from '../../core';
import { KSERVE_IMAGES } from '../images';
import type { InferenceServiceConfig } from './types';

/** What programs beside a model server may use. */
const BESIDE: ContainerResources = { cpu: { request: '100m', limit: '1' }, memory: { request: '100Mi', limit: '1Gi' } };

/** Defaults of every section; upstream's, save where the docs page says otherwise. */
export const DEFAULT_CONFIG: InferenceServiceConfig = {
  explainers: { art: { image: KSERVE_IMAGES.artExplainer } },
  storageInitializer: {
    image: KSERVE_IMAGES.storageInitializer,
    resources: BESIDE,
    modelcar: { enabled: true, cpu: '10m', memory: '15Mi', uid: 1010 },
  },
  credentials: {
    storageSpecSecretName: 'storage-config',
    storageSecretNameAnnotation: 'serving.kserve.io/storageSecretName',
    gcs: { credentialFileName: 'gcloud-application-credentials.json' },
    s3: { accessKeyIdName: 'AWS_ACCESS_KEY_ID', secretAccessKeyName: 'AWS_SECRET_ACCESS_KEY' },
  },
  ingress: {
    ingressDomain: 'example.com',
    domainTemplate: '{{ .Name }}-{{ .Namespace }}.{{ .IngressDomain }}',
    urlScheme: 'http',
  },
  logger: { image: KSERVE_IMAGES.agent, resources: BESIDE, defaultUrl: 'http://default-broker' },
  batcher: {
    image: KSERVE_IMAGES.agent,
    resources: { cpu: { request: '1' }, memory: { request: '1Gi' } },
    maxBatchSize: 32,
    maxLatencyMilliseconds: 5000,
  },
  agent: { image: KSERVE_IMAGES.agent, resources: BESIDE },
  router: { image: KSERVE_IMAGES.router, resources: BESIDE, imagePullPolicy: 'IfNotPresent' },
  deploy: { defaultDeploymentMode: 'Standard' },
  metricsAggregator: { enableMetricAggregation: false, enablePrometheusScraping: false },
  localModel: {
    enabled: false,
    jobNamespace: 'kserve-localmodel-jobs',
    jobImage: KSERVE_IMAGES.storageInitializer,
    fsGroup: 1000,
    jobTtlSecondsAfterFinished: 3600,
    reconciliationFrequencySeconds: 60,
    disableVolumeManagement: false,
  },
  // A model server talks to no Kubernetes API; a token in it would serve only who breaks in.
  security: { autoMountServiceAccountToken: false },
  service: { serviceClusterIPNone: false },
  inferenceService: { resources: { cpu: { request: '1' }, memory: { request: '2Gi' } } },
  multiNode: { customGPUResourceTypeList: [] },
  opentelemetryCollector: {
    scrapeInterval: '5s',
    metricReceiverEndpoint: 'keda-otel-scaler.keda.svc:4317',
    metricScalerEndpoint: 'keda-otel-scaler.keda.svc:4318',
    resources: { cpu: { request: '200m', limit: '1' }, memory: { request: '512Mi', limit: '2Gi' } },
  },
  autoscaler: { scaleUpStabilizationWindowSeconds: 0, scaleDownStabilizationWindowSeconds: 300 },
  scheduler: {},
};
