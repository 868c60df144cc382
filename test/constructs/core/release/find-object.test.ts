import { UnknownObjectError } from '../../../../constructs/core/release';
import { deployment, graphOf, namespace, object } from './objects';

const graph = graphOf([
  deployment('kserve', 'kserve/kserve-controller-manager'), namespace('kserve', 'kserve'),
  object('a', 'networking.istio.io/v1', 'Gateway', 'a/g'), object('a', 'gateway.networking.k8s.io/v1', 'Gateway', 'a/g'),
]);

test.each(['Deployment/kserve/kserve-controller-manager', 'deployment/kserve/kserve-controller-manager', 'Deployment.apps/kserve/kserve-controller-manager'])('%s is found', (reference) => {
  expect(graph.find(reference).object.path).toBe('platform/kserve/Deployment/kserve/kserve-controller-manager');
});

test('a name nearly right brings a suggestion', () => {
  expect(() => graph.find('Deployment/kserve/kserve-controler-manager')).toThrow(
    '"Deployment/kserve/kserve-controler-manager" is no object here. Did you mean Deployment/kserve/kserve-controller-manager',
  );
  expect(() => graph.find('kserve-controller-manager')).toThrow(/Did you mean Deployment\/kserve\/kserve-controller-manager/);
});

test('a name nothing is like says what names look like', () => {
  expect(() => graph.find('x')).toThrow(UnknownObjectError);
  expect(() => graph.find('quite/another/thing-altogether')).toThrow(/Kind\/namespace\/name/);
});

test('a name of several objects asks which', () => {
  expect(() => graph.find('Gateway/a/g')).toThrow(/Say which: Gateway.gateway.networking.k8s.io\/a\/g, Gateway.networking.istio.io\/a\/g/);
  expect(graph.find('Gateway.networking.istio.io/a/g').object.manifest.apiVersion).toBe('networking.istio.io/v1');
});
