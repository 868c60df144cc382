import { App, Chart, Testing } from 'cdk8s';
import { allowController, controllerManager, type ControllerService, type ControllerTraffic } from '../../../constructs/core';

const PROPS = { name: 'web', namespace: 'apps', selector: { app: 'web' } };

function synth(declare: (chart: Chart) => void) {
  const chart = new Chart(new App(), 'chart');
  declare(chart);
  return Testing.synth(chart);
}

const manager = (services: Record<string, ControllerService>) =>
  synth((chart) =>
    controllerManager(chart, {
      ...PROPS,
      serviceAccount: 'web',
      apiAccess: 'It watches things.',
      containers: [{ name: 'manager', image: { registry: 'quay.io', repository: 'example/web', tag: '1' }, resources: { cpu: { request: '1' }, memory: { request: '1Gi' } } }],
      services,
    }),
  );

const ingress = (traffic: Partial<ControllerTraffic>) => synth((chart) => allowController(chart, { ...PROPS, webhookPort: 9443, ...traffic }))[0].spec.ingress;

test('its Services lead to its pods, or to those they name', () => {
  const ports = [{ name: 'https', port: 443 }];
  const services = manager({ webhooks: { name: 'web-webhooks', ports }, metrics: { name: 'web-metrics', ports, selector: { role: 'metrics' } } }).filter(({ kind }) => kind === 'Service');
  expect(services.map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec.selector])).toEqual([
    ['apps', 'web-webhooks', { app: 'web' }],
    ['apps', 'web-metrics', { role: 'metrics' }],
  ]);
});

test('the API server reaches its webhooks, pods its open ports and nothing else', () => {
  expect(ingress({ openPorts: [8443] })).toEqual([
    { ports: [{ protocol: 'TCP', port: 9443 }] },
    { from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 8443 }] },
  ]);
  expect(ingress({})).toEqual([{ ports: [{ protocol: 'TCP', port: 9443 }] }]);
});

test('it reaches the API server alone', () => {
  const [policy] = synth((chart) => allowController(chart, { ...PROPS, webhookPort: 9443 }));
  expect(policy.metadata).toEqual({ name: 'web', namespace: 'apps' });
  expect(policy.spec).toMatchObject({
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress', 'Egress'],
    egress: [{ ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }] }],
  });
});
