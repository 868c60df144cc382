import { App, Duration } from 'cdk8s';
import { parse } from 'yaml';
import { CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, CLUSTER_AUTOSCALER_VERSIONS, ClusterAutoscaler, type ClusterAutoscalerProps } from '../../../constructs/cluster-autoscaler';
import { awsPodIdentity, awsRole, createToken, imagesOf, synthesize } from '../../../constructs/core';
import { type Json, objectsOf, stringsOf, verbsOn } from '../jobset/objects';
import { judged } from '../judged';

function autoscaler(props: Partial<ClusterAutoscalerProps> = {}) {
  const component = new ClusterAutoscaler(new App(), 'cluster-autoscaler', {
    clusterName: 'kubeflow',
    region: 'eu-central-1',
    identity: awsRole('arn:aws:iam::123456789012:role/autoscaler'),
    kubernetesVersion: '1.35',
    ...props,
  });
  return { component, ...objectsOf(component) };
}

const podOf = (objects: ReturnType<typeof autoscaler>): Json => objects.one('Deployment', 'cluster-autoscaler').spec.template;
const argsOf = (props: Partial<ClusterAutoscalerProps> = {}): string[] => podOf(autoscaler(props)).spec.containers[0].args;

test('the objects', () => {
  expect(autoscaler().names).toMatchSnapshot();
});

describe('the version follows the cluster', () => {
  test.each(Object.entries(CLUSTER_AUTOSCALER_VERSIONS))('%s has %s, of the same minor', (kubernetesVersion, version) => {
    const { component } = autoscaler({ kubernetesVersion: `v${kubernetesVersion}.7` });
    expect(version.startsWith(`${kubernetesVersion}.`)).toBe(true);
    expect(component.version).toBe(version);
    expect(imagesOf(component).map((use) => use.reference)).toEqual([`registry.k8s.io/autoscaling/cluster-autoscaler:v${version}`]);
  });

  test.each(['1.20', '1.99', 'latest', 'toString'])('%s has none', (kubernetesVersion) => {
    expect(() => autoscaler({ kubernetesVersion })).toThrow(`cluster-autoscaler: kubernetesVersion is '${kubernetesVersion}'; expected a version of Kubernetes from 1.31 to 1.36`);
  });
});

test('it scales the groups of its own cluster only, by their tags', () => {
  expect(argsOf().filter((arg) => arg.startsWith('--node'))).toEqual(['--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/kubeflow']);
});

test('its account has the role it was given, and is the one that is granted things beforehand', () => {
  const objects = autoscaler();
  const account = objects.one('ServiceAccount', CLUSTER_AUTOSCALER_SERVICE_ACCOUNT.name);
  expect(account.metadata).toMatchObject({ ...CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/autoscaler' } });
  expect(podOf(objects).spec.serviceAccountName).toBe(account.metadata.name);
  expect(stringsOf(objects.all).filter((text) => /AWS_(ACCESS|SECRET)/.test(text))).toEqual([]);
});

test('with Pod Identity it reaches the agent on the node', () => {
  const { egress } = autoscaler({ identity: awsPodIdentity() }).one('NetworkPolicy', 'cluster-autoscaler').spec;
  expect(egress).toEqual([{ ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }] }, { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [{ protocol: 'TCP', port: 80 }] }]);
});

describe('permissions', () => {
  const role = autoscaler().one('ClusterRole', 'cluster-autoscaler');

  test('it reads all that the scheduler looks at: without one of them it would wait for ever', () => {
    const storage = ['storageclasses', 'csinodes', 'csidrivers', 'csistoragecapacities', 'volumeattachments'].map((kind) => verbsOn(role, 'storage.k8s.io', kind));
    const claims = ['deviceclasses', 'resourceslices', 'resourceclaims'].map((kind) => verbsOn(role, 'resource.k8s.io', kind));
    for (const verbs of [...storage, ...claims]) expect(verbs).toEqual(['get', 'list', 'watch']);
  });

  test('it evicts and taints, and neither deletes pods nor writes jobs, endpoints or the status of pods', () => {
    expect(verbsOn(role, '', 'pods/eviction')).toEqual(['create']);
    expect(verbsOn(role, '', 'nodes')).toEqual(['get', 'list', 'update', 'watch']);
    expect(verbsOn(role, '', 'pods')).toEqual(['get', 'list', 'watch']);
    expect(verbsOn(role, 'batch', 'jobs')).toEqual(['get', 'list', 'watch']);
    expect([...verbsOn(role, '', 'endpoints'), ...verbsOn(role, '', 'pods/status'), ...verbsOn(role, '', 'secrets')]).toEqual([]);
  });

  test('its lease and its ConfigMaps are where the program is told to look', () => {
    const [own] = autoscaler().ofKind('Role');
    expect(argsOf()).toContain(`--namespace=${own.metadata.namespace}`);
    const named: Json[] = own.rules.filter((rule: Json) => rule.resourceNames);
    expect(named.map((rule) => [rule.resources[0], ...rule.resourceNames, ...rule.verbs])).toEqual([
      ['leases', 'cluster-autoscaler', 'get', 'update'],
      ['configmaps', 'cluster-autoscaler-status', 'get', 'update', 'delete'],
      ['configmaps', 'cluster-autoscaler-priority-expander', 'get'],
    ]);
  });
});

