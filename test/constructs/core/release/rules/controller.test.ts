import { certManager, certificate, crd, dependencyNames, deployment, graphOf, issuer, object, skippedNames, waitsFor } from '../objects';

describe('custom resource after what reconciles it', () => {
  test('it waits for all the component that declares its CRD is ready with', () => {
    const graph = graphOf([...certManager(), issuer('apps', 'apps/ca')]);
    expect(dependencyNames(graph, 'Issuer/apps/ca', 'controller')).toEqual([
      'Deployment/cert-manager/controller', 'Deployment/cert-manager/webhook', 'ValidatingWebhookConfiguration/cert-manager',
    ]);
    expect(waitsFor(graph, 'Issuer/apps/ca')).toContain('controller: Deployment/cert-manager/controller [CustomResourceDefinition issuers.cert-manager.io]');
  });

  test('so it is deleted before the controller that clears it', () => {
    const graph = graphOf([...certManager(), issuer('a-first', 'apps/ca')]);
    const names = graph.deletionOrder().map((node) => graph.nameOf(node));
    expect(names.indexOf('Issuer/apps/ca')).toBeLessThan(names.indexOf('Deployment/cert-manager/controller'));
    expect(names.indexOf('Deployment/cert-manager/controller')).toBeLessThan(names.indexOf('CustomResourceDefinition/issuers.cert-manager.io'));
  });

  test('where one part of the component needs it, it waits for the other parts', () => {
    const graph = graphOf([
      ...certManager().filter(({ manifest }) => manifest.metadata.name !== 'webhook' || manifest.kind !== 'Deployment'),
      deployment('cert-manager', 'cert-manager/webhook', { volumes: [{ secret: { secretName: 'tls' } }] }),
      certificate('cert-manager', 'cert-manager/serving', 'tls', { name: 'ca' }),
      issuer('cert-manager', 'cert-manager/ca'),
    ]);
    expect(dependencyNames(graph, 'Certificate/cert-manager/serving', 'controller')).toEqual(['Deployment/cert-manager/controller']);
    expect(skippedNames(graph)).toEqual(expect.arrayContaining([
      'Certificate/cert-manager/serving -x-> Deployment/cert-manager/webhook',
      'Issuer/cert-manager/ca -x-> Deployment/cert-manager/webhook',
    ]));
  });

  test('a component may reconcile what another declares', () => {
    const graph = graphOf(
      [crd('gateway-api', 'gateway.networking.k8s.io', 'Gateway', 'gateways'), deployment('istio', 'istio/istiod'), object('apps', 'gateway.networking.k8s.io/v1', 'Gateway', 'apps/g')],
      [{ id: 'gateway-api', requires: [] }, { id: 'istio', requires: ['gateway-api'], reconciles: ['gateway.networking.k8s.io'] }],
    );
    expect(dependencyNames(graph, 'Gateway/apps/g', 'controller')).toEqual(['Deployment/istio/istiod']);
  });
});
