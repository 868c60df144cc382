import { App, Chart, Duration } from 'cdk8s';
import { Certificate, type CertificateProps, CertManager, type CertManagerProps, ca, ClusterIssuer, existingCertManager, Issuer, selfSigned, vault } from '../../../constructs/cert-manager';
import { createToken } from '../../../constructs/core';
import { asExpected } from './refusals';
import { objectsOf } from './objects';

const REQUEST = { name: 'kserve-serving', namespace: 'kubeflow', secretName: 'kserve-tls', services: ['kserve-webhook'] } as const;

function serving(props?: CertManagerProps) {
  const component = new CertManager(new App(), 'cert-manager', props);
  const result = component.servingCertificate(component, 'serving', REQUEST);
  return { result, ...objectsOf(component) };
}

describe('platform issuer', () => {
  test('self-signed is a root CA that signs leaves, not leaves that sign themselves', () => {
    const { one } = serving();
    expect(one('ClusterIssuer', 'kubeflow-self-signing-issuer').spec).toEqual({ selfSigned: {} });
    const root = one('Certificate', 'kubeflow-platform-ca');
    expect(root.metadata.namespace).toBe('cert-manager');
    expect(root.spec).toMatchObject({ isCA: true, issuerRef: { kind: 'ClusterIssuer', name: 'kubeflow-self-signing-issuer' }, usages: expect.arrayContaining(['cert sign']) });
    expect(one('ClusterIssuer', 'kubeflow-platform-ca').spec).toEqual({ ca: { secretName: root.spec.secretName } });
    expect(one('Certificate', 'kserve-serving').spec.issuerRef).toEqual({ group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'kubeflow-platform-ca' });
  });

  test('the root keeps its key when renewed and outlives every leaf; it signs for Services only', () => {
    const { one } = serving({ clusterDomain: 'k8s.example.com' });
    const { spec } = one('Certificate', 'kubeflow-platform-ca');
    expect(spec.privateKey).toMatchObject({ rotationPolicy: 'Never', algorithm: 'ECDSA' });
    expect(Number.parseInt(spec.renewBefore)).toBeGreaterThan(Number.parseInt(one('Certificate', 'kserve-serving').spec.duration));
    expect(spec.nameConstraints).toEqual({ critical: true, permitted: { dnsDomains: ['svc', 'svc.k8s.example.com'] } });
  });

  test('a CA of yours, or Vault, takes its place', () => {
    const own = serving({ platformIssuer: ca({ secretName: 'company-ca' }) });
    expect(own.ofKind('ClusterIssuer').map(({ metadata, spec }) => [metadata.name, spec])).toEqual([['kubeflow-platform-ca', { ca: { secretName: 'company-ca' } }]]);
    const vaulted = serving({ platformIssuer: vault({ server: 'https://vault.example.com', path: 'pki/sign/k', role: 'cm' }) });
    expect(vaulted.one('ClusterIssuer', 'kubeflow-platform-ca').spec.vault).toEqual({
      server: 'https://vault.example.com', path: 'pki/sign/k',
      auth: { kubernetes: { role: 'cm', mountPath: '/v1/auth/kubernetes', serviceAccountRef: { name: 'cert-manager' } } },
    });
    expect(() => vault({ server: 'vault:8200', path: 'p', role: 'r' })).toThrow(asExpected('server'));
  });

  test('ACME does not fit: it cannot sign names of Services', () => {
    // @ts-expect-error an AcmeSource is no PrivateIssuerSource
    const props: CertManagerProps = { platformIssuer: { kind: 'acme', server: 'https://acme.example.com', solvers: [] } };
    expect(props).toBeDefined();
  });
});

describe('serving certificate', () => {
  test('is for both names of the Service, of 90 days, with a new P-256 key at each renewal', () => {
    const { one } = serving();
    expect(one('Certificate', 'kserve-serving')).toMatchObject({
      metadata: { namespace: 'kubeflow' },
      spec: {
        secretName: 'kserve-tls',
        dnsNames: ['kserve-webhook.kubeflow.svc', 'kserve-webhook.kubeflow.svc.cluster.local'],
        duration: '2160h',
        renewBefore: '720h',
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
      },
    });
  });

  test('says where its key is and how its CA is injected', () => {
    expect(serving().result).toEqual({ secretName: 'kserve-tls', injectCa: { 'cert-manager.io/inject-ca-from': 'kubeflow/kserve-serving' } });
  });

  test('refuses a certificate for no Service, and a Service that is no label', () => {
    const component = new CertManager(new App(), 'cert-manager');
    expect(() => component.servingCertificate(component, 'a', { ...REQUEST, services: [] })).toThrow(asExpected('services'));
    expect(() => component.servingCertificate(component, 'b', { ...REQUEST, services: ['Kserve_Webhook'] })).toThrow(asExpected('services'));
  });
});

