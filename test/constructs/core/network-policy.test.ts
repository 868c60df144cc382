import { App, Chart, Testing } from 'cdk8s';
import { ALL_PODS, allow, type AllowProps, allPodsOf, ANYWHERE, fromApiServer, pods, TO_API_SERVER } from '../../../constructs/core';

function policy(props: Partial<AllowProps>) {
  const chart = new Chart(new App(), 'chart');
  allow(chart, 'policy', { namespace: 'kubeflow', policyName: 'web', ...props });
  return Testing.synth(chart)[0];
}

test('is about the pods given, or all of the namespace', () => {
  expect(policy({ pods: { app: 'web' } })).toMatchObject({ metadata: { name: 'web', namespace: 'kubeflow' }, spec: { podSelector: { matchLabels: { app: 'web' } } } });
  expect(policy({}).spec.podSelector).toEqual({});
});

test('a direction that is not mentioned is not touched', () => {
  expect(policy({ ingress: [fromApiServer(9443)] }).spec).toEqual({ podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 9443, protocol: 'TCP' }] }] });
  expect(policy({ egress: [TO_API_SERVER] }).spec.policyTypes).toEqual(['Egress']);
});

test('anywhere is the absence of peers, not an empty list of them, which some read as nowhere', () => {
  const { ingress, egress } = policy({ ingress: [{ from: ANYWHERE, ports: [80] }], egress: [{ to: ANYWHERE, ports: [443] }] }).spec;
  expect(ingress[0]).not.toHaveProperty('from');
  expect(egress[0]).not.toHaveProperty('to');
});

test('every port is the absence of ports', () => {
  const { ingress, egress } = policy({ ingress: [{ from: [ALL_PODS] }], egress: [{ to: [ALL_PODS] }] }).spec;
  expect(ingress).toEqual([{ from: [{ namespaceSelector: {} }] }]);
  expect(egress).toEqual([{ to: [{ namespaceSelector: {} }] }]);
});

test('the API server is on 443 and 6443', () => {
  expect(policy({ egress: [TO_API_SERVER] }).spec.egress[0].ports.map(({ port }: { port: number }) => port)).toEqual([443, 6443]);
});

test('peers are pods of this namespace, pods of another, a whole namespace, or all pods', () => {
  const from = [pods({ app: 'a' }), pods({ app: 'b' }, 'istio-system'), allPodsOf('monitoring'), ALL_PODS];
  expect(policy({ ingress: [{ from, ports: [80] }] }).spec.ingress[0].from).toEqual([
    { podSelector: { matchLabels: { app: 'a' } } },
    { podSelector: { matchLabels: { app: 'b' } }, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } } },
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
    { namespaceSelector: {} },
  ]);
});

test('ports are numbers or names, TCP unless said', () => {
  expect(policy({ ingress: [{ from: ANYWHERE, ports: [80, 'http-metrics', { port: 53, protocol: 'UDP' }] }] }).spec.ingress[0].ports).toEqual([
    { port: 80, protocol: 'TCP' }, { port: 'http-metrics', protocol: 'TCP' }, { port: 53, protocol: 'UDP' },
  ]);
});

test('egress without ports is to every port', () => {
  expect(policy({ egress: [{ to: [allPodsOf('kubeflow')] }] }).spec.egress[0]).not.toHaveProperty('ports');
});
