import { evaluate, type KubernetesObject, POLICIES } from '../../../../policies';

const policies = POLICIES.filter(({ id }) => id === 'ingress-tls');

function ingress(annotations: unknown, spec: unknown = {}, apiVersion = 'networking.k8s.io/v1'): KubernetesObject {
  const metadata = { name: 'web' };
  Object.assign(metadata, { annotations });
  return { apiVersion, kind: 'Ingress', metadata, spec };
}

/** `path = found` of the findings, and their controls. */
const check = (object: KubernetesObject) => evaluate([object], { policies }).findings.map(({ path, found, controls, enforcement }) => `${path} = ${JSON.stringify(found)}: ${controls.join(', ')}${enforcement === 'advisory' ? ' (advice)' : ''}`);

const AKS = 'cis-aks-1.8:5.4.5';
const GKE = `cis-gke-1.9:5.6.7, ${AKS}`;
/** Which load balancer an Ingress gets, it leaves to the cluster. */
const ON_GKE = 'cis-gke-1.9:5.6.7 (advice)';
const OF_GKE = ['networking.gke.io/managed-certificates', 'ingress.gcp.kubernetes.io/pre-shared-cert'];
const OF_OTHERS = ['appgw.ingress.kubernetes.io/appgw-ssl-certificate', 'kubernetes.azure.com/tls-cert-keyvault-uri', 'alb.ingress.kubernetes.io/certificate-arn'];
const GCE = { 'kubernetes.io/ingress.class': 'gce' };

describe('a certificate', () => {
  it.each([[[{ hosts: ['web.example.com'], secretName: 'web' }]], [[{ secretName: 'web' }]], [[null, {}]]])('is in spec.tls: %j', (tls) => {
    expect(check(ingress({}, { tls }))).toEqual([]);
    expect(check(ingress(GCE, { tls }))).toEqual([]);
  });

  it.each([[undefined], [null], [[]], [{}], ['web'], [[null]], [['web']]])('is not in spec.tls: %j', (tls) => {
    expect(check(ingress({}, { tls }))).toEqual([AKS, ON_GKE].map((controls) => `spec.tls = ${JSON.stringify(tls ?? null)}: ${controls}`));
  });

  it.each([[undefined], [null], ['x']])('is not in the spec %j', (spec) => {
    expect(check(ingress(null, spec))).toEqual([`spec.tls = null: ${AKS}`, `spec.tls = null: ${ON_GKE}`]);
  });

  it.each(OF_GKE)('is in the annotation %s', (annotation) => {
    expect(check(ingress({ [annotation]: 'x' }))).toEqual([]);
    expect(check(ingress({ ...GCE, [annotation]: 'x' }))).toEqual([]);
    expect(check(ingress({ ...GCE, [annotation]: '' }))).toEqual([`spec.tls = null: ${GKE}`]);
  });

  it.each(OF_OTHERS)('is in the annotation %s, which GKE does not read', (annotation) => {
    expect(check(ingress({ [annotation]: 'x' }))).toEqual([]);
    expect(check(ingress({ [annotation]: '' }))).toEqual([`spec.tls = null: ${AKS}`, `spec.tls = null: ${ON_GKE}`]);
    expect(check(ingress({ ...GCE, [annotation]: 'x' }))).toEqual(['spec.tls = null: cis-gke-1.9:5.6.7']);
  });

  it('is missed by its message', () => {
    expect(evaluate([ingress({})], { policies }).findings.map(({ message }) => message)).toEqual(["Ingress 'web' has no TLS certificate", "Ingress 'web' has no TLS certificate for the load balancer that GKE would make"]);
    expect(evaluate([{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }], { policies }).findings[0]?.message).toBe("Ingress '' has no TLS certificate");
  });
});

it.each<[KubernetesObject, string]>([
  [ingress(GCE), GKE],
  [ingress(GCE, {}, 'extensions/v1beta1'), GKE],
  [ingress({}, { ingressClassName: 'gce' }), GKE],
  [ingress({ 'kubernetes.io/ingress.global-static-ip-name': 'web' }), GKE],
  [ingress({ 'networking.gke.io/v1beta1.FrontendConfig': 'web' }), GKE],
  [ingress({ 'kubernetes.io/ingress.class': 'gce-internal' }), AKS],
  [ingress({ 'kubernetes.io/ingress.class': 'nginx', 'networking.gke.io/x': 'y' }), AKS],
  [ingress({ 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' }, { ingressClassName: 'nginx' }), AKS],
])('%j violates %s', (object, controls) => {
  expect(check(object)).toEqual([`spec.tls = null: ${controls}`]);
});

it.each([ingress({}), ingress('gce'), ingress({}, {}, 'extensions/v1beta1')])('without a class, GKE may make the load balancer: %j', (object) => {
  expect(check(object)).toEqual([`spec.tls = null: ${AKS}`, `spec.tls = null: ${ON_GKE}`]);
});

it.each<KubernetesObject>([
  ingress(GCE, {}, 'networking.internal.knative.dev/v1alpha1'),
  ingress(GCE, {}, 'v1'),
  ingress(GCE, {}, 'config.openshift.io/v1'),
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'web' } },
])('is about Ingresses of Kubernetes only: %j', (object) => {
  expect(check(object)).toEqual([]);
});
