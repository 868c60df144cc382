import { ISTIO_VERSION } from '../../../constructs/istio';
import { judged } from '../judged';
import { at, synthesized } from './harness';

const defaults = synthesized();

test('makes the objects of an Istio with its gateways and defaults', () => {
  const list = defaults.objects.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'));
  expect(list.filter((name) => !name.startsWith('CustomResourceDefinition/'))).toMatchSnapshot();
  expect(list.filter((name) => name.startsWith('CustomResourceDefinition/'))).toHaveLength(15);
  expect(new Set(list).size).toBe(list.length);
});

test('is the mesh that other components are given', () => {
  expect(defaults.istio).toMatchObject({
    meshVersion: ISTIO_VERSION,
    controlPlaneNamespace: 'istio-system',
    trustDomain: 'cluster.local',
    ingressGateway: { gateway: 'kubeflow/kubeflow-gateway', namespace: 'istio-system', service: 'istio-ingressgateway', pods: { istio: 'ingressgateway' } },
    clusterLocalGateway: { gateway: 'istio-system/cluster-local-gateway', service: 'cluster-local-gateway', pods: { istio: 'cluster-local-gateway' } },
  });
  expect(defaults.istio.providedBy).toBe(defaults.istio);
});

test('the gateways it names are really there: Gateway object, Service and pods', () => {
  for (const gateway of [defaults.istio.ingressGateway, defaults.istio.clusterLocalGateway]) {
    const [namespace, name] = gateway.gateway.split('/');
    const object = defaults.objects.find(({ kind, metadata }) => kind === 'Gateway' && metadata.name === name && metadata.namespace === namespace);
    expect(gateway.pods).toMatchObject(at<object>(object, 'spec.selector'));
    expect(at(defaults.get('Service', gateway.service), 'spec.selector')).toEqual(gateway.pods);
    expect(at(defaults.get('Deployment', gateway.service), 'spec.template.metadata.labels')).toMatchObject(gateway.pods);
  }
});

test('synthesises the same bytes every time', () => {
  expect(JSON.stringify(synthesized().objects)).toBe(JSON.stringify(defaults.objects));
});

/** Everything that looks like an image anywhere, also inside templates. */
function imageLike(objects: readonly unknown[]): Set<string> {
  return new Set([...JSON.stringify(objects).matchAll(/[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:\/[a-z0-9._-]+)+:[A-Za-z0-9][\w.-]*\d[\w.-]*/g)].map(([match]) => match));
}

test('knows every image it uses, also the one that is only in the injection templates', () => {
  const references = new Set(defaults.images.map(({ reference }) => reference));
  const found = imageLike(defaults.objects.filter(({ kind }) => kind !== 'CustomResourceDefinition'));
  expect(found).toEqual(new Set(['pilot', 'proxyv2', 'install-cni'].map((name) => `registry.istio.io/release/${name}:${ISTIO_VERSION}`)));
  expect(references).toEqual(found);
});

test('rewriting the registry reaches every image', () => {
  const rewritten = synthesized({}, 'registry.example.com/mirror');
  for (const reference of imageLike(rewritten.objects.filter(({ kind }) => kind !== 'CustomResourceDefinition'))) {
    expect(reference).toMatch(/^registry\.example\.com\/mirror\/registry\.istio\.io\//);
  }
  expect(at(rewritten.get('ConfigMap', 'istio-sidecar-injector'), 'data.config')).toContain('registry.example.com/mirror/registry.istio.io/release/proxyv2');
});

test('a flavour of images is used everywhere', () => {
  const { images } = synthesized({ imageVariant: 'distroless' });
  expect(images.length).toBeGreaterThan(3);
  expect(images.map(({ image }) => image.tag)).toEqual(images.map(() => `${ISTIO_VERSION}-distroless`));
});

test('every container states requests and limits and is probed', () => {
  const workloads = defaults.objects.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet');
  expect(workloads).toHaveLength(4);
  for (const workload of workloads) {
    for (const container of at<Record<string, unknown>[]>(workload, 'spec.template.spec.containers')) {
      expect(container).toMatchObject({
        resources: { requests: { cpu: expect.anything(), memory: expect.anything() }, limits: { cpu: expect.anything(), memory: expect.anything() } },
        readinessProbe: expect.anything(),
        livenessProbe: expect.anything(),
      });
    }
  }
});

test('both namespaces let nothing in or out by default', () => {
  for (const namespace of ['istio-system', 'istio-cni']) {
    const deny = defaults.objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'default-deny' && metadata.namespace === namespace);
    expect(deny?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  }
  expect(defaults.get('Namespace', 'istio-system').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted', 'istio-injection': 'disabled' });
});

test('control planes of other clusters get no access unless asked for', () => {
  const names = (objects: typeof defaults.objects) => objects.map(({ metadata }) => metadata.name);
  expect(names(defaults.objects)).not.toContain('istio-reader-service-account');
  const shared = synthesized({ multicluster: true });
  expect(names(shared.objects)).toContain('istio-reader-service-account');
  expect(at(shared.get('ClusterRoleBinding', 'istio-reader-clusterrole-istio-system'), 'subjects.0.name')).toBe('istio-reader-service-account');
});

test('an IngressClass goes with istiod serving it, and with neither otherwise', () => {
  const mode = (props: Parameters<typeof synthesized>[0]) => at<string>(synthesized(props).get('ConfigMap', 'istio'), 'data.mesh');
  expect(at(defaults.get('IngressClass', 'istio'), 'spec.controller')).toBe('istio.io/ingress-controller');
  expect(mode({})).toContain('"ingressControllerMode": "STRICT"');
  expect(mode({ ingressClass: false })).toContain('"ingressControllerMode": "OFF"');
  expect(synthesized({ ingressClass: false }).objects.map(({ kind }) => kind)).not.toContain('IngressClass');
});

test.each([
  ['by default', defaults],
  ['with everything turned', synthesized({ multicluster: true, gatewayApi: false, cni: { untaintNodes: true }, ingress: { serviceType: 'LoadBalancer', tls: { secretName: 'tls' } } })],
])('passes the policies %s, every exception being waived', (_, { objects }) => {
  const { open, waived, unevaluated } = judged(objects);
  expect({ open, unevaluated }).toEqual({ open: [], unevaluated: [] });
  // What an intruder could do to nodes, only the CNI agent can.
  const ofPods = waived.filter((each) => !/^(secret-access|webhook-configuration|service-account-token|namespace-quota|eks-service-tls) /.test(each));
  expect(new Set(ofPods.map((each) => each.split(' ')[1]))).toEqual(new Set(['Namespace/istio-cni', 'DaemonSet/istio-cni-node']));
});
