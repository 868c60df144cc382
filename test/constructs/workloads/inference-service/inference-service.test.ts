import { App, Chart } from 'cdk8s';
import { imagesOf, synthesize } from '../../../../constructs/core';
import { KServe } from '../../../../constructs/kserve';
import { InferenceService } from '../../../../constructs/workloads/inference-service';
import { inferenceServiceExample } from '../../../../examples/inference-service';
import { judgedIn } from '../../judged';
import { RememberedCertificates } from '../../kserve/platform';
import { IMAGE, inferenceService, MODEL, OWN, RESOURCES } from './synthesized';

const HARDENED = { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } };

test('the common case is short, and complete', () => {
  const { object, construct } = inferenceService({ predictor: { model: MODEL } });
  expect(object).toMatchObject({
    apiVersion: 'serving.kserve.io/v1beta1',
    metadata: {
      name: 'iris',
      namespace: 'team',
      annotations: { 'serving.kserve.io/deploymentMode': 'Standard', 'serving.kserve.io/autoscalerClass': 'none' },
    },
    spec: {
      predictor: {
        minReplicas: 1,
        maxReplicas: 1,
        model: {
          modelFormat: { name: 'sklearn' },
          storageUri: 'gs://bucket/model',
          resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } },
          securityContext: HARDENED,
        },
      },
    },
  });
  expect(construct.serviceHost).toBe('iris-predictor.team.svc');
});

test('says nothing that was not said, so that the runtime decides', () => {
  const { predictor } = inferenceService({ predictor: { model: MODEL } }).object.spec as { predictor: { model: object } };
  expect(Object.keys(predictor.model).sort()).toEqual(['modelFormat', 'resources', 'securityContext', 'storageUri']);
  expect(Object.keys(predictor).sort()).toEqual(['automountServiceAccountToken', 'maxReplicas', 'minReplicas', 'model']);
});

describe('a token for the Kubernetes API', () => {
  const spec = (props: Parameters<typeof inferenceService>[0]) => inferenceService(props).object.spec as Record<'predictor' | 'transformer' | 'explainer', { automountServiceAccountToken?: boolean }>;
  const apiAccess = 'It reads the ConfigMap with the list of features.';

  test('no component has one', () => {
    const { predictor, transformer, explainer } = spec({ predictor: { model: MODEL }, transformer: { containers: [OWN] }, explainer: { art: {} } });
    for (const component of [predictor, transformer, explainer]) expect(component.automountServiceAccountToken).toBe(false);
  });

  test('but that which says what for, as its own ServiceAccount, under a waiver', () => {
    const props = { predictor: { model: MODEL }, transformer: { containers: [OWN], serviceAccount: 'features', apiAccess } } as const;
    const { predictor, transformer } = spec(props);
    expect([predictor.automountServiceAccountToken, transformer.automountServiceAccountToken]).toEqual([false, true]);
    const { object } = inferenceService(props);
    expect(object.metadata.annotations).toMatchObject({ 'waiver.kubeflow-cdk.dev/service-account-token': apiAccess });
    expect(judgedIn('team', [object])).toMatchObject({ open: [], waived: ['service-account-token InferenceService/iris'] });
  });

  test('Knative is told only of a refusal, as it takes nothing else', () => {
    expect(spec({ deploymentMode: 'Knative', predictor: { model: MODEL } }).predictor.automountServiceAccountToken).toBe(false);
    const knative = { deploymentMode: 'Knative', predictor: { model: MODEL, serviceAccount: 'models', apiAccess } } as const;
    expect(spec(knative).predictor).not.toHaveProperty('automountServiceAccountToken');
    expect(judgedIn('team', [inferenceService(knative).object])).toMatchObject({ open: [], waived: ['service-account-token InferenceService/iris'] });
  });

  test('is not for the namespace\'s default account', () => {
    expect(() => inferenceService({ predictor: { model: MODEL, apiAccess } })).toThrow('predictor.serviceAccount is undefined; expected a ServiceAccount of its own, as apiAccess is given');
  });
});

