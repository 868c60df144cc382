import { App } from 'cdk8s';
import { parse } from 'yaml';
import { CertManager } from '../../../constructs/cert-manager';
import { componentsOf, imagesOf, objectName, ReleaseGraph, synthesize } from '../../../constructs/core';
import { MetalLb } from '../../../constructs/metallb';
import { judged } from '../judged';
import { type Json, stringsOf, verbsOn } from '../jobset/objects';
import { metalLb } from './objects';

const controllerOf = (objects: ReturnType<typeof metalLb>): Json => objects.one('Deployment', 'controller').spec;
const speakerOf = (objects: ReturnType<typeof metalLb>): Json => objects.one('DaemonSet', 'speaker').spec.template;

test('the objects', () => {
  expect(metalLb({ bgp: { peers: { router: { myAsn: 64500, peerAsn: 64501, peerAddress: '10.0.0.1' } } }, l2: { edge: {} } }).names).toMatchSnapshot();
});

describe('certificates of the webhooks', () => {
  test('the issuer makes them; the controller neither makes nor rotates any, and finds them where it looks', () => {
    const objects = metalLb();
    expect(objects.requests).toEqual([
      { name: 'metallb-webhook-cert', namespace: 'metallb-system', secretName: 'metallb-webhook-cert', services: ['metallb-webhook-service'] },
    ]);
    const { containers, volumes } = controllerOf(objects).template.spec;
    expect(containers[0].args).toContain('--disable-cert-rotation');
    expect(volumes).toEqual([{ name: 'cert', secret: { secretName: 'metallb-webhook-cert' } }]);
    // The program asks controller-runtime for no other directory than its own.
    expect(containers[0].volumeMounts).toEqual([{ name: 'cert', mountPath: '/tmp/k8s-webhook-server/serving-certs', readOnly: true }]);
  });

  test('webhooks and the CRD with two versions get the CA, the other CRDs do not', () => {
    const { ofKind, one } = metalLb();
    const injected = { 'test/inject-ca-from': 'metallb-system/metallb-webhook-cert' };
    expect(one('ValidatingWebhookConfiguration', 'metallb-webhook-configuration').metadata.annotations).toEqual(injected);
    const converting = ofKind('CustomResourceDefinition').filter((crd) => crd.spec.conversion?.strategy === 'Webhook');
    expect(converting.map((crd) => crd.metadata.name)).toEqual(['bgppeers.metallb.io']);
    expect(converting[0].metadata.annotations).toEqual(injected);
    expect(converting[0].spec.conversion.webhook.clientConfig.service).toEqual({ namespace: 'metallb-system', name: 'metallb-webhook-service', path: '/convert', port: 443 });
    expect(ofKind('CustomResourceDefinition').filter((crd) => crd.metadata.annotations)).toHaveLength(1);
  });

  test('every kind that is checked is checked at the version it is stored in', () => {
    const { ofKind, one } = metalLb();
    for (const { rules, failurePolicy, clientConfig } of one('ValidatingWebhookConfiguration', 'metallb-webhook-configuration').webhooks as Json[]) {
      const [{ resources, apiVersions }] = rules;
      const crd = ofKind('CustomResourceDefinition').find((each) => each.spec.names.plural === resources[0]);
      expect(crd?.spec.versions.find((version: Json) => version.storage).name).toBe(apiVersions[0]);
      expect(clientConfig.service.path).toBe(`/validate-metallb-io-${apiVersions[0]}-${crd?.spec.names.kind.toLowerCase()}`);
      expect(failurePolicy).toBe('Fail');
    }
  });
});

