import { ReleaseGraph } from '../../../../constructs/core/release';
import type { SynthesizedObject } from '../../../../constructs/core/manifest';
import { configMap, crd, deployment, namespace, object, rule, serviceAccount, webhookServer } from './objects';

const NAMESPACES = 100;
const WEBHOOKS = 20;

/** 10,000 objects in 100 namespaces of ten components, and 20 webhooks that are asked about all of them. */
function platform(): { objects: SynthesizedObject[]; components: { id: string; requires: string[] }[] } {
  const objects: SynthesizedObject[] = [crd('c0', 'a.io', 'Thing', 'things')];
  for (let i = 0; i < WEBHOOKS; i += 1) objects.push(...webhookServer(`hook${i}`, { rules: [rule('*', '*')] }));
  for (let n = 0; n < NAMESPACES; n += 1) {
    const component = `c${n % 10}`;
    const home = `ns${n}`;
    objects.push(namespace(component, home), object(component, 'networking.k8s.io/v1', 'NetworkPolicy', `${home}/deny`));
    for (let i = 0; i < 24; i += 1) {
      objects.push(
        serviceAccount(component, `${home}/sa${i}`), configMap(component, `${home}/c${i}`), object(component, 'a.io/v1', 'Thing', `${home}/t${i}`),
        deployment(component, `${home}/d${i}`, { serviceAccountName: `sa${i}`, volumes: [{ configMap: { name: `c${i}` } }] }),
      );
    }
    objects.push(object(component, 'rbac.authorization.k8s.io/v1', 'RoleBinding', `${home}/b`, { roleRef: { kind: 'ClusterRole', name: 'r' }, subjects: [{ kind: 'ServiceAccount', name: 'sa0' }] }));
  }
  const components = Array.from({ length: 10 }, (_, i) => ({ id: `c${i}`, requires: i > 0 ? [`c${i - 1}`] : [] }));
  return { objects, components: [...components, ...Array.from({ length: WEBHOOKS }, (_, i) => ({ id: `hook${i}`, requires: [] }))] };
}

test('10,000 objects: edges grow with objects and webhooks, and the order is there in seconds at most', () => {
  const { objects, components } = platform();
  expect(objects.length).toBeGreaterThan(9_900);
  const started = process.hrtime.bigint();
  const graph = ReleaseGraph.of(objects, components);
  const order = graph.order();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  expect(order).toHaveLength(objects.length);
  const inferred = graph.edges.filter(({ reason }) => reason.kind !== 'admission');
  expect(inferred.length).toBeLessThan(6 * objects.length);
  expect(graph.edges.length - inferred.length + graph.skipped.length).toBeLessThanOrEqual(WEBHOOKS * objects.length);
  expect(seconds).toBeLessThan(10);
});
