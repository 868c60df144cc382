import { certificate, certManager, crd, dependencyNames, deployment, externalNames, graphOf, issuer, object, service, waitsFor } from '../objects';

describe('built-in kinds', () => {
  test('a StatefulSet after its Service and the StorageClass of its claims', () => {
    const graph = graphOf([
      object('a', 'apps/v1', 'StatefulSet', 'a/s', { spec: { serviceName: 'head', volumeClaimTemplates: [{ spec: { storageClassName: 'fast' } }] } }),
      service('a', 'a/head', { app: 's' }), object('z', 'storage.k8s.io/v1', 'StorageClass', 'fast'),
    ]);
    expect(waitsFor(graph, 'StatefulSet/a/s')).toEqual([
      'reference: Service/a/head [spec.serviceName]', 'reference: StorageClass/fast [spec.volumeClaimTemplates[0].spec.storageClassName]',
    ]);
  });

  test('an autoscaler after what it scales', () => {
    const graph = graphOf([
      object('a', 'autoscaling/v2', 'HorizontalPodAutoscaler', 'a/h', { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' } } }),
      deployment('z', 'a/d'),
    ]);
    expect(waitsFor(graph, 'HorizontalPodAutoscaler/a/h')).toEqual(['reference: Deployment/a/d [spec.scaleTargetRef]']);
  });

  test('an account token after its account', () => {
    const graph = graphOf([object('a', 'v1', 'Secret', 'a/t', { metadata: { annotations: { 'kubernetes.io/service-account.name': 'sa' } } }), object('z', 'v1', 'ServiceAccount', 'a/sa')]);
    expect(dependencyNames(graph, 'Secret/a/t')).toEqual(['ServiceAccount/a/sa']);
  });
});

describe('certificates', () => {
  test('issuer before certificate, and the certificate that writes an issuer’s CA before the issuer', () => {
    const graph = graphOf([
      ...certManager(), issuer('a', 'a/bootstrap'), certificate('a', 'a/ca', 'ca-tls', { name: 'bootstrap' }),
      issuer('a', 'a/ca', { ca: { secretName: 'ca-tls' } }), certificate('a', 'a/leaf', 'leaf-tls', { name: 'ca', kind: 'Issuer', group: 'cert-manager.io' }),
    ]);
    const names = graph.order().map((node) => graph.nameOf(node));
    const positions = ['Issuer/a/bootstrap', 'Certificate/a/ca', 'Issuer/a/ca', 'Certificate/a/leaf'].map((name) => names.indexOf(name));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(waitsFor(graph, 'Issuer/a/ca')).toContain('produced: Certificate/a/ca [spec.ca.secretName -> spec.secretName]');
  });

  test('the Secret of a ClusterIssuer is where cert-manager runs', () => {
    const cluster = object('a', 'cert-manager.io/v1', 'ClusterIssuer', 'ca', { spec: { ca: { secretName: 's' } } });
    const graph = graphOf([...certManager(), cluster, object('a', 'v1', 'Secret', 'cert-manager/s'), object('a', 'v1', 'Secret', 'a/s'), certificate('a', 'a/c', 't', { name: 'ca', kind: 'ClusterIssuer' })]);
    expect(dependencyNames(graph, 'ClusterIssuer/ca', 'reference')).toEqual(['Secret/cert-manager/s']);
    expect(dependencyNames(graph, 'Certificate/a/c', 'reference')).toEqual(['ClusterIssuer/ca']);
  });
});

describe('networking', () => {
  test('an Istio VirtualService after its Gateways, wherever they are', () => {
    const istio = (kind: string, id: string, spec: object) => object('a', 'networking.istio.io/v1', kind, id, { spec });
    const graph = graphOf([istio('VirtualService', 'a/v', { gateways: ['mesh', 'local', 'ingress/main'] }), istio('Gateway', 'a/local', {}), istio('Gateway', 'ingress/main', {})]);
    expect(dependencyNames(graph, 'VirtualService/a/v', 'reference')).toEqual(['Gateway/a/local', 'Gateway/ingress/main']);
  });

  test('a route after its Gateway, a Gateway after its class', () => {
    const api = (kind: string, id: string, spec: object) => object('a', 'gateway.networking.k8s.io/v1', kind, id, { spec });
    const graph = graphOf([
      api('HTTPRoute', 'a/r', { parentRefs: [{ name: 'g', namespace: 'infra' }, { group: '', kind: 'Service', name: 's' }] }),
      api('Gateway', 'infra/g', { gatewayClassName: 'istio' }), service('a', 'a/s', {}),
    ]);
    expect(dependencyNames(graph, 'HTTPRoute/a/r', 'reference').sort()).toEqual(['Gateway/infra/g', 'Service/a/s']);
    expect(externalNames(graph)).toContain('Gateway/infra/g -> GatewayClass/istio');
  });
});

describe('Kubeflow', () => {
  const trainer = (kind: string, id: string, spec: object = {}) => object('a', 'trainer.kubeflow.org/v1alpha1', kind, id, { spec });
  const kserve = (kind: string, id: string, spec: object = {}) => object('a', 'serving.kserve.io/v1beta1', kind, id, { spec });

  test('a TrainJob after its runtime, of the cluster unless it says otherwise', () => {
    const graph = graphOf([
      trainer('TrainJob', 'a/one', { runtimeRef: { name: 'torch' } }), trainer('TrainJob', 'a/two', { runtimeRef: { name: 'torch', kind: 'TrainingRuntime' } }),
      trainer('ClusterTrainingRuntime', 'torch'), trainer('TrainingRuntime', 'a/torch'),
    ]);
    expect(dependencyNames(graph, 'TrainJob/a/one', 'reference')).toEqual(['ClusterTrainingRuntime/torch']);
    expect(dependencyNames(graph, 'TrainJob/a/two', 'reference')).toEqual(['TrainingRuntime/a/torch']);
  });

  test('an InferenceService after the runtime it names: that of its namespace if there is one', () => {
    const spec = (runtime: string) => ({ predictor: { model: { runtime, modelFormat: { name: 'sklearn' } } } });
    const graph = graphOf([
      kserve('InferenceService', 'a/one', spec('r')), kserve('InferenceService', 'a/two', spec('s')),
      kserve('ServingRuntime', 'a/r'), kserve('ClusterServingRuntime', 'r'), kserve('ClusterServingRuntime', 's'),
    ]);
    expect(dependencyNames(graph, 'InferenceService/a/one', 'reference')).toEqual(['ServingRuntime/a/r']);
    expect(dependencyNames(graph, 'InferenceService/a/two', 'reference')).toEqual(['ClusterServingRuntime/s']);
  });

  test('an InferenceService that names no runtime after those it may be given, and what loads its model', () => {
    const formats = (name: string, autoSelect?: boolean) => ({ supportedModelFormats: [{ name: 'other' }, { name, autoSelect }] });
    const graph = graphOf([
      kserve('InferenceService', 'a/i', { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://b/m' } } }),
      kserve('ClusterServingRuntime', 'yes', formats('sklearn', true)), kserve('ClusterServingRuntime', 'no', formats('sklearn')),
      kserve('ClusterServingRuntime', 'xgb', formats('xgboost', true)), kserve('ServingRuntime', 'a/own', formats('sklearn', true)), kserve('ServingRuntime', 'b/far', formats('sklearn', true)),
      kserve('ClusterStorageContainer', 'default'),
    ]);
    expect(dependencyNames(graph, 'InferenceService/a/i', 'serving-default')).toEqual(['ClusterServingRuntime/yes', 'ClusterStorageContainer/default', 'ServingRuntime/a/own']);
  });

  test('an LLMInferenceService after its presets, its own and those of the controller', () => {
    const group = 'serving.kserve.io';
    const graph = graphOf([
      crd('kserve', group, 'LLMInferenceService', 'llminferenceservices'), deployment('kserve', 'kserve/controller'),
      kserve('LLMInferenceService', 'a/llm', { baseRefs: [{ name: 'mine' }, { name: 'shared' }] }),
      kserve('LLMInferenceServiceConfig', 'a/mine'), kserve('LLMInferenceServiceConfig', 'kserve/shared'), kserve('LLMInferenceServiceConfig', 'kserve/default'), kserve('LLMInferenceServiceConfig', 'b/far'),
    ]);
    expect(dependencyNames(graph, 'LLMInferenceService/a/llm', 'reference')).toEqual(['LLMInferenceServiceConfig/a/mine', 'LLMInferenceServiceConfig/kserve/shared']);
    expect(dependencyNames(graph, 'LLMInferenceService/a/llm', 'serving-default')).toEqual(['LLMInferenceServiceConfig/kserve/default', 'LLMInferenceServiceConfig/kserve/shared']);
  });
});

describe('what components add', () => {
  test('references, producers and kinds that make pods', () => {
    const group = 'db.io';
    const graph = graphOf(
      [
        object('a', 'db.io/v1', 'Backup', 'a/b', { spec: { database: 'main' } }), object('z', 'db.io/v1', 'Database', 'a/main'),
        object('a', 'db.io/v1', 'Worker', 'a/w', { spec: { pod: { spec: { volumes: [{ secret: { secretName: 'main-password' } }] } } } }),
      ],
      [],
      {
        references: [{ group, kind: 'Backup', path: 'spec.database', target: (value, owner) => [{ group, kind: 'Database', namespace: owner.metadata.namespace, name: String(value) }] }],
        producers: [{ group, kind: 'Database', produces: ({ metadata }) => ({ ref: { group: '', kind: 'Secret', namespace: metadata.namespace, name: `${metadata.name}-password` }, path: 'metadata.name' }) }],
        podTemplates: [{ group, kind: 'Worker', path: 'spec.pod' }],
      },
    );
    expect(waitsFor(graph, 'Backup/a/b')).toEqual(['reference: Database/a/main [spec.database]']);
    expect(waitsFor(graph, 'Worker/a/w')).toEqual(['produced: Database/a/main [spec.pod.spec.volumes[0].secret.secretName -> metadata.name]']);
  });
});