describe('settings', () => {
  test('nodes go although pods keep files on them, and similar groups stay equal', () => {
    expect(argsOf()).toEqual(expect.arrayContaining(['--expander=least-waste', '--skip-nodes-with-local-storage=false', '--balance-similar-node-groups=true']));
  });

  test('when nodes come and go', () => {
    expect(
      argsOf({
        scaleUp: { maxNodeProvisionTime: Duration.minutes(30), scanInterval: Duration.seconds(30), balanceSimilarNodeGroups: false, maxNodesTotal: 50 },
        scaleDown: { utilizationThreshold: 0.7, gpuUtilizationThreshold: 0, unneededTime: Duration.hours(1), unreadyTime: Duration.minutes(5), delayAfterAdd: Duration.minutes(15), delayAfterFailure: Duration.minutes(1), maxGracefulTermination: Duration.hours(2), keepNodesWithLocalStorage: true, keepNodesWithSystemPods: false },
      }).slice(7),
    ).toEqual([
      '--scan-interval=30s',
      '--max-node-provision-time=1800s',
      '--balance-similar-node-groups=false',
      '--max-nodes-total=50',
      '--scale-down-utilization-threshold=0.7',
      '--scale-down-gpu-utilization-threshold=0',
      '--scale-down-unneeded-time=3600s',
      '--scale-down-unready-time=300s',
      '--scale-down-delay-after-add=900s',
      '--scale-down-delay-after-failure=60s',
      '--max-graceful-termination-sec=7200',
      '--skip-nodes-with-local-storage=true',
      '--skip-nodes-with-system-pods=false',
    ]);
  });

  test('nodes may be kept for ever', () => {
    expect(argsOf({ scaleDown: false }).filter((arg) => /scale-down|skip-nodes/.test(arg))).toEqual(['--scale-down-enabled=false']);
  });

  test('priorities are where the program reads them', () => {
    const expanders = [{ priority: { 10: ['.*-ondemand-.*'], 50: ['.*-spot-.*'] } }, 'least-waste'] as const;
    const objects = autoscaler({ expanders });
    expect(podOf(objects).spec.containers[0].args).toContain('--expander=priority,least-waste');
    const config = objects.one('ConfigMap', 'cluster-autoscaler-priority-expander');
    expect(config.metadata.namespace).toBe('cluster-autoscaler');
    expect(parse(config.data.priorities)).toEqual({ 10: ['.*-ondemand-.*'], 50: ['.*-spot-.*'] });
  });
});

test('two pods, before others when nodes are full, reading no file of their node', () => {
  const objects = autoscaler();
  expect(objects.one('Deployment', 'cluster-autoscaler').spec.replicas).toBe(2);
  expect(podOf(objects).spec).toMatchObject({ priorityClassName: 'system-cluster-critical' });
  expect(podOf(objects).spec.volumes).toBeUndefined();
});

test('what is known at deploy time only goes through', () => {
  const token = createToken({}, 'the cluster');
  expect(argsOf({ clusterName: token, region: token })).toContain(`--cluster-name=${token}`);
});

test('policies find nothing but its token and a namespace without a quota, for which there are reasons', () => {
  expect(judged(autoscaler({ expanders: [{ priority: { 1: ['.*'] } }] }).all)).toEqual({
    open: [],
    waived: ['namespace-quota Namespace/cluster-autoscaler', 'service-account-token Deployment/cluster-autoscaler'],
    unevaluated: [],
  });
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(autoscaler().component));
  expect(text()).toBe(text());
});

describe('bad input', () => {
  test.each<[Partial<ClusterAutoscalerProps>, string]>([
    [{ clusterName: 'a b' }, "clusterName is 'a b'"],
    [{ region: 'Frankfurt' }, "region is 'Frankfurt'; expected an AWS region"],
    [{ scaleDown: { utilizationThreshold: 50 } }, 'scaleDown.utilizationThreshold is 50; expected a number from 0 to 1'],
    [{ scaleDown: { gpuUtilizationThreshold: Number.NaN } }, 'scaleDown.gpuUtilizationThreshold is null'],
    [{ scaleUp: { maxNodesTotal: 0 } }, 'scaleUp.maxNodesTotal is 0'],
    [{ expanders: ['random', 'random'] }, 'expanders is ["random","random"]; expected at least one, and each once'],
    [{ expanders: [{ priority: {} }] }, 'expanders.priority is {}'],
    [{ expanders: [{ priority: { 0: ['.*'] } }] }, "expanders.priority is '0'"],
    [{ expanders: [{ priority: { 1: ['('] } }] }, "expanders.priority.1 is '('; expected a regular expression"],
    [{ logLevel: 0 }, 'logLevel is 0'],
    [{ replicas: 0 }, 'replicas is 0'],
  ])('%j', (props, message) => {
    expect(() => autoscaler(props)).toThrow(message);
  });
});