describe('the key of the speakers', () => {
  test('is in no object; the controller makes it, the speakers read it', () => {
    const objects = metalLb();
    expect(objects.ofKind('Secret')).toEqual([]);
    const env = controllerOf(objects).template.spec.containers[0].env;
    expect(env).toContainEqual({ name: 'METALLB_ML_SECRET_NAME', value: 'memberlist' });
    expect(env).toContainEqual({ name: 'METALLB_DEPLOYMENT', value: objects.one('Deployment', 'controller').metadata.name });
    expect(speakerOf(objects).spec.volumes).toContainEqual({ name: 'memberlist', secret: { secretName: 'memberlist' } });
  });

  test('speakers find each other by the labels they have', () => {
    const { metadata, spec } = speakerOf(metalLb());
    const { value } = spec.containers[0].env.find((each: Json) => each.name === 'METALLB_ML_LABELS');
    expect(Object.fromEntries(value.split(',').map((pair: string) => pair.split('=')))).toEqual(metadata.labels);
  });
});

test('there is one controller, also during an update: two would give an address twice', () => {
  const { replicas, strategy } = controllerOf(metalLb());
  expect(replicas).toBe(1);
  expect(strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
});

test('speakers may answer ARP and nothing else of the node', () => {
  const { hostNetwork, containers, volumes } = speakerOf(metalLb()).spec;
  expect(hostNetwork).toBe(true);
  expect(containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } });
  expect(volumes.filter((volume: Json) => volume.hostPath)).toEqual([]);
});

test('both speak BGP themselves', () => {
  for (const pod of [controllerOf(metalLb()).template, speakerOf(metalLb())]) {
    expect(pod.spec.containers).toHaveLength(1);
    expect(pod.spec.containers[0].env).toContainEqual({ name: 'METALLB_BGP_TYPE', value: 'native' });
  }
});

describe('traffic of the controller', () => {
  test('the API server reaches its webhooks, pods its metrics; it reaches the API server', () => {
    const { podSelector, ingress, egress } = metalLb().one('NetworkPolicy', 'controller').spec;
    expect(podSelector.matchLabels).toEqual({ app: 'metallb', component: 'controller' });
    expect(ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 9443 }] }, { from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 9120 }] }]);
    expect(egress).toEqual([{ ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }] }]);
  });

  test('the Service of the webhooks leads to it and not to the speakers', () => {
    const objects = metalLb();
    const { selector, ports } = objects.one('Service', 'metallb-webhook-service').spec;
    expect(controllerOf(objects).template.metadata.labels).toMatchObject(selector);
    expect(speakerOf(objects).metadata.labels).not.toMatchObject(selector);
    expect(controllerOf(objects).template.spec.containers[0].ports.map((port: Json) => port.containerPort)).toContain(ports[0].targetPort);
  });
});

describe('permissions', () => {
  const role = (kind: 'ClusterRole' | 'Role', name: string) => metalLb().one(kind, name);

  test('the controller writes the status of Services, no webhook configuration, no CRD', () => {
    const controller = role('ClusterRole', 'metallb-system:controller');
    expect(verbsOn(controller, '', 'services')).toEqual(['get', 'list', 'watch']);
    expect(verbsOn(controller, '', 'services/status')).toEqual(['update']);
    const groups = controller.rules.flatMap((rule: Json) => rule.apiGroups);
    expect(groups).not.toContain('admissionregistration.k8s.io');
    expect(groups).not.toContain('apiextensions.k8s.io');
  });

  test('the controller makes the one Secret and reads no other', () => {
    const rules: Json[] = role('Role', 'controller').rules.filter((rule: Json) => rule.resources.includes('secrets'));
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['memberlist'], verbs: ['list'] },
    ]);
  });

  test('Secrets are read in its own namespace only, and there is no wildcard', () => {
    const objects = metalLb();
    for (const each of objects.ofKind('ClusterRole')) expect(verbsOn(each, '', 'secrets')).toEqual([]);
    expect(stringsOf([...objects.ofKind('ClusterRole'), ...objects.ofKind('Role')].map((each) => each.rules))).not.toContain('*');
  });

  test('both may ask who looks at their metrics', () => {
    for (const name of ['metallb-system:controller', 'metallb-system:speaker']) {
      expect(verbsOn(role('ClusterRole', name), 'authentication.k8s.io', 'tokenreviews')).toEqual(['create']);
      expect(verbsOn(role('ClusterRole', name), 'authorization.k8s.io', 'subjectaccessreviews')).toEqual(['create']);
    }
  });
});

