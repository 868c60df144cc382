import { evaluate, type KubernetesObject, UnknownValueError } from '../../../../policies';
import { networkPolicies } from '../../../../policies/rules/namespaces/network-policies';
import { BARE_CONTAINER, deployment } from '../../objects';

const run = (...objects: KubernetesObject[]) => evaluate(objects, { policies: [networkPolicies] });
const check = (...objects: KubernetesObject[]) => run(...objects).findings.map(({ enforcement, object, path, message }) => `${enforcement} ${object.kind}/${object.name} ${path} ${message}`);
const namespace = (name = 'team-a', labels: object = {}): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels } } });
const policy = (apiVersion: string, kind: string, spec: unknown, inNamespace?: string): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'x', ...(inNamespace !== undefined && { namespace: inNamespace }) }, spec });
const workload = (name: string, inNamespace?: string | null) => deployment({ containers: [BARE_CONTAINER] }, { name, namespace: inNamespace });

it('reports a namespace without one', () => {
  expect(check(namespace())).toEqual(["mandatory Namespace/team-a metadata.name namespace 'team-a' has no network policy"]);
});

describe('a policy in the namespace', () => {
  it.each([
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['extensions/v1beta1', 'NetworkPolicy'],
    ['crd.projectcalico.org/v1', 'NetworkPolicy'],
    ['projectcalico.org/v3', 'NetworkPolicy'],
    ['crd.antrea.io/v1beta1', 'NetworkPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
  ])('counts: %s %s', (apiVersion, kind) => {
    expect(check(namespace(), policy(apiVersion, kind, {}, 'team-a'))).toEqual([]);
    expect(check(namespace(), policy(apiVersion, kind, {}, 'team-b'))).toHaveLength(1);
  });

  it('is not one that only has the name', () => {
    expect(check(namespace(), policy('example.com/v1', 'NetworkPolicy', {}, 'team-a'))).toHaveLength(1);
    expect(check(namespace(), policy('crd.projectcalico.org/v1', 'StagedNetworkPolicy', {}, 'team-a'))).toHaveLength(1);
  });
});

const RULES = { ingress: [{}] };
const TEAM = { matchLabels: { team: 'a' } };

describe.each<[string, (spec: object) => KubernetesObject, [what: string, spec: object, holds: boolean][]]>([
  ['CiliumClusterwideNetworkPolicy', (spec) => ({ ...policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', undefined), ...spec }), [
    ['all pods', { spec: { endpointSelector: {}, ...RULES } }, true],
    ['all pods, by an empty selector', { spec: { endpointSelector: { matchLabels: {}, matchExpressions: [] }, egress: [] } }, true],
    ['all pods, in a list', { specs: [null, { endpointSelector: {}, ingressDeny: [{}] }] }, true],
    ['the namespace', { spec: { endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'team-a' } }, ...RULES } }, true],
    ['namespaces in a list', { spec: { endpointSelector: { matchExpressions: [{ key: 'io.kubernetes.pod.namespace', operator: 'In', values: ['team-a'] }] }, ...RULES } }, true],
    ['another namespace', { spec: { endpointSelector: { matchLabels: { 'io.kubernetes.pod.namespace': 'team-b' } }, ...RULES } }, false],
    ['some pods', { spec: { endpointSelector: { matchLabels: {}, matchExpressions: [{ key: 'role', operator: 'Exists' }] }, ...RULES } }, false],
    ['all pods, without rules', { spec: { endpointSelector: {} } }, false],
    ['all pods, without denying anything', { spec: { endpointSelector: {}, ...RULES, enableDefaultDeny: { ingress: false, egress: false } } }, false],
    ['nodes', { spec: { nodeSelector: {}, ...RULES } }, false],
  ]],
  ['GlobalNetworkPolicy', (spec) => policy('projectcalico.org/v3', 'GlobalNetworkPolicy', spec), [
    ['everything', {}, true],
    ['all pods', { selector: 'all()', namespaceSelector: ' all() ' }, true],
    ['the namespace', { namespaceSelector: 'kubernetes.io/metadata.name == "team-a"' }, true],
    ['the namespace, by Calico\'s label', { namespaceSelector: "projectcalico.org/name == 'team-a'" }, true],
    ['another namespace', { namespaceSelector: "projectcalico.org/name == 'team-b'" }, false],
    ['some pods', { selector: 'role == "db"' }, false],
  ]],
  ['AdminNetworkPolicy', (spec) => policy('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', spec), [
    ['all namespaces', { subject: { namespaces: {} }, ...RULES }, true],
    ['namespaces by label', { subject: { namespaces: TEAM }, ...RULES }, true],
    ['other namespaces', { subject: { namespaces: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['a'] }] } }, ...RULES }, false],
    ['all pods of namespaces', { subject: { pods: { namespaceSelector: TEAM, podSelector: {} } }, egress: [{}] }, true],
    ['some pods', { subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'x' } } } }, ...RULES }, false],
    ['all namespaces, without rules', { subject: { namespaces: {} } }, false],
    ['nothing', { ...RULES }, false],
  ]],
  ['ClusterNetworkPolicy of Antrea', (spec) => policy('crd.antrea.io/v1beta1', 'ClusterNetworkPolicy', spec), [
    ['namespaces', { appliedTo: [{ namespaceSelector: TEAM }] }, true],
    ['other namespaces', { appliedTo: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] }, false],
    ['all pods', { appliedTo: [{ podSelector: {} }] }, true],
    ['some pods', { appliedTo: [{ podSelector: { matchLabels: { app: 'x' } } }] }, false],
  ]],
])('a %s', (_kind, make, cases) => {
  it.each(cases)('over %s', (_what, spec, holds) => {
    expect(check(namespace('team-a', { team: 'a' }), make(spec))).toHaveLength(holds ? 0 : 1);
  });
});