test('who writes to the file system of an image says why, by container', () => {
  const { object } = inferenceService({
    predictor: { model: { ...MODEL, security: { writableRoot: 'The model unpacks its tokenizer beside the server.' } } },
    transformer: { containers: [{ ...OWN, security: { writableRoot: 'It compiles templates where they are.' } }] },
  });
  expect(object.spec).toMatchObject({
    predictor: { model: { securityContext: { readOnlyRootFilesystem: false } } },
    transformer: { containers: [{ securityContext: { readOnlyRootFilesystem: false } }] },
  });
  expect(JSON.parse(object.metadata.annotations?.['waiver.kubeflow-cdk.dev/read-only-root-filesystem'] ?? '')).toEqual({
    reason: 'The model unpacks its tokenizer beside the server. It compiles templates where they are.', containers: ['kserve-container'],
  });
  expect(judgedIn('team', [object])).toMatchObject({ open: [], waived: ['read-only-root-filesystem InferenceService/iris'] });
});

test('everything about a model reaches the predictor', () => {
  const { object } = inferenceService({
    predictor: {
      model: {
        format: { name: 'xgboost', version: '2' },
        runtime: 'kserve-xgbserver',
        runtimeVersion: 'v0.17.0',
        protocol: 'v2',
        storage: { key: 'team', path: 'models/x', parameters: { bucket: 'b' } },
        resources: { cpu: { request: '2', limit: '4' }, memory: { request: '8Gi' } },
        gpus: 2,
        image: IMAGE,
        args: ['--workers=2'],
        env: { LEVEL: 'debug', TOKEN: { secret: 'hub', key: 'token' } },
      },
      minReplicas: 2,
      maxReplicas: 6,
      scaleMetric: 'cpu',
      scaleTarget: 60,
      timeoutSeconds: 30,
      batcher: { maxBatchSize: 8, maxLatencyMilliseconds: 100 },
      logger: { mode: 'request', url: 'http://sink' },
      serviceAccount: 'models',
      rollout: { maxSurge: 1, maxUnavailable: '0%' },
      nodeSelector: { pool: 'gpu' },
      imagePullSecrets: ['registry'],
    },
  });
  expect(object.metadata.annotations).toMatchObject({ 'serving.kserve.io/autoscalerClass': 'hpa' });
  expect(object.spec).toMatchObject({
    predictor: {
      model: {
        modelFormat: { name: 'xgboost', version: '2' },
        runtime: 'kserve-xgbserver',
        runtimeVersion: 'v0.17.0',
        protocolVersion: 'v2',
        storage: { key: 'team', path: 'models/x', parameters: { bucket: 'b' } },
        resources: { requests: { cpu: '2', memory: '8Gi', 'nvidia.com/gpu': '2' }, limits: { cpu: '4', memory: '8Gi', 'nvidia.com/gpu': '2' } },
        image: 'docker.io/team/program:1',
        args: ['--workers=2'],
        env: [{ name: 'LEVEL', value: 'debug' }, { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } }],
      },
      minReplicas: 2,
      maxReplicas: 6,
      scaleMetric: 'cpu',
      scaleTarget: 60,
      timeout: 30,
      batcher: { maxBatchSize: 8, maxLatency: 100 },
      logger: { mode: 'request', url: 'http://sink' },
      serviceAccountName: 'models',
      deploymentStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '0%' } },
      nodeSelector: { pool: 'gpu' },
      imagePullSecrets: [{ name: 'registry' }],
    },
  });
});

test('a model may come in parts, each in its place', () => {
  const { object } = inferenceService({ predictor: { model: { format: 'huggingface', storageUris: [{ uri: 'hf://org/base', mountPath: '/mnt/models/base' }, { uri: 's3://bucket/lora', mountPath: '/mnt/models/lora' }] } } });
  expect(object.spec).toMatchObject({ predictor: { storageUris: [{ uri: 'hf://org/base', mountPath: '/mnt/models/base' }, { uri: 's3://bucket/lora', mountPath: '/mnt/models/lora' }] } });
});

