import { App, Chart } from 'cdk8s';
import {
  acme, type AcmeProps, type AcmeSolver, azureDns, ca, CertManager, type CertManagerProps, cloudDns, cloudflare, http01Gateway, http01Ingress, LETS_ENCRYPT, PublicIssuer, rfc2136, route53,
} from '../../../constructs/cert-manager';
import { createToken } from '../../../constructs/core';
import { asExpected } from './refusals';
import { objectsOf, openPorts } from './objects';

const INGRESS = http01Ingress({ ingressClass: 'istio' });
const GATEWAY = http01Gateway({ gateways: [{ name: 'kubeflow', namespace: 'istio-system' }] });
const DNS = route53({ region: 'eu-central-1' });
const source = (solver: AcmeSolver, props: Partial<AcmeProps> = {}) => acme({ server: LETS_ENCRYPT, solvers: [solver], ...props });
const KEY = { name: 'credentials', key: 'secret' };

function issuer(solver: AcmeSolver, props?: CertManagerProps, acmeProps?: Partial<AcmeProps>) {
  const component = new CertManager(new App(), 'cert-manager', props);
  return { component, issuer: component.publicIssuer('letsencrypt', source(solver, acmeProps)) };
}
const request = (...dnsNames: [string, ...string[]]) => ({ name: 'gateway', namespace: 'istio-system', secretName: 'gateway-tls', dnsNames });

describe('traffic', () => {
  test('answering over HTTP lets the controller out to port 80 and the solver in', () => {
    const { component, issuer: letsEncrypt } = issuer(INGRESS);
    letsEncrypt.certificate(component, 'a', request('kubeflow.acme.org'));
    letsEncrypt.certificate(component, 'b', { ...request('other.acme.org'), name: 'other', secretName: 'other-tls' });
    const { one } = objectsOf(component);
    expect(openPorts(one('NetworkPolicy', 'cert-manager-issuer-letsencrypt'), 'egress')).toEqual(['80']);
    const solver = one('NetworkPolicy', 'letsencrypt-acme-solver');
    expect(solver.metadata.namespace).toBe('istio-system');
    expect(solver.spec.podSelector.matchLabels).toEqual({ 'acme.cert-manager.io/http01-solver': 'true' });
    expect(openPorts(solver, 'ingress')).toEqual(['8089']);
  });

  test('DNS needs neither', () => {
    const { component, issuer: letsEncrypt } = issuer(DNS);
    letsEncrypt.certificate(component, 'a', request('kubeflow.acme.org'));
    expect(objectsOf(component).ofKind('NetworkPolicy')).toHaveLength(5);
  });

  test('an ACME server on a port of its own is reached', () => {
    const { component } = issuer(DNS, {}, { server: 'https://step-ca.example.com:9000/acme/acme/directory' });
    expect(openPorts(objectsOf(component).one('NetworkPolicy', 'cert-manager-issuer-letsencrypt'), 'egress')).toEqual(['9000']);
  });

  test('solving through a Gateway needs the Gateway API switched on', () => {
    expect(() => issuer(GATEWAY)).toThrow(asExpected('gatewayApi'));
    const { component } = issuer(GATEWAY, { gatewayApi: true });
    expect(objectsOf(component).one('Deployment', 'cert-manager').spec.template.spec.containers[0].args).toContain('--enable-gateway-api=true');
  });
});

describe('certificates', () => {
  test('are signed by the issuer, with the names asked for', () => {
    const { component, issuer: letsEncrypt } = issuer(DNS);
    expect(letsEncrypt.certificate(component, 'a', request('acme.org', '*.acme.org'))).toEqual({ secretName: 'gateway-tls' });
    expect(objectsOf(component).one('Certificate', 'gateway').spec).toMatchObject({
      issuerRef: { name: 'letsencrypt', kind: 'ClusterIssuer' }, dnsNames: ['acme.org', '*.acme.org'], secretName: 'gateway-tls',
    });
  });

  test.each(['kserve.kubeflow.svc', 'kserve.kubeflow.svc.cluster.local', 'localhost', 'kubeflow.internal'])('ACME is not asked for %s', (dnsName) => {
    const { component, issuer: letsEncrypt } = issuer(DNS);
    expect(() => letsEncrypt.certificate(component, 'a', request(dnsName))).toThrow(asExpected('dnsNames'));
  });

  test('a wildcard needs DNS', () => {
    const { component, issuer: letsEncrypt } = issuer(INGRESS);
    expect(() => letsEncrypt.certificate(component, 'a', request('*.acme.org'))).toThrow(/issuer letsencrypt has no DNS-01 solver/);
  });

  test('a name known only at deploy time passes', () => {
    const { component, issuer: letsEncrypt } = issuer(INGRESS);
    expect(() => letsEncrypt.certificate(component, 'a', request(createToken({}, 'domain')))).not.toThrow();
  });

  test('a company\'s own CA may sign internal names of gateways', () => {
    const chart = new Chart(new App(), 'chart');
    const company = new PublicIssuer(chart, 'company', { name: 'company', source: ca({ secretName: 'company-ca' }) });
    company.certificate(chart, 'a', request('kubeflow.internal'));
    expect(objectsOf(chart).all.map(({ kind }) => kind)).toEqual(['ClusterIssuer', 'Certificate']);
  });
});

