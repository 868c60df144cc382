import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { ISTIOD } from './control-plane';
import { ISTIO_KINDS } from './control-plane-rules';
import { REVISION } from './labels';

const INJECT = 'sidecar.istio.io/inject';
const INJECTION = 'istio-injection';
const REV = 'istio.io/rev';

const is = (key: string, ...values: readonly string[]): k8s.LabelSelectorRequirement => ({ key, operator: 'In', values: [...values] });
const isNot = (key: string, ...values: readonly string[]): k8s.LabelSelectorRequirement => ({ key, operator: 'NotIn', values: [...values] });
const without = (key: string): k8s.LabelSelectorRequirement => ({ key, operator: 'DoesNotExist' });

interface Injected {
  readonly prefix: string;
  readonly namespaces: readonly k8s.LabelSelectorRequirement[];
  readonly pods: readonly k8s.LabelSelectorRequirement[];
}

/** Which pods get a sidecar: their namespace says so and they do not refuse, or they say so in a namespace that says nothing. */
const INJECTED: readonly Injected[] = [
  { prefix: 'rev.namespace.', namespaces: [is(REV, 'default'), without(INJECTION)], pods: [isNot(INJECT, 'false')] },
  { prefix: 'rev.object.', namespaces: [without(REV), without(INJECTION)], pods: [isNot(INJECT, 'false'), is(REV, 'default')] },
  { prefix: 'namespace.', namespaces: [is(INJECTION, 'enabled')], pods: [isNot(INJECT, 'false')] },
  { prefix: 'object.', namespaces: [without(INJECTION), without(REV)], pods: [is(INJECT, 'true'), without(REV)] },
];

/**
 * The webhooks of istiod. It puts its CA into those that carry its revision.
 *
 * Validation fails closed from the start. Upstream starts open and has istiod close it, which every declarative tool then reports, and undoes,
 * as a difference; here, what is validated is created when istiod is ready.
 */
export function webhooks(scope: Construct, namespace: string): void {
  new k8s.KubeMutatingWebhookConfiguration(scope, 'sidecar-injector', {
    metadata: { name: 'istio-sidecar-injector', labels: { ...REVISION, app: 'sidecar-injector' } },
    webhooks: INJECTED.map(({ prefix, namespaces, pods }) => ({
      ...common(`${prefix}sidecar-injector.istio.io`, namespace, '/inject'),
      reinvocationPolicy: 'Never',
      namespaceSelector: { matchExpressions: [...namespaces] },
      objectSelector: { matchExpressions: [...pods] },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: 'Namespaced' }],
    })),
  });

  const validation = (id: string, name: string, webhook: Partial<k8s.ValidatingWebhook> & { readonly name: string }) =>
    new k8s.KubeValidatingWebhookConfiguration(scope, id, {
      metadata: { name, labels: { ...REVISION, app: ISTIOD, istio: ISTIOD } },
      webhooks: [{ ...common(webhook.name, namespace, '/validate'), ...webhook, rules: [VALIDATED] }],
    });
  validation('validator', `istio-validator-${namespace}`, { name: 'rev.validation.istio.io', objectSelector: { matchExpressions: [is(REV, 'default')] } });
  validation('default-validator', 'istiod-default-validator', { name: 'validation.istio.io' });
}

const VALIDATED: k8s.RuleWithOperations = {
  apiGroups: Object.keys(ISTIO_KINDS),
  apiVersions: ['*'],
  operations: ['CREATE', 'UPDATE'],
  resources: ['*'],
  scope: 'Namespaced',
};

function common(name: string, namespace: string, path: string) {
  return {
    name,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: ISTIOD, namespace, path, port: 443 } },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: 10,
  };
}
