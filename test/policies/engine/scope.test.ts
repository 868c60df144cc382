import { Inventory, type KubernetesObject, UnknownValueError } from '../../../policies';
import { isFile, scopeOf } from '../../../policies/engine/scope';

const scope = (apiVersion: string, kind: string, ...objects: readonly KubernetesObject[]) => {
  const inventory = new Inventory(objects);
  const derive: Parameters<typeof scopeOf>[1]['derive'] = (build) => build(inventory, { inventory, derive, parameters: { requiredLimits: [], requiredRequests: [], maxLimitRequestRatio: {}, exemptNamespaces: [], podSecurityVersion: 'latest' }, podTemplates: () => [] });
  return scopeOf({ apiVersion, kind }, { derive });
};
const definition = (spec: object, apiVersion = 'apiextensions.k8s.io/v1', kind = 'CustomResourceDefinition'): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'x' }, spec });
const widget = (scopeOfIt: unknown) => definition({ group: 'example.com', names: { kind: 'Widget' }, scope: scopeOfIt });

it.each([
  ['v1', 'Namespace', 'cluster'],
  ['v1', 'Pod', 'namespaced'],
  ['v1', 'PersistentVolume', 'cluster'],
  ['v1', 'PersistentVolumeClaim', 'namespaced'],
  ['apps/v1', 'Deployment', 'namespaced'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'cluster'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'namespaced'],
  ['networking.k8s.io/v1', 'IngressClass', 'cluster'],
  ['networking.k8s.io/v1', 'Ingress', 'namespaced'],
  ['resource.k8s.io/v1', 'DeviceClass', 'cluster'],
  ['resource.k8s.io/v1', 'ResourceClaim', 'namespaced'],
  ['storage.k8s.io/v1', 'StorageClass', 'cluster'],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', 'namespaced'],
  ['authorization.k8s.io/v1', 'LocalSubjectAccessReview', 'namespaced'],
  ['certificates.k8s.io/v1beta1', 'ClusterTrustBundle', 'cluster'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'cluster'],
  ['cert-manager.io/v1', 'ClusterIssuer', 'cluster'],
  ['cert-manager.io/v1', 'Issuer', 'namespaced'],
  ['trainer.kubeflow.org/v1alpha1', 'ClusterTrainingRuntime', 'cluster'],
  ['trainer.kubeflow.org/v1alpha1', 'TrainingRuntime', 'namespaced'],
  ['kubeflow.org/v1', 'Profile', 'cluster'],
  ['kubeflow.org/v1', 'Notebook', 'namespaced'],
  ['constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels', 'cluster'],
  ['crd.projectcalico.org/v1', 'NetworkPolicy', 'namespaced'],
  ['crd.projectcalico.org/v1', 'IPPool', 'cluster'],
  ['kueue.x-k8s.io/v1beta1', 'ClusterQueue', 'cluster'],
  ['karpenter.sh/v1', 'NodePool', 'cluster'],
  ['nvidia.com/v1', 'ClusterPolicy', 'cluster'],
  ['example.com/v1', 'Widget', undefined],
])('of %s %s is %s', (apiVersion, kind, expected) => {
  expect(scope(apiVersion, kind)).toBe(expected);
});

it('is what the definition in the evaluation says', () => {
  expect(scope('example.com/v1', 'Widget', widget('Cluster'))).toBe('cluster');
  expect(scope('example.com/v2', 'Widget', widget('Namespaced'))).toBe('namespaced');
  expect(scope('example.com/v1', 'Widget', widget(undefined))).toBe('namespaced');
  expect(scope('example.com/v1', 'Gadget', widget('Cluster'))).toBeUndefined();
  expect(scope('other.com/v1', 'Widget', widget('Cluster'))).toBeUndefined();
  expect(scope('cert-manager.io/v1', 'Issuer', definition({ group: 'cert-manager.io', names: { kind: 'Issuer' }, scope: 'Cluster' }))).toBe('cluster');
});

it('is what a composite resource definition makes of it', () => {
  const composite = (spec: object, version = 'v1') => definition({ group: 'example.com', names: { kind: 'XWidget' }, ...spec }, `apiextensions.crossplane.io/${version}`, 'CompositeResourceDefinition');
  expect(scope('example.com/v1', 'XWidget', composite({ claimNames: { kind: 'Widget' } }))).toBe('cluster');
  expect(scope('example.com/v1', 'Widget', composite({ claimNames: { kind: 'Widget' } }))).toBe('namespaced');
  expect(scope('example.com/v1', 'XWidget', composite({}, 'v2'))).toBe('namespaced');
  expect(scope('example.com/v1', 'XWidget', composite({ scope: 'Cluster' }, 'v2'))).toBe('cluster');
});

it('does not trust the form of a definition', () => {
  for (const spec of [null, 'x', { names: null }, { group: 1, names: [], scope: {} }]) {
    expect(scope('example.com/v1', 'Widget', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec })).toBeUndefined();
  }
  const unknown = widget('Cluster');
  Object.defineProperty(unknown, 'spec', { get: () => { throw new UnknownValueError('not known yet'); } });
  expect(scope('example.com/v1', 'Widget', unknown)).toBeUndefined();
});

it.each([
  ['kustomize.config.k8s.io/v1beta1', 'Kustomization', true],
  ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration', true],
  ['kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration', true],
  ['kind.x-k8s.io/v1alpha4', 'Cluster', true],
  ['eksctl.io/v1alpha5', 'ClusterConfig', true],
  ['audit.k8s.io/v1', 'Policy', true],
  ['pod-security.admission.config.k8s.io/v1', 'PodSecurityConfiguration', true],
  ['config.kubeflow.org/v1beta1', 'KatibConfig', true],
  ['v1', 'Config', true],
  ['v1', 'ConfigMap', false],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', false],
  ['policy/v1', 'PodDisruptionBudget', false],
])('%s %s is a file: %s', (apiVersion, kind, expected) => {
  expect(isFile({ apiVersion, kind })).toBe(expected);
});