describe('ACME', () => {
  test('the account key has a Secret, and the account a binding where wanted', () => {
    const { component } = issuer(DNS, {}, { email: 'ops@acme.org', externalAccountBinding: { keyId: 'kid', key: KEY }, preferredChain: 'ISRG Root X1', profile: 'shortlived', caBundle: 'Q0E=' });
    const { solvers, ...spec } = objectsOf(component).one('ClusterIssuer', 'letsencrypt').spec.acme;
    expect(solvers).toHaveLength(1);
    expect(spec).toEqual({
      server: LETS_ENCRYPT, email: 'ops@acme.org', preferredChain: 'ISRG Root X1', profile: 'shortlived', caBundle: 'Q0E=',
      privateKeySecretRef: { name: 'letsencrypt-account-key' },
      externalAccountBinding: { keyID: 'kid', keySecretRef: KEY },
    });
  });

  test.each([
    ['server', { server: 'http://acme.example.com' }],
    ['server', { server: 'letsencrypt' }],
    ['email', { email: 'ops' }],
  ])('refuses %s %j', (property, props) => {
    expect(() => source(DNS, props)).toThrow(asExpected(property));
  });

  test('is never without a solver', () => {
    // @ts-expect-error at least one solver
    expect(acme({ server: LETS_ENCRYPT, solvers: [] })).toBeDefined();
  });

  test.each<[string, AcmeSolver, object]>([
    ['ambient Route 53', route53({ region: 'eu-central-1', hostedZoneId: 'Z1', role: 'arn:role' }), { dns01: { route53: { region: 'eu-central-1', hostedZoneID: 'Z1', role: 'arn:role' } } }],
    ['Route 53 by ServiceAccount', route53({ region: 'r', credentials: { serviceAccount: 'dns' } }), { dns01: { route53: { region: 'r', auth: { kubernetes: { serviceAccountRef: { name: 'dns' } } } } } }],
    ['Route 53 by key', route53({ region: 'r', credentials: { accessKeyId: KEY, secretAccessKey: KEY } }), { dns01: { route53: { region: 'r', accessKeyIDSecretRef: KEY, secretAccessKeySecretRef: KEY } } }],
    ['ambient Cloud DNS', cloudDns({ project: 'p', followCname: true }), { dns01: { cnameStrategy: 'Follow', cloudDNS: { project: 'p' } } }],
    ['Cloud DNS by key', cloudDns({ project: 'p', hostedZoneName: 'z', credentials: { serviceAccountKey: KEY } }), { dns01: { cloudDNS: { project: 'p', hostedZoneName: 'z', serviceAccountSecretRef: KEY } } }],
    ['Azure DNS by workload identity', azureDns({ subscriptionId: 's', resourceGroup: 'g', credentials: { managedIdentityClientId: 'c' } }),
      { dns01: { azureDNS: { subscriptionID: 's', resourceGroupName: 'g', environment: 'AzurePublicCloud', managedIdentity: { clientID: 'c' } } } }],
    ['Azure DNS by client', azureDns({ subscriptionId: 's', resourceGroup: 'g', credentials: { tenantId: 't', clientId: 'c', clientSecret: KEY }, environment: 'AzureChinaCloud' }),
      { dns01: { azureDNS: { subscriptionID: 's', resourceGroupName: 'g', environment: 'AzureChinaCloud', tenantID: 't', clientID: 'c', clientSecretSecretRef: KEY } } }],
    ['Cloudflare', cloudflare({ apiToken: KEY }), { dns01: { cloudflare: { apiTokenSecretRef: KEY } } }],
    ['RFC 2136', rfc2136({ nameserver: '10.0.0.1', tsig: { keyName: 'k', key: KEY, algorithm: 'HMACSHA256' } }),
      { dns01: { rfc2136: { nameserver: '10.0.0.1', tsigKeyName: 'k', tsigAlgorithm: 'HMACSHA256', tsigSecretSecretRef: KEY } } }],
    ['Ingress', http01Ingress({ ingressClass: 'istio', selector: { dnsZones: ['acme.org'] } }),
      { selector: { dnsZones: ['acme.org'] }, http01: { ingress: { ingressClassName: 'istio', serviceType: 'ClusterIP' } } }],
    ['Gateway', GATEWAY,
      { http01: { gatewayHTTPRoute: { serviceType: 'ClusterIP', parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kubeflow', namespace: 'istio-system' }] } } }],
  ])('%s', (_, solver, expected) => {
    const { component } = issuer(solver, { gatewayApi: true });
    expect(objectsOf(component).one('ClusterIssuer', 'letsencrypt').spec.acme.solvers).toEqual([expected]);
  });
});
