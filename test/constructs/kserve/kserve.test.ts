import { App } from 'cdk8s';
import { componentsOf, imageReference, imagesOf, InvalidInputError, objectName, rewriteImages, synthesize } from '../../../constructs/core';
import { ReleaseGraph } from '../../../constructs/core/release';
import { GatewayApi } from '../../../constructs/gateway-api';
import { KServe, KSERVE_IMAGES, LLM_IMAGES, RUNTIME_IMAGES, SERVING_RUNTIMES } from '../../../constructs/kserve';
import { judged } from '../judged';
import { at, find, kserve, MESH, RememberedCertificates } from './platform';

test('installs what upstream installs', () => {
  expect(kserve().manifests.map(objectName)).toMatchSnapshot();
});

test('two syntheses are byte-identical', () => {
  expect(JSON.stringify(kserve().manifests)).toBe(JSON.stringify(kserve().manifests));
});

/** Policies of which something is waived. */
const waivedBy = (props?: Parameters<typeof kserve>[0]) => new Set(judged(kserve(props).manifests).waived.map((each) => each.split(' ')[0]));

test('passes every policy, but for what controllers must and model servers may', () => {
  expect(judged(kserve().manifests).open).toEqual([]);
  expect(waivedBy()).toEqual(new Set(['namespace-quota', 'read-only-root-filesystem', 'secret-access', 'service-account-token']));
});

test('what needs a further exception waives it with a reason', () => {
  const props = { localModels: {}, llm: { rdma: true } };
  expect(judged(kserve(props).manifests).open).toEqual([]);
  const further = [...waivedBy(props)].filter((policy) => !waivedBy().has(policy)).sort();
  expect(further).toEqual(['capabilities', 'host-path', 'net-raw-capability', 'persistent-volume-creation', 'pod-security-enforced']);
});

