import { evaluate, type KubernetesObject, UnknownValueError } from '../../../../policies';
import { defaultNamespace } from '../../../../policies/rules/namespaces/default-namespace';

const run = (...objects: KubernetesObject[]) => evaluate(objects, { policies: [defaultNamespace] });
const found = (object: KubernetesObject) => run(object).findings.map(({ enforcement, path, found: value, message }) => `${enforcement} ${path} ${JSON.stringify(value)} ${message}`);
const object = (apiVersion: string, kind: string, namespace?: unknown, name = 'x'): KubernetesObject => JSON.parse(JSON.stringify({ apiVersion, kind, metadata: { name, namespace } }));

it('reports what is in the default namespace', () => {
  expect(found(object('networking.k8s.io/v1', 'Ingress', 'default'))).toEqual(["mandatory metadata.namespace \"default\" Ingress 'x' is in the default namespace"]);
});

it.each([undefined, null, ''])('advises against naming no namespace: %j', (namespace) => {
  expect(found(object('v1', 'ConfigMap', namespace))).toEqual([expect.stringMatching(/^advisory metadata.namespace null ConfigMap 'x' names no namespace, and so is in the default one$/)]);
});

it.each<[string, KubernetesObject]>([
  ['another namespace', object('v1', 'ConfigMap', 'team-a')],
  ['a cluster-scoped kind', object('rbac.authorization.k8s.io/v1', 'ClusterRole')],
  ['a namespace', object('v1', 'Namespace', undefined, 'default')],
  ['the service of the API server', object('v1', 'Service', 'default', 'kubernetes')],
  ['its endpoints', object('discovery.k8s.io/v1', 'EndpointSlice', 'default', 'kubernetes')],
  ['the default service account', object('v1', 'ServiceAccount', undefined, 'default')],
  ['a known cluster-scoped custom kind', object('kyverno.io/v1', 'ClusterPolicy')],
  ['a file', object('kustomize.config.k8s.io/v1beta1', 'Kustomization')],
])('passes %s', (_what, passing) => {
  expect(run(passing)).toMatchObject({ findings: [], coverage: { undecided: [] } });
});

it.each([
  ['Service', 'web'],
  ['ServiceAccount', 'kubernetes'],
  ['Secret', 'kubernetes'],
])('does not pass %s %s for one of the cluster', (kind, name) => {
  expect(found(object('v1', kind, 'default', name))).toHaveLength(1);
});

describe('a custom resource', () => {
  const widget = (namespace?: string) => object('example.com/v1', 'Widget', namespace);
  const definition = (scope: string): KubernetesObject => ({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' }, spec: { group: 'example.com', names: { kind: 'Widget' }, scope } });

  it('is judged by the scope in its definition', () => {
    expect(run(widget(), definition('Namespaced')).findings).toHaveLength(1);
    expect(run(widget(), definition('Cluster')).findings).toEqual([]);
    expect(run(widget('default'), definition('Cluster')).findings).toEqual([]);
  });

  it('is undecided without one, unless it says that it is in the default namespace', () => {
    expect(run(widget())).toMatchObject({ findings: [], coverage: { undecided: [{ path: 'metadata.namespace', reason: 'its definition, which says whether it is in a namespace, is not given' }] } });
    expect(run(widget('default')).findings).toHaveLength(1);
    expect(run(widget('team-a')).coverage.undecided).toEqual([]);
  });

  it('is judged where its kind is known', () => {
    expect(found(object('kubeflow.org/v1', 'Notebook'))).toHaveLength(1);
  });
});

it('is undecided where the namespace is not known yet', () => {
  const unknown = object('v1', 'ConfigMap');
  Object.defineProperty(unknown.metadata, 'namespace', { enumerable: true, get: () => { throw new UnknownValueError('not known yet'); } });
  expect(run(unknown)).toMatchObject({ findings: [], coverage: { undecided: [{ policy: 'default-namespace' }] } });
});

it.each([null, 'x', []])('does not break off on metadata that is %j', (metadata) => {
  expect(run(JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata }))).findings).toHaveLength(1);
});

it('has the numbers of every benchmark', () => {
  expect(defaultNamespace.controls).toEqual(expect.arrayContaining(['cis-kubernetes-2.0.1:5.6.4', 'cis-kubernetes-1.11:5.6.4', 'cis-kubernetes-1.10:5.7.4', 'cis-eks-1.8:4.5.2', 'cis-gke-1.9:4.6.4', 'cis-aks-1.8:4.6.3']));
});
