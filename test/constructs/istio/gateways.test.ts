import { WAIVER_ANNOTATION } from '../../../constructs/core';
import type { IngressProps } from '../../../constructs/istio/props';
import { at, synthesized } from './harness';

const defaults = synthesized();
const GATEWAYS = ['istio-ingressgateway', 'cluster-local-gateway'] as const;

interface Rule {
  readonly from?: readonly object[];
  readonly to?: readonly object[];
  readonly ports?: readonly { readonly port: number }[];
}

function sourcesOf(gateway: string, port: number): (readonly object[] | undefined)[] {
  const ingress = at<Rule[]>(defaults.get('NetworkPolicy', gateway), 'spec.ingress');
  return ingress.filter(({ ports }) => ports?.some((each) => each.port === port)).map(({ from }) => from);
}

test('the ingress gateway is open to anyone, the cluster-local one to pods only', () => {
  for (const port of [8080, 8443, 15021]) expect(sourcesOf('istio-ingressgateway', port)).toEqual([undefined]);
  expect(sourcesOf('cluster-local-gateway', 8080)).toEqual([[{ namespaceSelector: {} }]]);
  expect(sourcesOf('cluster-local-gateway', 8443)).toEqual([]);
});

test.each(GATEWAYS)('%s is scraped by pods, and routes to any pod of the cluster but not out of it', (gateway) => {
  for (const port of [15020, 15090]) expect(sourcesOf(gateway, port)).toEqual([[{ namespaceSelector: {} }]]);
  expect(at<Rule[]>(defaults.get('NetworkPolicy', gateway), 'spec.egress')).toEqual([{ to: [{ namespaceSelector: {} }] }]);
});

test.each(GATEWAYS)('%s is allowed to be called, which by default nothing is', (gateway) => {
  expect(defaults.get('AuthorizationPolicy', gateway).spec).toEqual({
    action: 'ALLOW',
    selector: { matchLabels: at(defaults.get('Service', gateway), 'spec.selector') },
    rules: [{}],
  });
});

test.each(GATEWAYS)('%s starts without the injector and without a token for the Kubernetes API', (gateway) => {
  const template = at<object>(defaults.get('Deployment', gateway), 'spec.template');
  expect(at(template, 'metadata.labels')).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
  expect(at<string[]>(template, 'spec.containers.0.args').slice(0, 2)).toEqual(['proxy', 'router']);
  expect(at(template, 'spec.containers.0.image')).not.toBe('auto');
  expect(at(template, 'spec.automountServiceAccountToken')).toBe(false);
});

test('the ingress gateway may have certificates by listing Secrets of its own namespace; the other ends no TLS and may not', () => {
  expect(at(defaults.get('Role', 'istio-ingressgateway-sds'), 'rules')).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }]);
  expect(defaults.objects.filter(({ kind }) => kind === 'Role' || kind === 'RoleBinding').map(({ metadata }) => metadata.name)).not.toContain('cluster-local-gateway-sds');
});

test.each(GATEWAYS)('%s leads from the ports of its Service to ports it listens on', (gateway) => {
  const listening = at<{ containerPort: number }[]>(defaults.get('Deployment', gateway), 'spec.template.spec.containers.0.ports').map(({ containerPort }) => containerPort);
  for (const { targetPort } of at<{ targetPort: number }[]>(defaults.get('Service', gateway), 'spec.ports')) expect(listening).toContain(targetPort);
});

test('the ingress gateway is reached as told', () => {
  expect(at(defaults.get('Service', 'istio-ingressgateway'), 'spec.type')).toBe('ClusterIP');
  const service = synthesized({ ingress: { serviceType: 'LoadBalancer', serviceAnnotations: { 'example.com/internal': 'true' } } }).get('Service', 'istio-ingressgateway');
  expect(at(service, 'spec.type')).toBe('LoadBalancer');
  expect(service.metadata.annotations).toEqual({ 'example.com/internal': 'true' });
});

test('a load balancer says that it needs no certificate, unless annotations or waivers say what it is', () => {
  const annotations = (ingress: IngressProps) => synthesized({ ingress }).get('Service', 'istio-ingressgateway').metadata.annotations;
  expect(annotations({ serviceType: 'LoadBalancer' })).toEqual({ [`${WAIVER_ANNOTATION}eks-service-tls`]: expect.stringContaining('TLS') });
  expect(annotations({ serviceType: 'NodePort' })).toBeUndefined();
  const reason = 'Only the network of the office reaches it.';
  expect(annotations({ serviceType: 'LoadBalancer', serviceWaivers: [{ policy: 'eks-service-tls', reason }] })).toEqual({ [`${WAIVER_ANNOTATION}eks-service-tls`]: reason });
});

test('with TLS, HTTPS is served and every plain door redirects to it', () => {
  const secure = synthesized({ ingress: { hosts: ['kubeflow.example.com'], tls: { secretName: 'kubeflow-tls', minProtocolVersion: 'TLSV1_3' } } });
  expect(at(secure.get('Gateway', 'kubeflow-gateway'), 'spec.servers')).toEqual([
    { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['kubeflow.example.com'], tls: { httpsRedirect: true } },
    {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      hosts: ['kubeflow.example.com'],
      tls: { mode: 'SIMPLE', credentialName: 'kubeflow-tls', minProtocolVersion: 'TLSV1_3' },
    },
  ]);
  expect(at(secure.get('Gateway', 'istio-ingressgateway'), 'spec.servers.0.tls')).toEqual({ httpsRedirect: true });
  expect(at(defaults.get('Gateway', 'kubeflow-gateway'), 'spec.servers')).toEqual([{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }]);
});

test('the trust domain is what proxies, configuration and contract say', () => {
  const other = synthesized({ trustDomain: 'corp.example.com' });
  expect(other.istio.trustDomain).toBe('corp.example.com');
  expect(at(other.get('ConfigMap', 'istio'), 'data.mesh')).toContain('"trustDomain": "corp.example.com"');
  for (const gateway of GATEWAYS) {
    expect(at<object[]>(other.get('Deployment', gateway), 'spec.template.spec.containers.0.env')).toContainEqual({ name: 'TRUST_DOMAIN', value: 'corp.example.com' });
  }
  expect(JSON.stringify(other.objects)).not.toContain('"cluster.local/');
});
