import { certManager, certificate, crd, dependencyNames, deployment, externalNames, graphOf, issuer, object, service, skippedNames, waitsFor, webhook, webhookServer } from '../objects';

const INJECT = 'cert-manager.io/inject-ca-from';

describe('webhook able to answer', () => {
  test('the configuration waits for the Service and for the pods its selector picks', () => {
    const graph = graphOf([...webhookServer('hook'), deployment('hook', 'hook/other')]);
    expect(waitsFor(graph, 'ValidatingWebhookConfiguration/hook')).toEqual([
      'backend: Service/hook/hook [webhooks[0].clientConfig.service]',
      'backend: Deployment/hook/hook [webhooks[0].clientConfig.service -> Service/hook/hook spec.selector]',
    ]);
  });

  test('and for the Certificate its CA bundle is injected from', () => {
    const graph = graphOf([
      ...certManager(), ...webhookServer('hook', { annotations: { [INJECT]: 'hook/serving' } }),
      certificate('hook', 'hook/serving', 'tls', { name: 'ca' }), issuer('hook', 'hook/ca'),
    ]);
    expect(waitsFor(graph, 'ValidatingWebhookConfiguration/hook')).toContain(`ca-bundle: Certificate/hook/serving [metadata.annotations["${INJECT}"]]`);
  });

  test('a Service without a selector picks nothing; one that is not there is expected on the cluster', () => {
    const graph = graphOf([
      service('a', 'a/bare', {}), deployment('a', 'a/a'),
      webhook('a', 'bare', { service: 'a/bare', rules: [] }), webhook('a', 'far', { service: 'x/far', rules: [] }),
    ]);
    expect(dependencyNames(graph, 'ValidatingWebhookConfiguration/bare')).toEqual(['Service/a/bare']);
    expect(externalNames(graph)).toContain('ValidatingWebhookConfiguration/far -> Service/x/far');
  });

  test('an aggregated API waits the same way, and its objects wait for it', () => {
    const graph = graphOf([
      service('m', 'm/m', { app: 'm' }), deployment('m', 'm/m'), object('b', 'metrics.example.com/v1', 'Sample', 's'),
      object('m', 'apiregistration.k8s.io/v1', 'APIService', 'v1.metrics', { spec: { group: 'metrics.example.com', version: 'v1', service: { namespace: 'm', name: 'm' } } }),
    ]);
    expect(dependencyNames(graph, 'APIService/v1.metrics')).toEqual(['Service/m/m', 'Deployment/m/m']);
    expect(dependencyNames(graph, 'Sample/s')).toEqual(['APIService/v1.metrics']);
  });
});

describe('conversion', () => {
  const converted = crd('k', 'k.io', 'Thing', 'things', {
    conversion: { strategy: 'Webhook', webhook: { clientConfig: { service: { namespace: 'k', name: 'k' } } } },
  });
  const definition = { ...converted, manifest: { ...converted.manifest, metadata: { ...converted.manifest.metadata, annotations: { [INJECT]: 'k/serving' } } } };
  const parts = [definition, service('k', 'k/k', { app: 'k' }), deployment('k', 'k/k'), ...certManager(), certificate('k', 'k/serving', 'tls', { name: 'ca' })];

  test('custom resources wait for the converter and its CA; the CRD does not', () => {
    const graph = graphOf([...parts, object('b', 'k.io/v1', 'Thing', 't')]);
    expect(dependencyNames(graph, 'Thing/t', 'conversion')).toEqual(['Service/k/k', 'Deployment/k/k', 'Certificate/k/serving']);
    expect(waitsFor(graph, 'CustomResourceDefinition/things.k.io')).toEqual([]);
  });

  test('what the converter itself needs does not wait for it', () => {
    const graph = graphOf([...parts, object('k', 'k.io/v1', 'Thing', 'k/own')], [], {
      references: [{ group: 'apps', kind: 'Deployment', path: 'metadata.name', target: () => [{ group: 'k.io', kind: 'Thing', namespace: 'k', name: 'own' }] }],
    });
    expect(skippedNames(graph)).toContain('Thing/k/own -x-> conversion for CustomResourceDefinition/things.k.io');
  });
});