describe('images', () => {
  /** Registry, path and tag, as they stand alone or in JSON. */
  const IMAGE = /\b(?:docker\.io|quay\.io|ghcr\.io|nvcr\.io)\/[\w./-]+(?::[\w.-]+)?/g;
  const imagesIn = (value: unknown) => new Set(JSON.stringify(value).match(IMAGE));

  test('the inventory holds every image that is written anywhere', () => {
    const { component, manifests } = kserve({ localModels: {} });
    const known = imagesOf(component).flatMap(({ reference }) => [reference, reference.replace(/:[^:]*$/, '')]);
    expect([...imagesIn(manifests)].filter((image) => !known.includes(image))).toEqual([]);
  });

  test('every image of the release is in it', () => {
    const used = new Set(imagesOf(kserve({ localModels: {} }).component).map(({ reference }) => reference));
    const all = [KSERVE_IMAGES, RUNTIME_IMAGES, LLM_IMAGES].flatMap((images) => Object.values(images));
    expect(all.map(imageReference).filter((reference) => !used.has(reference))).toEqual([]);
  });

  test('a mirror replaces every registry, also in the ConfigMap', () => {
    const app = new App();
    rewriteImages(app, { registry: 'mirror.example.com/ml' });
    new KServe(app, 'kserve', { certificates: new RememberedCertificates(), mesh: MESH, localModels: {} });
    const manifests = synthesize(app).map(({ manifest }) => manifest);
    expect([...JSON.stringify(manifests).matchAll(/[^/](?:docker\.io|quay\.io|ghcr\.io|nvcr\.io)\//g)]).toEqual([]);
    expect(at(JSON.parse(String(at(find(manifests, 'ConfigMap', 'inferenceservice-config'), 'data', 'router'))), 'image')).toBe('mirror.example.com/ml/docker.io/kserve/router:v0.17.0');
  });
});

describe('what it needs', () => {
  test('it waits for what it was given', () => {
    const app = new App();
    const gatewayApi = new GatewayApi(app, 'gateway-api');
    new KServe(app, 'kserve', { certificates: new RememberedCertificates(), mesh: MESH, gatewayApi });
    expect(componentsOf(app).find(({ id }) => id === 'kserve')?.requires).toEqual(['gateway-api']);
  });

  test('asks for a certificate for each webhook server', () => {
    expect(kserve({ localModels: {} }).certificates.requests).toEqual([
      { name: 'llmisvc-serving-cert', namespace: 'kserve', secretName: 'llmisvc-webhook-server-cert', services: ['llmisvc-webhook-server-service'] },
      { name: 'serving-cert', namespace: 'kserve', secretName: 'kserve-webhook-server-cert', services: ['kserve-webhook-server-service'] },
      { name: 'localmodel-serving-cert', namespace: 'kserve', secretName: 'localmodel-webhook-server-cert', services: ['localmodel-webhook-server-service'] },
    ]);
  });
});

test('runtimes and presets are applied once their webhook can answer', () => {
  const { app } = kserve();
  const order = ReleaseGraph.of(synthesize(app), componentsOf(app)).order().map(({ object }) => objectName(object.manifest));
  const before = (first: string, second: string) => {
    expect(order).toEqual(expect.arrayContaining([first, second]));
    expect(order.indexOf(first)).toBeLessThan(order.indexOf(second));
  };
  for (const runtime of ['ClusterServingRuntime/kserve-sklearnserver', 'ClusterServingRuntime/kserve-huggingfaceserver-multinode']) {
    before('Deployment/kserve/kserve-controller-manager', runtime);
    before('CustomResourceDefinition/clusterservingruntimes.serving.kserve.io', runtime);
  }
  before('Deployment/kserve/llmisvc-controller-manager', 'LLMInferenceServiceConfig/kserve/kserve-config-llm-template');
  // Which kinds there are, controllers ask only when they start.
  before('CustomResourceDefinition/inferencepools.inference.networking.k8s.io', 'Deployment/kserve/llmisvc-controller-manager');
  before('CustomResourceDefinition/leaderworkersets.leaderworkerset.x-k8s.io', 'Deployment/kserve/llmisvc-controller-manager');
  before('CustomResourceDefinition/inferenceservices.serving.kserve.io', 'Deployment/kserve/kserve-controller-manager');
  before('ConfigMap/kserve/inferenceservice-config', 'Deployment/kserve/kserve-controller-manager');
  before('ConfigMap/kserve/inferenceservice-config', 'LLMInferenceServiceConfig/kserve/kserve-config-llm-template');
});

describe('parts left out and added', () => {
  test('without LLMInferenceServices there is no trace of them', () => {
    const { manifests } = kserve({ llm: false });
    const names = manifests.filter(({ kind }) => kind !== 'ClusterRole').map(objectName);
    expect(names.filter((name) => /llm|inference\.networking|leaderworkerset/i.test(name))).toEqual([]);
  });

  test('with a LeaderWorkerSet of the cluster its CRD is left to that', () => {
    const names = (manifests: ReturnType<typeof kserve>['manifests']) => manifests.map(objectName);
    const crd = 'CustomResourceDefinition/leaderworkersets.leaderworkerset.x-k8s.io';
    expect(names(kserve().manifests)).toContain(crd);
    expect(names(kserve({ llm: { leaderWorkerSets: { leaderWorkerSetVersion: '0.7.0' } } }).manifests)).not.toContain(crd);
  });

  test('only the runtimes asked for are offered', () => {
    const { component, manifests } = kserve({ runtimes: [SERVING_RUNTIMES.sklearn] });
    expect(manifests.filter(({ kind }) => kind === 'ClusterServingRuntime').map(objectName)).toEqual(['ClusterServingRuntime/kserve-sklearnserver']);
    expect(component.runtimes).toEqual(['kserve-sklearnserver']);
  });

  test('another namespace is used everywhere', () => {
    const { manifests } = kserve({ namespace: 'serving', localModels: {} });
    expect(new Set(manifests.map(({ metadata }) => metadata.namespace))).toEqual(new Set([undefined, 'serving', 'kserve-localmodel-jobs', 'kserve-localmodel-agents']));
    for (const { webhooks } of manifests.filter(({ kind }) => kind.endsWith('WebhookConfiguration')) as unknown as { webhooks: object[] }[]) {
      for (const webhook of webhooks) expect(at(webhook, 'clientConfig', 'service', 'namespace')).toBe('serving');
    }
    expect(at(find(manifests, 'DaemonSet', 'kserve-localmodelnode-agent'), 'spec', 'template', 'spec', 'containers', 0, 'env')).toContainEqual({ name: 'POD_NAMESPACE', value: 'serving' });
  });

  test('a malformed namespace is refused', () => {
    expect(() => kserve({ namespace: 'Serving' })).toThrow(InvalidInputError);
  });
});

test('users get their part of Kubeflow\'s roles', () => {
  const { manifests } = kserve();
  const rules = (role: string) => at(find(manifests, 'ClusterRole', role), 'rules') as { resources: string[]; verbs: string[] }[];
  expect(at(find(manifests, 'ClusterRole', 'kubeflow-kserve-admin'), 'aggregationRule', 'clusterRoleSelectors', 0, 'matchLabels')).toEqual({
    'rbac.authorization.kubeflow.org/aggregate-to-kubeflow-kserve-admin': 'true',
  });
  expect(find(manifests, 'ClusterRole', 'kubeflow-kserve-admin')).not.toHaveProperty('rules');
  expect(find(manifests, 'ClusterRole', 'kubeflow-kserve-edit').metadata.labels).toMatchObject({
    'rbac.authorization.kubeflow.org/aggregate-to-kubeflow-edit': 'true',
    'rbac.authorization.kubeflow.org/aggregate-to-kubeflow-kserve-admin': 'true',
  });
  expect(rules('kubeflow-kserve-edit')[0]).toMatchObject({ resources: expect.arrayContaining(['inferenceservices', 'llminferenceserviceconfigs']), verbs: expect.arrayContaining(['create', 'delete']) });
  expect(rules('kubeflow-kserve-view').flatMap(({ verbs }) => verbs)).toEqual(['get', 'list', 'watch']);
});
