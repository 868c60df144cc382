import { App, Chart, Testing } from 'cdk8s';
import { service, type ServiceProps } from '../../../../constructs/core';

function synth(props: Partial<ServiceProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  service(chart, 'service', { name: 'web', namespace: 'apps', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }], ...props });
  return Testing.synth(chart)[0];
}

test('is inside the cluster and leads to the pods\' port of the same number', () => {
  expect(synth()).toMatchObject({
    kind: 'Service',
    metadata: { name: 'web', namespace: 'apps' },
    spec: { type: 'ClusterIP', selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }] },
  });
});

test('takes a type, target ports by number or name, and the protocol spoken', () => {
  const { spec } = synth({
    type: 'LoadBalancer',
    ports: [{ name: 'https', port: 443, targetPort: 'webhook', appProtocol: 'https' }, { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' }],
  });
  expect(spec.type).toBe('LoadBalancer');
  expect(spec.ports).toEqual([
    { name: 'https', port: 443, targetPort: 'webhook', protocol: 'TCP', appProtocol: 'https' },
    { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' },
  ]);
});

test('takes labels and annotations', () => {
  expect(synth({ labels: { a: 'b' }, annotations: { c: 'd' } }).metadata).toMatchObject({ labels: { a: 'b' }, annotations: { c: 'd' } });
});