test('excluded interfaces: a change of them starts new speakers', () => {
  const hash = (props: Parameters<typeof metalLb>[0]) => speakerOf(metalLb(props)).metadata.annotations['metallb.io/excluded-interfaces-hash'];
  expect(parse(metalLb().one('ConfigMap', 'metallb-excludel2').data['excludel2.yaml']).announcedInterfacesToExclude).toContain('^cali.*');
  const other = { speaker: { excludedInterfaces: ['^wg.*'] } };
  expect(parse(metalLb(other).one('ConfigMap', 'metallb-excludel2').data['excludel2.yaml'])).toEqual({ announcedInterfacesToExclude: ['^wg.*'] });
  expect(hash(other)).not.toBe(hash({}));
});

test('props change what they say', () => {
  const objects = metalLb({
    loadBalancerClass: 'example.com/metallb',
    logLevel: 'debug',
    priorityClassName: 'platform',
    speaker: { memberlistPort: 7947, nodeSelector: { edge: 'true' }, tolerations: [{ operator: 'Exists' }] },
    resources: { speaker: { cpu: { request: '1' }, memory: { request: '1Gi' } } },
  });
  for (const pod of [controllerOf(objects).template.spec, speakerOf(objects).spec]) {
    expect(pod.containers[0].args).toEqual(expect.arrayContaining(['--lb-class=example.com/metallb', '--log-level=debug']));
    expect(pod.priorityClassName).toBe('platform');
  }
  const { nodeSelector, tolerations, containers } = speakerOf(objects).spec;
  expect(nodeSelector).toMatchObject({ edge: 'true' });
  expect(tolerations).toEqual([{ operator: 'Exists' }]);
  expect(containers[0].resources.limits).toEqual({ cpu: '1', memory: '1Gi' });
  expect(containers[0].env).toContainEqual({ name: 'METALLB_ML_BIND_PORT', value: '7947' });
  expect(containers[0].ports.filter((port: Json) => port.containerPort === 7947)).toHaveLength(2);
});

test('in the release, pools come after the controller that checks them, and that after its certificate and its issuer', () => {
  const app = new App();
  const certificates = new CertManager(app, 'cert-manager');
  new MetalLb(app, 'metallb', { certificates, pools: { public: { addresses: ['10.0.0.0/24'] } }, bgp: { peers: { router: { myAsn: 1, peerAsn: 2, peerAddress: '10.9.0.1' } } } });
  const order = ReleaseGraph.of(synthesize(app), componentsOf(app)).order().map(({ object }) => objectName(object.manifest));
  const sequence = [
    'Deployment/cert-manager/cert-manager-webhook',
    'Certificate/metallb-system/metallb-webhook-cert',
    'Deployment/metallb-system/controller',
    'ValidatingWebhookConfiguration/metallb-webhook-configuration',
    'IPAddressPool/metallb-system/public',
  ].map((name) => order.indexOf(name));
  expect(sequence).not.toContain(-1);
  expect(sequence).toEqual([...sequence].sort((a, b) => a - b));
});

test('images', () => {
  expect(imagesOf(metalLb().component).map((use) => use.reference)).toEqual(['quay.io/metallb/controller:v0.16.1', 'quay.io/metallb/speaker:v0.16.1']);
});

test('policies find only that for which there are reasons', () => {
  expect(judged(metalLb().all)).toMatchObject({ open: [], unevaluated: [] });
  expect(judged(metalLb().all).waived).toMatchSnapshot();
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(metalLb().component));
  expect(text()).toBe(text());
});

test.each([
  [{ speaker: { memberlistPort: 70000 } }, 'metallb: speaker.memberlistPort is 70000; expected a whole number from 1 to 65535'],
  [{ loadBalancerClass: 'a b' }, "metallb: loadBalancerClass is 'a b'; expected a label-like name"],
])('%j is refused', (props, message) => {
  expect(() => metalLb(props)).toThrow(message);
});