describe('existing cert-manager', () => {
  test('its issuer signs, and nothing is installed', () => {
    const chart = new Chart(new App(), 'chart');
    const issuer = existingCertManager({ version: 'v1.19.1', issuer: { name: 'company' } });
    expect(issuer.providedBy).toBeUndefined();
    issuer.servingCertificate(chart, 'serving', REQUEST);
    const { all, one } = objectsOf(chart);
    expect(all).toHaveLength(1);
    expect(one('Certificate', 'kserve-serving').spec.issuerRef).toEqual({ name: 'company', kind: 'ClusterIssuer', group: 'cert-manager.io' });
  });

  test.each(['1.18.0', 'v1.20.2', '1.99.0'])('takes %s', (version) => {
    expect(existingCertManager({ version, issuer: { name: 'company' } })).toBeDefined();
  });

  test.each(['1.17.4', '2.0.0', '1.20', 'latest', '1.20.0-beta.0'])('refuses %s', (version) => {
    expect(() => existingCertManager({ version, issuer: { name: 'company' } })).toThrow(asExpected('version'));
  });

  test('refuses an issuer of one namespace, and a name that is none', () => {
    expect(() => existingCertManager({ version: '1.20.2', issuer: { name: 'company', kind: 'Issuer' } })).toThrow(asExpected('issuer.kind'));
    expect(() => existingCertManager({ version: '1.20.2', issuer: { name: 'Company' } })).toThrow(asExpected('metadata.name'));
  });
});

describe('Certificate', () => {
  const make = (props: Partial<CertificateProps>) => {
    const chart = new Chart(new App(), 'chart');
    new Certificate(chart, 'certificate', { name: 'web', namespace: 'apps', secretName: 'web-tls', issuer: { name: 'own', kind: 'Issuer' }, dnsNames: ['web.example.com'], ...props });
    return objectsOf(chart).one('Certificate', 'web').spec;
  };

  test('renews after two thirds of its life, unless told otherwise', () => {
    expect(make({ duration: Duration.days(6) })).toMatchObject({ duration: '144h', renewBefore: '48h' });
    expect(make({ duration: Duration.minutes(90) })).toMatchObject({ duration: '90m', renewBefore: '30m' });
    expect(make({ renewBefore: Duration.days(10) }).renewBefore).toBe('240h');
  });

  test('RSA keys may encipher; Ed25519 has no size', () => {
    expect(make({ key: { algorithm: 'RSA' } })).toMatchObject({ privateKey: { algorithm: 'RSA', size: 3072 }, usages: ['digital signature', 'key encipherment', 'server auth'] });
    expect(make({ key: { algorithm: 'Ed25519' } }).privateKey).not.toHaveProperty('size');
  });

  test('a name known only at deploy time passes', () => {
    const domain = createToken({}, 'domain');
    expect(make({ dnsNames: [`kubeflow.${domain}`] }).dnsNames).toEqual([`kubeflow.${domain}`]);
  });

  test.each<[string, Partial<CertificateProps>]>([
    ['dnsNames', { dnsNames: undefined }],
    ['dnsNames', { dnsNames: ['https://example.com'] }],
    ['dnsNames', { dnsNames: ['a.*.example.com'] }],
    ['commonName', { commonName: 'x'.repeat(65) }],
    ['duration', { duration: Duration.minutes(59) }],
    ['renewBefore', { renewBefore: Duration.days(90) }],
    ['renewBefore', { renewBefore: Duration.minutes(4) }],
    ['permittedDnsDomains', { permittedDnsDomains: ['svc'] }],
    ['namespace', { namespace: 'Apps' }],
  ])('refuses %s %j', (property, props) => {
    expect(() => make(props)).toThrow(asExpected(property));
  });
});

test('Issuer and ClusterIssuer are what Certificates refer to', () => {
  const chart = new Chart(new App(), 'chart');
  const issuer = new Issuer(chart, 'issuer', { name: 'own', namespace: 'apps', source: ca({ secretName: 'own-ca' }) });
  const cluster = new ClusterIssuer(chart, 'cluster-issuer', { name: 'all', source: selfSigned() });
  expect([issuer.ref, cluster.ref]).toEqual([{ name: 'own', kind: 'Issuer' }, { name: 'all', kind: 'ClusterIssuer' }]);
  const { one } = objectsOf(chart);
  expect(one('Issuer', 'own')).toMatchObject({ metadata: { namespace: 'apps' }, spec: { ca: { secretName: 'own-ca' } } });
  expect(one('ClusterIssuer', 'all').metadata).not.toHaveProperty('namespace');
});
