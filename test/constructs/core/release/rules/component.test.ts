import { ReleaseCycleError, UnknownComponentError } from '../../../../../constructs/core/release';
import { configMap, deployment, graphOf, object, waitsFor, webhook } from '../objects';

const chain = [
  { id: 'a', requires: [] },
  { id: 'b', requires: ['a'] },
  { id: 'c', requires: ['b'] },
];

describe('component before component', () => {
  test('workloads wait for the workloads and webhooks of what their component requires; configuration does not', () => {
    const graph = graphOf([deployment('b', 'b/b'), configMap('b', 'b/c'), deployment('a', 'a/a'), webhook('a', 'hook', { rules: [] })], chain);
    expect(waitsFor(graph, 'Deployment/b/b')).toEqual([
      'component: Deployment/a/a [b requires a]',
      'component: ValidatingWebhookConfiguration/hook [b requires a]',
    ]);
    expect(waitsFor(graph, 'ConfigMap/b/c')).toEqual([]);
  });

  test('a component without workloads passes on what it requires', () => {
    const graph = graphOf([deployment('c', 'c/c'), deployment('a', 'a/a')], chain);
    expect(waitsFor(graph, 'Deployment/c/c')).toEqual(['component: Deployment/a/a [c requires b -> b requires a]']);
  });

  test('nobody waits for a CronJob, but it waits', () => {
    const cronJob = (component: string) =>
      object(component, 'batch/v1', 'CronJob', `${component}/cron`, { spec: { jobTemplate: { spec: { template: { spec: {} } } } } });
    const graph = graphOf([cronJob('a'), deployment('a', 'a/a'), cronJob('b')], chain);
    expect(waitsFor(graph, 'CronJob/b/cron')).toEqual(['component: Deployment/a/a [b requires a]']);
  });

  test('edges add, where products would multiply', () => {
    const many = (component: string) => Array.from({ length: 100 }, (_, i) => deployment(component, `${component}/d${i}`));
    const graph = graphOf([...many('a'), ...many('b')], chain);
    expect(graph.edges.length).toBeLessThan(2 * 200 + 10);
  });

  test('components that require each other are a cycle', () => {
    const mutual = [{ id: 'a', requires: ['b'] }, { id: 'b', requires: ['a'] }];
    const withWorkloads = () => graphOf([deployment('a', 'a/a'), deployment('b', 'b/b')], mutual);
    expect(withWorkloads).toThrow(ReleaseCycleError);
    expect(withWorkloads).toThrow(/a requires b[^]*b requires a/);
    expect(() => graphOf([], mutual)).toThrow(/a requires b[^]*b requires a/);
  });

  test('a component that is not there is named, with those that are', () => {
    const act = () => graphOf([], [{ id: 'kserve', requires: ['cert-manger'] }, { id: 'cert-manager', requires: [] }]);
    expect(act).toThrow(UnknownComponentError);
    expect(act).toThrow('Component kserve requires "cert-manger", which is none of the components: cert-manager, kserve.');
  });
});

describe('what a controller makes something of outside the cluster', () => {
  const made = (component: string, apiVersion: string, kind: string, spec: object) => object(component, apiVersion, kind, `${component}/x`, { spec });
  const whatItWaitsFor = (apiVersion: string, kind: string, spec: object) => waitsFor(graphOf([made('b', apiVersion, kind, spec), deployment('a', 'a/a')], chain), `${kind}/b/x`);

  test.each([
    ['v1', 'Service', { type: 'LoadBalancer' }],
    ['networking.k8s.io/v1', 'Ingress', {}],
    ['v1', 'PersistentVolumeClaim', {}],
  ])('%s %s waits for the controllers its component is given, and so goes while they still run', (apiVersion, kind, spec) => {
    expect(whatItWaitsFor(apiVersion, kind, spec)).toEqual(['component: Deployment/a/a [b requires a]']);
  });

  test.each([
    ['v1', 'Service', { type: 'ClusterIP' }],
    ['v1', 'Service', {}],
    ['serving.knative.dev/v1', 'Service', { type: 'LoadBalancer' }],
    ['networking.internal.knative.dev/v1alpha1', 'Ingress', {}],
    ['v1', 'ConfigMap', {}],
  ])('%s %s %j is nothing of the kind', (apiVersion, kind, spec) => {
    expect(whatItWaitsFor(apiVersion, kind, spec)).toEqual([]);
  });

  test('it does not hold up who waits for the component, and does not wait for its own workloads', () => {
    const graph = graphOf([made('b', 'v1', 'Service', { type: 'LoadBalancer' }), deployment('b', 'b/b'), deployment('c', 'c/c')], chain);
    expect(waitsFor(graph, 'Service/b/x')).toEqual([]);
    expect(waitsFor(graph, 'Deployment/c/c')).toEqual(['component: Deployment/b/b [c requires b]']);
  });
});
