import { at, synthesized } from './harness';

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'DoesNotExist';
  readonly values?: readonly string[];
}
type Labels = Readonly<Record<string, string>>;

const defaults = synthesized();

function matches(requirements: readonly Requirement[], labels: Labels): boolean {
  return requirements.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return value === undefined;
  });
}

/** How many of the injection webhooks see a pod. */
function injections(namespace: Labels, pod: Labels): number {
  const webhooks = at<object[]>(defaults.get('MutatingWebhookConfiguration', 'istio-sidecar-injector'), 'webhooks');
  return webhooks.filter(
    (webhook) => matches(at(webhook, 'namespaceSelector.matchExpressions'), namespace) && matches(at(webhook, 'objectSelector.matchExpressions'), pod),
  ).length;
}

const YES = { 'sidecar.istio.io/inject': 'true' };
const NO = { 'sidecar.istio.io/inject': 'false' };

test.each([
  ['a pod in a namespace that says nothing', {}, {}, 0],
  ['a pod that asks', {}, YES, 1],
  ['a pod in an enabled namespace', { 'istio-injection': 'enabled' }, {}, 1],
  ['a pod that refuses in an enabled namespace', { 'istio-injection': 'enabled' }, NO, 0],
  ['a pod in a namespace of the default revision', { 'istio.io/rev': 'default' }, {}, 1],
  ['a pod of the default revision', {}, { 'istio.io/rev': 'default' }, 1],
  ['a pod in a namespace of another revision', { 'istio.io/rev': 'canary' }, {}, 0],
  ['a pod that asks in a disabled namespace', { 'istio-injection': 'disabled' }, YES, 0],
])('%s is injected as often as it should', (_, namespace, pod, times) => {
  expect(injections(namespace, pod)).toBe(times);
});

test('the control plane does not wait for itself', () => {
  for (const name of ['istio-system', 'istio-cni']) {
    const labels = defaults.get('Namespace', name).metadata.labels ?? {};
    const pods: readonly Labels[] = [{}, YES, { 'istio.io/rev': 'default' }];
    for (const pod of pods) expect(injections(labels, pod)).toBe(0);
  }
});

test('configuration is validated, fail closed, by istiod', () => {
  for (const name of ['istio-validator-istio-system', 'istiod-default-validator']) {
    const [webhook] = at<object[]>(defaults.get('ValidatingWebhookConfiguration', name), 'webhooks');
    expect(webhook).toMatchObject({ failurePolicy: 'Fail', sideEffects: 'None', clientConfig: { service: { name: 'istiod', namespace: 'istio-system', path: '/validate', port: 443 } } });
    expect(at<string[]>(webhook, 'rules.0.apiGroups')).toEqual(
      expect.arrayContaining(['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io']),
    );
  }
  expect(at(defaults.get('ValidatingWebhookConfiguration', 'istiod-default-validator'), 'webhooks.0.objectSelector')).toBeUndefined();
});

test('istiod finds its webhooks by revision, to put its CA in; none is stated here', () => {
  const configurations = defaults.objects.filter(({ kind }) => kind.endsWith('WebhookConfiguration'));
  expect(configurations).toHaveLength(3);
  for (const configuration of configurations) {
    expect(configuration.metadata.labels).toMatchObject({ 'istio.io/rev': 'default' });
    for (const webhook of at<object[]>(configuration, 'webhooks')) expect(at(webhook, 'clientConfig.caBundle')).toBeUndefined();
  }
});
