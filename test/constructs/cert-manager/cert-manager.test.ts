import { App, Chart, Testing } from 'cdk8s';
import { CertManager, type CertManagerProps } from '../../../constructs/cert-manager';
import { componentsOf, imagesOf, InvalidInputError, rewriteImages, synthesize } from '../../../constructs/core';
import { ReleaseGraph } from '../../../constructs/core/release';
import { KubeflowBase } from '../../../constructs/base';
import { objectsOf } from './objects';

const certManager = (props?: CertManagerProps) => new CertManager(new App(), 'cert-manager', props);
const DEPLOYMENTS = ['cert-manager', 'cert-manager-webhook', 'cert-manager-cainjector'];

test('installs what upstream installs', () => {
  expect(objectsOf(certManager()).all.map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].filter(Boolean).join('/'))).toMatchSnapshot();
});

test('two syntheses are byte-identical', () => {
  expect(JSON.stringify(Testing.synth(certManager()))).toBe(JSON.stringify(Testing.synth(certManager())));
});

describe('every program', () => {
  test.each(DEPLOYMENTS)('%s has two replicas that no drain takes away together', (name) => {
    const objects = objectsOf(certManager());
    expect(objects.one('Deployment', name).spec.replicas).toBe(2);
    expect(objects.one('PodDisruptionBudget', name).spec).toMatchObject({ maxUnavailable: 1, selector: objects.one('Deployment', name).spec.selector });
  });

  test.each(DEPLOYMENTS)('%s has requests, limits and probes', (name) => {
    const [container] = objectsOf(certManager()).one('Deployment', name).spec.template.spec.containers;
    for (const amounts of [container.resources.requests, container.resources.limits]) {
      expect(Object.keys(amounts).sort()).toEqual(['cpu', 'memory']);
    }
    expect(container.livenessProbe.httpGet.port).toEqual(expect.any(Number));
    expect(container.readinessProbe.httpGet.port).toEqual(expect.any(Number));
    const ports = container.ports.map(({ containerPort }: { containerPort: number }) => containerPort);
    expect(ports).toContain(container.livenessProbe.httpGet.port);
    expect(ports).toContain(container.readinessProbe.httpGet.port);
  });

  test.each([['controller', 'cert-manager'], ['webhook', 'cert-manager-webhook'], ['cainjector', 'cert-manager-cainjector']])('%s is selected by upstream\'s labels, by its Service too', (component, name) => {
    const selector = { 'app.kubernetes.io/name': name.replace('cert-manager-', ''), 'app.kubernetes.io/instance': 'cert-manager', 'app.kubernetes.io/component': component };
    const objects = objectsOf(certManager());
    const { spec } = objects.one('Deployment', name);
    expect(spec.selector.matchLabels).toEqual(selector);
    expect(spec.template.metadata.labels).toMatchObject(selector);
    expect(objects.one('Service', name).spec.selector).toEqual(selector);
  });

  test('uses the priority class given', () => {
    const app = new App();
    const base = new KubeflowBase(app, 'base');
    const objects = objectsOf(new CertManager(app, 'cert-manager', { priorityClassName: base.priorityClassName }));
    expect(DEPLOYMENTS.map((name) => objects.one('Deployment', name).spec.template.spec.priorityClassName)).toEqual(Array(3).fill('kubeflow-platform'));
  });

  test('takes resources, replicas and verbosity', () => {
    const resources = { cpu: { request: '1' }, memory: { request: '1Gi', limit: '2Gi' } };
    const objects = objectsOf(certManager({ replicas: 3, logLevel: 4, resources: { caInjector: resources } }));
    const injector = objects.one('Deployment', 'cert-manager-cainjector').spec;
    expect(injector.template.spec.containers[0].resources).toEqual({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } });
    for (const name of DEPLOYMENTS) {
      expect(objects.one('Deployment', name).spec.replicas).toBe(3);
      expect(objects.one('Deployment', name).spec.template.spec.containers[0].args).toContain('--v=4');
    }
  });
});

describe('images', () => {
  const imagesIn = (text: string) => [...new Set(text.match(/[a-z0-9.-]+\.[a-z]+\/[\w./-]+:v[\d.]+/g))].sort();

  test('the inventory has every image there is, the solver in an argument too', () => {
    const component = certManager();
    const written = imagesIn(JSON.stringify(objectsOf(component).all));
    expect(imagesOf(component).map(({ reference }) => reference).sort()).toEqual(written);
    expect(written).toEqual(['acmesolver', 'cainjector', 'controller', 'webhook'].map((program) => `quay.io/jetstack/cert-manager-${program}:v1.20.2`));
  });

  test('rewriting reaches all of them', () => {
    const app = new App();
    rewriteImages(app, { registry: 'registry.example.com/mirror' });
    const text = JSON.stringify(objectsOf(new CertManager(app, 'cert-manager')).all);
    expect(imagesIn(text)).toHaveLength(4);
    for (const image of imagesIn(text)) expect(image).toMatch(/^registry\.example\.com\/mirror\/quay\.io\/jetstack\//);
  });
});

describe('order', () => {
  const app = new App();
  new CertManager(app, 'cert-manager');
  const graph = ReleaseGraph.of(synthesize(app), componentsOf(app));
  const layer = (reference: string) => graph.layerOf(graph.find(reference));

  test('issuers wait for all three programs, of which one admits them and one tells the API server whom to trust', () => {
    const issuer = layer('ClusterIssuer/kubeflow-self-signing-issuer');
    for (const name of DEPLOYMENTS) expect(layer(`Deployment/cert-manager/${name}`)).toBeLessThan(issuer);
    expect(layer('ValidatingWebhookConfiguration/cert-manager-webhook')).toBeLessThan(issuer);
  });

  test('the platform issuer waits for its CA, and the CA for what signs it', () => {
    expect(layer('ClusterIssuer/kubeflow-self-signing-issuer')).toBeLessThan(layer('Certificate/cert-manager/kubeflow-platform-ca'));
    expect(layer('Certificate/cert-manager/kubeflow-platform-ca')).toBeLessThan(layer('ClusterIssuer/kubeflow-platform-ca'));
  });
});

describe('refuses', () => {
  test.each<[string, CertManagerProps]>([
    ['logLevel', { logLevel: 11 }],
    ['webhook.port', { webhook: { port: 443 } }],
    ['webhook.timeoutSeconds', { webhook: { timeoutSeconds: 31 } }],
    ['replicas', { replicas: 0 }],
  ])('%s out of range, with the construct it was given to', (property, props) => {
    expect(() => certManager(props)).toThrow(InvalidInputError);
    expect(() => certManager(props)).toThrow(new RegExp(`^cert-manager.*: ${property} is \\d+; expected a whole number`));
  });
});

test('CRDs carry the labels of the release they are from', () => {
  const crds = objectsOf(certManager()).ofKind('CustomResourceDefinition');
  expect(crds).toHaveLength(6);
  for (const crd of crds) expect(crd.metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'crds', 'app.kubernetes.io/version': 'v1.20.2' });
});

test('is a chart that stands by itself', () => {
  expect(certManager()).toBeInstanceOf(Chart);
  expect(certManager().version).toBe('1.20.2');
});
