import { evaluate, type KubernetesObject } from '../../../../policies';
import { namespaceBoundaries } from '../../../../policies/rules/namespaces/namespace-boundaries';
import { BARE_CONTAINER, deployment } from '../../objects';

const check = (...objects: KubernetesObject[]) => evaluate(objects, { policies: [namespaceBoundaries] }).findings.map(({ object, path, message }) => `${object.kind}/${object.name} ${path} ${message}`);
const PART_OF = 'app.kubernetes.io/part-of';
const INSTANCE = 'app.kubernetes.io/instance';
const workload = (name: string, labels: unknown, namespace = 'shared') => deployment({ containers: [BARE_CONTAINER] }, { name, namespace, labels });

it('reports a namespace that applications share, at its declaration or at the first workload', () => {
  const both = [workload('a', { [PART_OF]: 'shop' }), workload('b', { [PART_OF]: 'billing' })];
  expect(check(...both)).toEqual(["Deployment/a metadata.namespace namespace 'shared' is shared by the applications shop, billing"]);
  expect(check(...both, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shared' } })).toEqual(["Namespace/shared metadata.name namespace 'shared' is shared by the applications shop, billing"]);
});

it.each<[string, KubernetesObject[]]>([
  ['one application', [workload('a', { [PART_OF]: 'shop' }), workload('b', { [PART_OF]: 'shop' })]],
  ['namespaces of their own', [workload('a', { [PART_OF]: 'shop' }), workload('b', { [PART_OF]: 'billing' }, 'billing')]],
  ['instances of one application', [workload('a', { [PART_OF]: 'shop', [INSTANCE]: 'web' }), workload('b', { [PART_OF]: 'shop', [INSTANCE]: 'db' })]],
  ['what is joined by a third', [workload('a', { [PART_OF]: 'shop' }), workload('b', { [INSTANCE]: 'db' }), workload('c', { [PART_OF]: 'shop', [INSTANCE]: 'db' })]],
  ['workloads that do not say', [workload('a', { app: 'a' }), workload('b', null), workload('c', 'x'), workload('d', { [PART_OF]: 'shop' })]],
  ['namespaces of the cluster', [workload('a', { [PART_OF]: 'dns' }, 'kube-system'), workload('b', { [PART_OF]: 'cni' }, 'kube-system')]],
  ['things that are no workloads', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shared', labels: { [PART_OF]: 'x' } } }, workload('b', { [PART_OF]: 'shop' })]],
])('passes %s', (_what, objects) => {
  expect(check(...objects)).toEqual([]);
});

it('reads the labels of the pod where the workload has none, and those of custom workloads', () => {
  const pods = deployment({ containers: [BARE_CONTAINER] }, { name: 'a', namespace: 'shared' }, { labels: { [INSTANCE]: 'one' } });
  const job = { apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', metadata: { name: 'j', namespace: 'shared', labels: { [INSTANCE]: 'two' } }, spec: {} };
  expect(check(pods, job)).toEqual([expect.stringContaining('one, two')]);
});
