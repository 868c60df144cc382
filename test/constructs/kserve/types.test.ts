import { App, Chart } from 'cdk8s';
import { KServe } from '../../../constructs/kserve';
import { InferenceService } from '../../../constructs/workloads/inference-service';
import { MESH, RememberedCertificates } from './platform';

const certificates = new RememberedCertificates();
const app = new App();
const chart = new Chart(app, 'chart', { namespace: 'team' });
const model = { format: 'sklearn', storageUri: 'gs://bucket/model' } as const;

/** Configurations that cannot work. Type-checking this file is the test: each line must be an error. */
const IMPOSSIBLE: readonly (() => unknown)[] = [
  // @ts-expect-error no way in from outside, and nobody said that none is wanted
  () => new KServe(app, 'kserve', { certificates }),
  // @ts-expect-error two ways in
  () => new KServe(app, 'kserve', { certificates, mesh: MESH, ingress: { kind: 'cluster-local' } }),
  // @ts-expect-error a Gateway without the Gateway API
  () => new KServe(app, 'kserve', { certificates, ingress: { kind: 'gateway-api', gateway: { namespace: 'a', name: 'b' } } }),
  // @ts-expect-error Knative as the default without Knative
  () => new KServe(app, 'kserve', { certificates, mesh: MESH, defaultDeploymentMode: 'Knative' }),
  // @ts-expect-error webhooks without certificates
  () => new KServe(app, 'kserve', { mesh: MESH }),
  // @ts-expect-error how requests come in is not a matter of the ConfigMap's overrides
  () => new KServe(app, 'kserve', { certificates, mesh: MESH, config: { ingress: { ingressClassName: 'nginx' } } }),
  // @ts-expect-error split traffic without Knative
  () => new InferenceService(chart, 'iris', { predictor: { model, canaryTrafficPercent: 10 } }),
  // @ts-expect-error a metric that only Knative has
  () => new InferenceService(chart, 'iris', { predictor: { model, scaleMetric: 'rps' } }),
  // @ts-expect-error a model that is nowhere
  () => new InferenceService(chart, 'iris', { predictor: { model: { format: 'sklearn' } } }),
  // @ts-expect-error a model in two places
  () => new InferenceService(chart, 'iris', { predictor: { model: { ...model, storage: { path: 'x' } } } }),
  // @ts-expect-error a predictor that serves nothing
  () => new InferenceService(chart, 'iris', { predictor: {} }),
  // @ts-expect-error Kubernetes' autoscaler in Knative mode
  () => new InferenceService(chart, 'iris', { deploymentMode: 'Knative', autoscaler: 'hpa', predictor: { model } }),
];

test('configurations that cannot work do not compile', () => {
  expect(IMPOSSIBLE).toHaveLength(12);
});
