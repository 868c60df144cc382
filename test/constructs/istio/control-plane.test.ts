import type { RbacRule } from '../../../constructs/core';
import { at, synthesized } from './harness';

const defaults = synthesized();
const deployment = defaults.get('Deployment', 'istiod');
const rulesOf = (name: string, kind = 'ClusterRole', from = defaults) => at<RbacRule[]>(from.get(kind, name), 'rules');
const may = (rules: readonly RbacRule[], group: string, resource: string) =>
  new Set(rules.filter((rule) => rule.apiGroups?.includes(group) && rule.resources?.includes(resource)).flatMap((rule) => rule.verbs));

test('istiod starts only with its mesh configuration and its templates', () => {
  const volumes = at<{ name: string; configMap?: { name: string; optional?: boolean } }[]>(deployment, 'spec.template.spec.volumes');
  const mounts = at<{ name: string; mountPath: string }[]>(deployment, 'spec.template.spec.containers.0.volumeMounts');
  const configMapAt = (mountPath: string) => volumes.find(({ name }) => name === mounts.find((mount) => mount.mountPath === mountPath)?.name)?.configMap;
  expect(configMapAt('/etc/istio/config')).toEqual({ name: 'istio' });
  expect(configMapAt('/var/lib/istio/inject')).toEqual({ name: 'istio-sidecar-injector' });
});

test('proxies of every namespace reach discovery, the API server the webhooks, and nobody the plain-text ports', () => {
  const ingress = at<{ from?: unknown[]; ports: { port: number }[] }[]>(defaults.get('NetworkPolicy', 'istiod'), 'spec.ingress');
  const from = (port: number) => ingress.filter(({ ports }) => ports.some((each) => each.port === port)).map((rule) => rule.from);
  expect(from(15012)).toEqual([[{ namespaceSelector: {} }]]);
  expect(from(15014)).toEqual([[{ namespaceSelector: {} }]]);
  expect(from(15017)).toEqual([undefined]);
  expect(from(15010)).toEqual([]);
  expect(from(8080)).toEqual([]);
  expect(at<{ port: number }[]>(defaults.get('Service', 'istiod'), 'spec.ports').map(({ port }) => port)).toEqual([15012, 443, 15014]);
});

test('istiod reaches the API server, and what else it is told to', () => {
  const toJwks = { to: [{ namespaceSelector: {} }], ports: [8080] };
  const egress = (props: Parameters<typeof synthesized>[0]) => at<{ ports: { port: number }[] }[]>(synthesized(props).get('NetworkPolicy', 'istiod'), 'spec.egress');
  expect(egress({}).map(({ ports }) => ports.map(({ port }) => port))).toEqual([[443, 6443]]);
  expect(egress({ controlPlane: { egress: [toJwks] } }).map(({ ports }) => ports.map(({ port }) => port))).toEqual([[443, 6443], [8080]]);
});

test('no rule of istiod has a wildcard', () => {
  for (const rules of [rulesOf('istiod-clusterrole-istio-system'), rulesOf('istiod-gateway-controller-istio-system'), rulesOf('istiod', 'Role')]) {
    for (const { apiGroups, resources, verbs } of rules) expect([...(apiGroups ?? []), ...(resources ?? []), ...verbs]).not.toContain('*');
  }
});

test('istiod may read every Istio kind there is a CRD for', () => {
  const rules = rulesOf('istiod-clusterrole-istio-system');
  const crds = defaults.objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  for (const crd of crds) {
    expect([crd.metadata.name, ...may(rules, at(crd, 'spec.group'), at(crd, 'spec.names.plural'))]).toEqual(expect.arrayContaining(['get', 'list', 'watch']));
  }
});

test('istiod changes no Secret but those of its CA', () => {
  const everywhere = may(rulesOf('istiod-clusterrole-istio-system'), '', 'secrets');
  expect(everywhere).toEqual(new Set(['get', 'list', 'watch']));
  const here = rulesOf('istiod', 'Role').filter(({ resources }) => resources?.includes('secrets'));
  expect(here.filter(({ verbs }) => verbs.includes('update')).map(({ resourceNames }) => resourceNames)).toEqual([['istio-ca-secret', 'cacerts']]);
});

test('without Gateways of the Gateway API istiod may not create workloads', () => {
  const without = synthesized({ gatewayApi: false });
  expect(without.objects.map(({ metadata }) => metadata.name)).not.toContain('istiod-gateway-controller-istio-system');
  expect(at<object[]>(without.get('Deployment', 'istiod'), 'spec.template.spec.containers.0.env')).toContainEqual({
    name: 'PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER',
    value: 'false',
  });
  expect(at(without.get('ConfigMap', 'istio-sidecar-injector'), 'data.config')).not.toContain('kube-gateway');
});

test('an autoscaler alone says how many istiods there are', () => {
  expect(at(deployment, 'spec.replicas')).toBeUndefined();
  expect(at(defaults.get('HorizontalPodAutoscaler', 'istiod'), 'spec')).toMatchObject({ minReplicas: 2, maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'istiod' } });
  const more = synthesized({ controlPlane: { autoscaling: { minReplicas: 7 } } });
  expect(at(more.get('HorizontalPodAutoscaler', 'istiod'), 'spec')).toMatchObject({ minReplicas: 7, maxReplicas: 7 });
});

test('istiod serves no debugging over plain HTTP, injects native sidecars and trusts no node agent', () => {
  const env = at<object[]>(deployment, 'spec.template.spec.containers.0.env');
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'ENABLE_DEBUG_ON_HTTP', value: 'false' },
      { name: 'ENABLE_NATIVE_SIDECARS', value: 'true' },
      { name: 'CA_TRUSTED_NODE_ACCOUNTS', value: '' },
    ]),
  );
});

test('untainting nodes comes with the right to do it', () => {
  const untainting = synthesized({ cni: { untaintNodes: true, namespace: 'mesh-nodes' } });
  expect(may(rulesOf('istiod-clusterrole-istio-system', 'ClusterRole', untainting), '', 'nodes')).toContain('patch');
  expect(may(rulesOf('istiod-clusterrole-istio-system'), '', 'nodes')).not.toContain('patch');
  expect(at<string[]>(untainting.get('Deployment', 'istiod'), 'spec.template.spec.containers.0.args')).toContain('--cniNamespace=mesh-nodes');
});