it('counts a BaselineAdminNetworkPolicy like an AdminNetworkPolicy', () => {
  expect(check(namespace(), policy('policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', { subject: { namespaces: {} }, ...RULES }))).toEqual([]);
});

it('cannot tell where a selector is one that it does not read', () => {
  const global = policy('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', { namespaceSelector: 'has(team) && team in {"a"}' });
  expect(run(namespace(), global)).toMatchObject({ findings: [], coverage: { undecided: [{ path: 'metadata.name', reason: 'a network policy may hold in it, which cannot be told' }] } });
});

describe('a namespace that is used but not declared', () => {
  it('is reported once, at the first workload, as advice', () => {
    expect(check(workload('one', 'team-a'), workload('two', 'team-a'), workload('three', 'team-b'))).toEqual([
      "advisory Deployment/one metadata.namespace namespace 'team-a', which is used here, has no network policy",
      "advisory Deployment/three metadata.namespace namespace 'team-b', which is used here, has no network policy",
    ]);
    expect(check(workload('one', 'team-a'), namespace())).toEqual([expect.stringContaining('Namespace/team-a')]);
    expect(check(workload('one', 'team-a'), policy('networking.k8s.io/v1', 'NetworkPolicy', {}, 'team-a'))).toEqual([]);
  });

  it('is default if none is named', () => {
    expect(check(workload('one', null))).toEqual([expect.stringContaining("namespace 'default', which is used here")]);
    expect(check(workload('one', null), policy('networking.k8s.io/v1', 'NetworkPolicy', {}, 'default'))).toEqual([]);
    expect(check(workload('one', 'default'), policy('networking.k8s.io/v1', 'NetworkPolicy', {}))).toEqual([]);
  });

  it('may be used by custom workloads, but not by those of the cluster as a whole', () => {
    const custom = (kind: string): KubernetesObject => ({ apiVersion: 'trainer.kubeflow.org/v1alpha1', kind, metadata: { name: 'x' }, spec: {} });
    expect(check(custom('TrainJob'))).toHaveLength(1);
    expect(check(custom('ClusterTrainingRuntime'))).toEqual([]);
    expect(check({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'team-a' } })).toEqual([]);
  });
});

it('exempts namespaces of the cluster, unless workloads are put into them', () => {
  expect(check(namespace('kube-system'))).toEqual([]);
  expect(check(namespace('kube-system'), workload('one', 'kube-system'))).toHaveLength(1);
});

it('is undecided where the namespace of a policy is not known yet', () => {
  const unknown = policy('networking.k8s.io/v1', 'NetworkPolicy', {});
  Object.defineProperty(unknown.metadata, 'namespace', { enumerable: true, get: () => { throw new UnknownValueError('not known yet'); } });
  expect(run(namespace(), unknown)).toMatchObject({ findings: [], coverage: { undecided: [{ policy: 'network-policies' }] } });
});

it.each([null, 'x', [], { subject: 'x', endpointSelector: 1, selector: {}, appliedTo: 'x', ingress: 'y' }])('does not break off on policies over %j', (spec) => {
  const odd = ['cilium.io/v2 CiliumClusterwideNetworkPolicy', 'projectcalico.org/v3 GlobalNetworkPolicy', 'policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy', 'crd.antrea.io/v1beta1 ClusterNetworkPolicy'];
  const objects = odd.map((each) => policy(each.split(' ')[0] ?? '', each.split(' ')[1] ?? '', spec));
  expect(run(namespace(), ...objects).findings.filter(({ message }) => message.includes('broke off'))).toEqual([]);
});

it('has the numbers of every benchmark', () => {
  expect(networkPolicies.controls).toEqual(expect.arrayContaining(['cis-kubernetes-2.0.1:5.3.2', 'cis-kubernetes-1.8:5.3.2', 'cis-eks-1.8:4.3.2', 'cis-gke-1.9:4.3.2', 'cis-aks-1.8:4.4.2']));
});
