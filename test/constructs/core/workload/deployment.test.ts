import { App, Chart, Testing } from 'cdk8s';
import { HardenedDeployment, type HardenedDeploymentProps } from '../../../../constructs/core';
import { refusalOf } from '../refusals';

const PROPS: HardenedDeploymentProps = {
  name: 'web',
  namespace: 'apps',
  selector: { app: 'web' },
  serviceAccount: 'web',
  apiAccess: false,
  containers: [{ name: 'web', image: { registry: 'quay.io', repository: 'example/web', tag: '1' }, resources: { cpu: { request: '1' }, memory: { request: '1Gi' } } }],
};

function synth(props: Partial<HardenedDeploymentProps> = {}) {
  const chart = new Chart(new App(), 'chart');
  const construct = new HardenedDeployment(chart, 'web', { ...PROPS, ...props });
  const [deployment, budget] = Testing.synth(chart);
  return { construct, deployment, budget, pod: deployment.spec.template };
}

test('two pods, of which a new one is ready before an old one goes', () => {
  const { spec } = synth().deployment;
  expect(spec).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } });
  expect(synth({ replicas: 1, maxSurge: 0, maxUnavailable: '50%' }).deployment.spec).toMatchObject({ replicas: 1, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '50%' } } });
});

test('a drain takes one pod at a time, and is never blocked by a broken or single one', () => {
  const { budget, deployment } = synth({ replicas: 1 });
  expect(budget).toMatchObject({
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web', namespace: 'apps' },
    spec: { maxUnavailable: 1, selector: deployment.spec.selector, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
});

test('further labels are on objects and pods, never in the selector, which cannot change', () => {
  const { deployment, pod } = synth({ labels: { version: '1' }, podLabels: { revision: 'a' } });
  expect(deployment.spec.selector).toEqual({ matchLabels: { app: 'web' } });
  expect(deployment.metadata.labels).toEqual({ app: 'web', version: '1' });
  expect(pod.metadata.labels).toEqual({ app: 'web', revision: 'a' });
});

test('others can refer to it', () => {
  expect(synth().construct).toMatchObject({ name: 'web', namespace: 'apps', selector: { app: 'web' } });
});

test('waivers stand on the Deployment', () => {
  expect(synth({ waivers: [{ policy: 'host-path', reason: 'reads the node\'s plugin folder' }] }).deployment.metadata.annotations).toEqual({
    'waiver.kubeflow-cdk.dev/host-path': 'reads the node\'s plugin folder',
  });
});

describe('pods', () => {
  test('are not root, confined by seccomp, and told nothing of other Services', () => {
    expect(synth().pod.spec).toMatchObject({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, enableServiceLinks: false });
  });

  test('have no token unless they say what they do with the API, which is then the reason of the waiver', () => {
    expect(synth().pod.spec.automountServiceAccountToken).toBe(false);
    expect(synth().deployment.metadata.annotations).toBeUndefined();
    const { pod, deployment } = synth({ apiAccess: 'reads the pods of its namespace' });
    expect(pod.spec.automountServiceAccountToken).toBe(true);
    expect(deployment.metadata.annotations).toEqual({ 'waiver.kubeflow-cdk.dev/service-account-token': 'reads the pods of its namespace' });
  });

  test('refuse a reason that says nothing', () => {
    expect(() => synth({ apiAccess: 'yes' })).toThrow(refusalOf('waivers[service-account-token].reason', 'chart/web'));
  });

  test('whose containers write to their image carry the reasons, once for all containers', () => {
    const containers = PROPS.containers.flatMap((web) => [
      { ...web, security: { writableRoot: 'keeps its index beside the program.' } },
      { ...web, name: 'proxy', security: { writableRoot: 'writes its pid to /run.' } },
      { ...web, name: 'exporter' },
    ]);
    const { annotations } = synth({ containers }).deployment.metadata;
    expect(JSON.parse(annotations['waiver.kubeflow-cdk.dev/read-only-root-filesystem'])).toEqual({
      reason: 'keeps its index beside the program. writes its pid to /run.', containers: ['web', 'proxy'],
    });
  });

  test('spread over nodes and zones without getting in the way of scheduling', () => {
    const { topologySpreadConstraints } = synth().pod.spec;
    expect(topologySpreadConstraints.map(({ topologyKey }: { topologyKey: string }) => topologyKey)).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    for (const constraint of topologySpreadConstraints) expect(constraint).toMatchObject({ whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } } });
  });

  test('run on Linux, and where else they are told', () => {
    expect(synth({ nodeSelector: { pool: 'system' } }).pod.spec.nodeSelector).toEqual({ 'kubernetes.io/os': 'linux', pool: 'system' });
  });

  test('say what they are told and nothing they are not', () => {
    const plain = synth().pod.spec;
    for (const field of ['hostNetwork', 'dnsPolicy', 'priorityClassName', 'affinity', 'tolerations', 'initContainers', 'volumes', 'terminationGracePeriodSeconds']) expect(plain).not.toHaveProperty(field);
    const told = synth({
      runAsUser: 1000, runAsGroup: 0, fsGroup: 1000, priorityClassName: 'high', terminationGracePeriodSeconds: 0, dnsPolicy: 'Default', hostNetwork: true,
      tolerations: [{ operator: 'Exists' }], volumes: [{ name: 'tmp', emptyDir: {} }], podAnnotations: { scrape: 'true' },
    }).pod;
    expect(told.spec).toMatchObject({
      securityContext: { runAsUser: 1000, runAsGroup: 0, fsGroup: 1000 }, priorityClassName: 'high', terminationGracePeriodSeconds: 0, dnsPolicy: 'Default', hostNetwork: true,
      tolerations: [{ operator: 'Exists' }], volumes: [{ name: 'tmp', emptyDir: {} }],
    });
    expect(told.metadata.annotations).toEqual({ scrape: 'true' });
  });
});

test.each([0, -1, 1.5, Number.NaN])('refuses %d replicas', (replicas) => {
  expect(() => synth({ replicas })).toThrow(refusalOf('replicas', 'chart/web'));
});