test('containers of one\'s own, a transformer and an explainer are hardened alike', () => {
  const { object, construct } = inferenceService({
    predictor: { containers: [OWN] },
    transformer: { containers: [OWN], minReplicas: 2 },
    explainer: { art: { config: { nb_classes: '3' } } },
  });
  expect(object.spec).toMatchObject({
    predictor: { containers: [{ name: 'kserve-container', image: 'docker.io/team/program:1', securityContext: HARDENED }] },
    transformer: { containers: [{ securityContext: HARDENED }], minReplicas: 2 },
    explainer: { art: { type: 'SquareAttack', config: { nb_classes: '3' }, securityContext: HARDENED, resources: { limits: { cpu: '1' } } } },
  });
  expect(construct.serviceHost).toBe('iris-transformer.team.svc');
});

test('a model over several nodes', () => {
  const { object } = inferenceService({ predictor: { model: { format: 'huggingface', runtime: 'kserve-huggingfaceserver-multinode', storageUri: 'pvc://claim/model' }, worker: { pipelineParallelSize: 2, tensorParallelSize: 4 } } });
  expect(object.spec).toMatchObject({ predictor: { workerSpec: { pipelineParallelSize: 2, tensorParallelSize: 4 } } });
  expect(object.metadata.annotations).toMatchObject({ 'serving.kserve.io/autoscalerClass': 'none' });
});

test('Knative mode splits traffic and has no autoscaler of Kubernetes\'', () => {
  const { object, objects } = inferenceService({ deploymentMode: 'Knative', predictor: { model: MODEL, minReplicas: 0, maxReplicas: 3, canaryTrafficPercent: 10, scaleMetric: 'concurrency', scaleTarget: 200 } });
  expect(object.metadata.annotations).toEqual({ 'serving.kserve.io/deploymentMode': 'Knative' });
  expect(object.spec).toMatchObject({ predictor: { canaryTrafficPercent: 10, minReplicas: 0, scaleMetric: 'concurrency', scaleTarget: 200 } });
  expect(objects).toHaveLength(1);
});

test('visibility and stopping are said in KServe\'s words', () => {
  const { object } = inferenceService({ visibility: 'cluster-local', stopped: true, predictor: { model: MODEL } });
  expect(object.metadata.labels).toEqual({ 'networking.kserve.io/visibility': 'cluster-local' });
  expect(object.metadata.annotations).toMatchObject({ 'serving.kserve.io/stop': 'true' });
});

test('where several pods answer, a drain takes one at a time', () => {
  const { objects } = inferenceService({ predictor: { model: MODEL, minReplicas: 3 }, transformer: { containers: [OWN] } });
  expect(objects.filter(({ kind }) => kind === 'PodDisruptionBudget')).toMatchObject([
    { metadata: { name: 'iris-predictor', namespace: 'team' }, spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'isvc.iris-predictor' } } } },
  ]);
});

test('images of one\'s own are in the inventory', () => {
  const { construct } = inferenceService({ predictor: { model: { ...MODEL, image: IMAGE } }, transformer: { containers: [OWN] } });
  expect(imagesOf(construct).map(({ reference }) => reference)).toEqual(['docker.io/team/program:1', 'docker.io/team/program:1']);
});

test('the example passes every policy', () => {
  const app = new App();
  inferenceServiceExample(app, { namespace: 'team' });
  const objects = synthesize(app).map(({ manifest }) => manifest);
  expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name])).toEqual([['InferenceService', 'team', 'sklearn-iris']]);
  expect(judgedIn('team', objects)).toMatchObject({ open: [], waived: [] });
});

test('runtimes of the platform are named by it', () => {
  const app = new App();
  const kserve = new KServe(app, 'kserve', { certificates: new RememberedCertificates(), ingress: { kind: 'cluster-local' } });
  const runtime = kserve.runtimes.find((name) => name.includes('sklearn'));
  const construct = new InferenceService(new Chart(app, 'team', { namespace: 'team' }), 'iris', { predictor: { model: { ...MODEL, runtime, resources: RESOURCES } } });
  expect(synthesize(construct)[0]?.manifest.spec).toMatchObject({ predictor: { model: { runtime: 'kserve-sklearnserver' } } });
});
