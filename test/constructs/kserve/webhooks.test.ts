import type { Manifest } from '../../../constructs/core';
import { at, find, kserve } from './platform';

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service: { readonly name: string; readonly path: string; readonly port: number } };
  readonly rules: readonly { readonly resources: readonly string[]; readonly operations: readonly string[]; readonly apiVersions: readonly string[] }[];
  readonly [field: string]: unknown;
}

const { manifests } = kserve({ localModels: {} });
const configurations = manifests.filter(({ kind }) => kind.endsWith('WebhookConfiguration'));
const webhooksOf = (configuration: Manifest) => configuration.webhooks as Webhook[];
const webhooks = configurations.flatMap(webhooksOf);

/** Paths the controllers register, read off their programs. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  'kserve-webhook-server-service': [
    '/mutate-pods',
    '/mutate-serving-kserve-io-v1beta1-inferenceservice',
    '/validate-serving-kserve-io-v1alpha1-clusterservingruntime',
    '/validate-serving-kserve-io-v1alpha1-inferencegraph',
    '/validate-serving-kserve-io-v1alpha1-servingruntime',
    '/validate-serving-kserve-io-v1alpha1-trainedmodel',
    '/validate-serving-kserve-io-v1beta1-inferenceservice',
  ],
  'llmisvc-webhook-server-service': [
    '/validate-serving-kserve-io-v1alpha1-llminferenceservice',
    '/validate-serving-kserve-io-v1alpha1-llminferenceserviceconfig',
    '/validate-serving-kserve-io-v1alpha2-llminferenceservice',
    '/validate-serving-kserve-io-v1alpha2-llminferenceserviceconfig',
  ],
  'localmodel-webhook-server-service': ['/validate-serving-kserve-io-v1alpha1-localmodelcache'],
};

test.each(Object.entries(PATHS))('%s is asked at the paths it knows, and at no other', (service, paths) => {
  const asked = webhooks.filter(({ clientConfig }) => clientConfig.service.name === service).map(({ clientConfig }) => clientConfig.service.path);
  expect(asked.sort()).toEqual([...paths]);
});

test('all fail closed, have no side effects, and are waited for a stated time', () => {
  for (const webhook of webhooks) expect(webhook).toMatchObject({ failurePolicy: 'Fail', sideEffects: 'None', timeoutSeconds: 10, admissionReviewVersions: ['v1', 'v1beta1'] });
});

test('each is trusted by the CA of its own server\'s certificate', () => {
  const ca = (configuration: Manifest) => configuration.metadata.annotations?.['test/inject-ca-from'];
  for (const configuration of configurations) {
    const [service] = new Set(webhooksOf(configuration).map(({ clientConfig }) => clientConfig.service.name));
    const certificate = { 'kserve-webhook-server-service': 'serving-cert', 'llmisvc-webhook-server-service': 'llmisvc-serving-cert', 'localmodel-webhook-server-service': 'localmodel-serving-cert' }[String(service)];
    expect(ca(configuration)).toBe(`kserve/${certificate}`);
  }
});

test('pods are sent to KServe only if they are KServe\'s, and never those of a control plane', () => {
  const mutating = find(manifests, 'MutatingWebhookConfiguration', 'inferenceservice.serving.kserve.io');
  const pods = webhooksOf(mutating).filter(({ rules }) => rules.some(({ resources }) => resources.includes('pods')));
  expect(pods).toHaveLength(1);
  expect(pods[0]).toMatchObject({
    reinvocationPolicy: 'IfNeeded',
    objectSelector: { matchExpressions: [{ key: 'serving.kserve.io/inferenceservice', operator: 'Exists' }] },
    namespaceSelector: { matchExpressions: [{ key: 'control-plane', operator: 'DoesNotExist' }] },
    rules: [{ operations: ['CREATE'] }],
  });
});

test('both versions of an LLM kind are checked as they were sent', () => {
  const llm = webhooksOf(find(manifests, 'ValidatingWebhookConfiguration', 'llminferenceservice.serving.kserve.io'));
  expect(llm.map(({ matchPolicy, rules }) => [matchPolicy, rules[0]?.apiVersions])).toEqual([['Exact', ['v1alpha1']], ['Exact', ['v1alpha2']]]);
});

test('the LLM kinds are converted by their controller, trusted by the same CA', () => {
  for (const name of ['llminferenceservices.serving.kserve.io', 'llminferenceserviceconfigs.serving.kserve.io']) {
    const crd = find(manifests, 'CustomResourceDefinition', name);
    expect(crd.metadata.annotations).toMatchObject({ 'test/inject-ca-from': 'kserve/llmisvc-serving-cert' });
    expect(at(crd, 'spec', 'conversion', 'webhook', 'clientConfig', 'service')).toEqual({ name: 'llmisvc-webhook-server-service', namespace: 'kserve', path: '/convert', port: 443 });
  }
});

test('CRDs of a k8s.io group say that they were reviewed', () => {
  for (const { metadata } of manifests.filter(({ kind, metadata: { name } }) => kind === 'CustomResourceDefinition' && name.endsWith('.inference.networking.k8s.io'))) {
    expect(metadata.annotations?.['api-approved.kubernetes.io']).toMatch(/^https:\/\/github.com\/kubernetes-sigs\//);
  }
});
