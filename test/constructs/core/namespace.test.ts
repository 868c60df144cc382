import { App, Chart, Testing } from 'cdk8s';
import { SystemNamespace, type SystemNamespaceProps } from '../../../constructs/core';
import { refusalOf } from './refusals';

function synth(name = 'kubeflow', props?: SystemNamespaceProps) {
  const chart = new Chart(new App(), 'chart');
  const namespace = new SystemNamespace(chart, name, props);
  const [object, deny, dns, limits, quota] = Testing.synth(chart);
  return { namespace, object, deny, dns, limits, quota };
}

test('enforces the restricted standard and warns of it', () => {
  expect(synth().object).toMatchObject({
    kind: 'Namespace',
    metadata: {
      name: 'kubeflow',
      labels: {
        'kubernetes.io/metadata.name': 'kubeflow',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      },
    },
  });
});

test('lets nothing in or out', () => {
  expect(synth().deny).toMatchObject({ kind: 'NetworkPolicy', metadata: { namespace: 'kubeflow' }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } });
  expect(synth().deny.spec).not.toHaveProperty('ingress');
  expect(synth().deny.spec).not.toHaveProperty('egress');
});

test('but DNS, over UDP and TCP, wherever it is', () => {
  const { spec } = synth().dns;
  expect(spec.policyTypes).toEqual(['Egress']);
  expect(spec.podSelector).toEqual({});
  expect(spec.egress).toHaveLength(1);
  expect(spec.egress[0]).not.toHaveProperty('to');
  expect(spec.egress[0].ports).toEqual([53, 5353].flatMap((port) => ['UDP', 'TCP'].map((protocol) => ({ port, protocol }))));
});

test('a weaker standard is enforced only, still warned of', () => {
  expect(synth('kubeflow', { podSecurity: 'baseline' }).object.metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'restricted',
  });
});

test('where everything is allowed nothing is warned of, and the reason is there', () => {
  const { object, namespace } = synth('istio-system', { podSecurity: 'privileged', waivers: [{ policy: 'pod-security-enforced', reason: 'the CNI writes to the host\'s plugin folder' }] });
  expect(namespace.podSecurity).toBe('privileged');
  expect(object.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
  expect(object.metadata.labels).not.toHaveProperty(['pod-security.kubernetes.io/warn']);
  expect(object.metadata.annotations).toMatchObject({ 'waiver.kubeflow-cdk.dev/pod-security-enforced': 'the CNI writes to the host\'s plugin folder' });
});

test('a container that states no amounts gets some', () => {
  const { limits } = synth();
  expect(limits).toMatchObject({ kind: 'LimitRange', metadata: { name: 'container-defaults', namespace: 'kubeflow' } });
  expect(limits.spec.limits).toEqual([{ type: 'Container', defaultRequest: { cpu: '50m', memory: '64Mi' }, default: { cpu: '2', memory: '2Gi' } }]);
  const own = synth('kubeflow', { containerDefaults: { cpu: { request: '1' }, memory: { request: '1Gi', limit: '4Gi' } } }).limits;
  expect(own.spec.limits).toEqual([{ type: 'Container', defaultRequest: { cpu: '1', memory: '1Gi' }, default: { cpu: '1', memory: '4Gi' } }]);
});

test('has no quota, which could stand in the way of an upgrade, and says so', () => {
  const { object, quota } = synth();
  expect(quota).toBeUndefined();
  expect(object.metadata.annotations['waiver.kubeflow-cdk.dev/namespace-quota']).toContain('upgrade');
});

test('has the quota it is given, and then no exception', () => {
  const { object, quota } = synth('examples', { quota: { cpu: { request: '4', limit: '8' }, memory: { request: '8Gi' } } });
  expect(quota).toMatchObject({
    kind: 'ResourceQuota',
    metadata: { name: 'compute', namespace: 'examples' },
    spec: { hard: { 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.cpu': '8', 'limits.memory': '8Gi' } },
  });
  expect(object.metadata.annotations).toBeUndefined();
});

test.each(['quota', 'containerDefaults'] as const)('refuses an amount of %s that is no quantity', (property) => {
  expect(() => synth('kubeflow', { [property]: { cpu: { request: 'much' }, memory: { request: '1Gi' } } })).toThrow(refusalOf('resources.cpu', `chart/namespace-kubeflow, ${property}`));
});

test('takes further labels', () => {
  expect(synth('kubeflow', { labels: { 'control-plane': 'kubeflow' } }).object.metadata.labels).toMatchObject({ 'control-plane': 'kubeflow' });
});

test.each(['Kubeflow', 'kube.flow', 'a'.repeat(64), ''])('refuses the name %.20j', (name) => {
  expect(() => synth(name)).toThrow(refusalOf('namespace'));
});
