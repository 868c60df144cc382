import { App } from 'cdk8s';
import { KubeflowBase } from '../../constructs/base';
import { acme, CertManager, http01Gateway, LETS_ENCRYPT } from '../../constructs/cert-manager';
import { awsRole, synthesize } from '../../constructs/core';
import { GatewayApi } from '../../constructs/gateway-api';
import { Istio } from '../../constructs/istio';
import { JobSet } from '../../constructs/jobset';
import { KServe } from '../../constructs/kserve';
import { existingLeaderWorkerSet } from '../../constructs/leader-worker-set';
import { Trainer } from '../../constructs/trainer';
import { examples } from '../../examples';
import { type Coverage, evaluate, type Finding, isBlocking, type KubernetesObject, WAIVER_RULES } from '../../policies';
import { configureStack, plan } from '../../stacks';

/** A day on which waivers are judged; none of ours has an end. */
const now = new Date('2026-01-01T00:00:00Z');

function objectsOf(app: App): readonly KubernetesObject[] {
  return synthesize(app).map(({ manifest }) => manifest);
}

/** Every component with every option that adds objects, permissions or privileges. */
function everything(): App {
  const app = new App();
  const base = new KubeflowBase(app, 'base', { sidecarByDefault: true });
  const gatewayApi = new GatewayApi(app, 'gateway-api');
  const certificates = new CertManager(app, 'cert-manager', {
    gatewayApi: true,
    signsCertificateSigningRequests: true,
    workloadIdentity: awsRole('arn:aws:iam::123456789012:role/cert-manager'),
  });
  certificates.publicIssuer('lets-encrypt', acme({ server: LETS_ENCRYPT, email: 'ops@example.com', solvers: [http01Gateway({ gateways: [{ name: 'public', namespace: 'kubeflow' }] })] }));
  const mesh = new Istio(app, 'istio', {
    multicluster: true,
    cni: { untaintNodes: true },
    mtls: 'PERMISSIVE',
    ingress: { serviceType: 'LoadBalancer', hosts: ['kubeflow.example.com'], tls: { secretName: 'kubeflow-tls' } },
  });
  const jobSets = new JobSet(app, 'jobset', { certificates });
  new Trainer(app, 'trainer', {
    namespace: base.system,
    certificates,
    jobSets,
    runtimePodSecurity: 'baseline',
    dataCache: { leaderWorkerSets: existingLeaderWorkerSet('0.7.0'), namespaces: ['examples'] },
    config: { trainJobStatus: true },
  });
  new KServe(app, 'kserve', { certificates, mesh, gatewayApi, localModels: {}, llm: { rdma: true }, metrics: 'in-cluster' });
  examples(app);
  return app;
}

const stack = async (name: string, config: Readonly<Record<string, unknown>> = {}): Promise<App> => (await plan(configureStack(name, config))).app;
const onprem = { context: 'production', domain: 'ml.example.com', imageRegistry: 'registry.example.com/mirror' };

const LOCAL = (): Promise<App> => stack('local');
const CASES: readonly (readonly [string, () => App | Promise<App>])[] = [
  ['local', LOCAL],
  ['local without GPUs, from a mirror', () => stack('local', { nodes: 1, gpuNodes: 0, imageRegistry: 'registry.example.com' })],
  ['onprem', () => stack('onprem', onprem)],
  ['onprem behind node ports', () => stack('onprem', { ...onprem, ingressServiceType: 'NodePort' })],
  ['onprem inside the cluster only', () => stack('onprem', { ...onprem, ingressServiceType: 'ClusterIP' })],
  ['every component with every option', everything],
];

function show({ policy, object, message, path }: Finding): string {
  return `${policy}: ${[object.kind, object.namespace, object.name].filter(Boolean).join('/')}: ${message} (${path})`;
}

/** What is waived, as `policy: Kind/namespace/name`, sorted. */
function exceptions(findings: readonly Finding[]): readonly string[] {
  const pairs = findings.filter(({ waived }) => waived).map(({ policy, object }) => `${policy}: ${[object.kind, object.namespace, object.name].filter(Boolean).join('/')}`);
  return [...new Set(pairs)].sort();
}

let usual: readonly string[];
beforeAll(async () => {
  usual = exceptions(evaluate(objectsOf(await LOCAL()), { now }).findings);
});

// A line more here is one exception more: judge its reason before you update the snapshot.
test('what is waived in the stack local', () => {
  expect(usual).toMatchSnapshot();
});

describe.each(CASES)('%s', (_, synthesizeStack) => {
  let findings: readonly Finding[];
  let coverage: Coverage;
  let waived: readonly Finding[];
  beforeAll(async () => {
    ({ findings, coverage } = evaluate(objectsOf(await synthesizeStack()), { now }));
    waived = findings.filter((finding) => finding.waived);
  });

  test('nothing is refused', () => {
    expect(findings.filter(isBlocking).map(show)).toEqual([]);
  });

  test('the only advice left is to pin images by digest', () => {
    expect(findings.filter((finding) => !finding.waived && finding.policy !== 'image-digest').map(show)).toEqual([]);
  });

  test('every waiver can be understood, has not expired, and covers something', () => {
    const rules = new Set(WAIVER_RULES.map(({ id }) => id));
    expect(findings.filter(({ policy }) => rules.has(policy)).map(show)).toEqual([]);
  });

  test('every waiver gives a reason', () => {
    expect(waived.length).toBeGreaterThan(0);
    const poor = waived.filter((finding) => (finding.waived?.reason ?? '').split(/\s+/).length < 8);
    expect(poor.map((finding) => `${show(finding)}: ${finding.waived?.reason}`)).toEqual([]);
  });

  test('no object is left out', () => {
    expect(coverage.unevaluated).toEqual([]);
  });

  if (synthesizeStack !== LOCAL) {
    test('what is waived differs from the stack local', () => {
      const here = exceptions(findings);
      expect({ more: here.filter((pair) => !usual.includes(pair)), less: usual.filter((pair) => !here.includes(pair)) }).toMatchSnapshot();
    });
  }
});
