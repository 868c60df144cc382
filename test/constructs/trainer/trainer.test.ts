import { App } from 'cdk8s';
import { parse } from 'yaml';
import { componentsOf, imagesOf, rewriteImages, synthesize } from '../../../constructs/core';
import { existingJobSet, JobSet } from '../../../constructs/jobset';
import { Trainer } from '../../../constructs/trainer';
import { judged } from '../judged';
import { type Json, objectsOf, recordingIssuer, stringsOf, verbsOn } from '../jobset/objects';
import { trainer } from './trainer-objects';

const NAME = 'kubeflow-trainer-controller-manager';
const configOf = (objects: Pick<ReturnType<typeof trainer>, 'one'>) => parse(objects.one('ConfigMap', 'kubeflow-trainer-config').data['controller_manager_config.yaml']);
const podOf = (objects: Pick<ReturnType<typeof trainer>, 'one'>): Json => objects.one('Deployment', NAME).spec.template;

test('the objects', () => {
  expect(trainer().names).toMatchSnapshot();
});

test('it waits for the JobSet it is given: without JobSet\'s definition it starts and is not ready for minutes', () => {
  const app = new App();
  const certificates = recordingIssuer().issuer;
  new Trainer(app, 'trainer', { certificates, jobSets: new JobSet(app, 'jobset', { certificates }) });
  expect(componentsOf(app).find(({ id }) => id === 'trainer')?.requires).toEqual(['jobset']);
});

describe('certificates', () => {
  test('the issuer makes it for the Service; the program makes none, but knows its name', () => {
    const objects = trainer();
    const secretName = 'kubeflow-trainer-webhook-cert';
    expect(objects.requests).toEqual([{ name: secretName, namespace: 'kubeflow-system', secretName, services: [NAME] }]);
    expect(configOf(objects).certManagement).toEqual({ enable: false, webhookServiceName: NAME, webhookSecretName: secretName });
    expect(objects.ofKind('Secret')).toEqual([]);
    const { containers, volumes } = podOf(objects).spec;
    expect(volumes).toContainEqual({ name: 'cert', secret: { secretName } });
    // The program has this directory built in.
    expect(containers[0].volumeMounts).toContainEqual({ name: 'cert', mountPath: '/tmp/k8s-webhook-server/serving-certs', readOnly: true });
  });

  test('webhooks get its CA', () => {
    const { ofKind } = trainer();
    for (const configuration of [...ofKind('MutatingWebhookConfiguration'), ...ofKind('ValidatingWebhookConfiguration')]) {
      expect(configuration.metadata.annotations).toEqual({ 'test/inject-ca-from': 'kubeflow-system/kubeflow-trainer-webhook-cert' });
    }
  });
});

test('the configuration states the timing of the leader election, which the program has no defaults for', () => {
  expect(configOf(trainer())).toMatchObject({
    apiVersion: 'config.trainer.kubeflow.org/v1alpha1',
    kind: 'Configuration',
    leaderElection: { leaderElect: true, leaseDuration: '15s', renewDeadline: '10s', retryPeriod: '2s' },
    controller: { groupKindConcurrency: { 'TrainJob.trainer.kubeflow.org': 5, 'TrainingRuntime.trainer.kubeflow.org': 1, 'ClusterTrainingRuntime.trainer.kubeflow.org': 1 } },
    featureGates: { TrainJobStatus: false },
  });
});

test('webhooks: jobs are defaulted and validated, runtimes validated; all fail closed', () => {
  const { ofKind } = trainer();
  const webhooks: Json[] = [...ofKind('MutatingWebhookConfiguration'), ...ofKind('ValidatingWebhookConfiguration')].flatMap((each) => each.webhooks);
  expect(webhooks.map((each) => [each.name, each.clientConfig.service.path, each.rules[0].resources])).toEqual([
    ['defaulter.trainjob.trainer.kubeflow.org', '/mutate-trainer-kubeflow-org-v1alpha1-trainjob', ['trainjobs']],
    ['validator.clustertrainingruntime.trainer.kubeflow.org', '/validate-trainer-kubeflow-org-v1alpha1-clustertrainingruntime', ['clustertrainingruntimes']],
    ['validator.trainingruntime.trainer.kubeflow.org', '/validate-trainer-kubeflow-org-v1alpha1-trainingruntime', ['trainingruntimes']],
    ['validator.trainjob.trainer.kubeflow.org', '/validate-trainer-kubeflow-org-v1alpha1-trainjob', ['trainjobs']],
  ]);
  for (const webhook of webhooks) {
    expect(webhook).toMatchObject({ failurePolicy: 'Fail', clientConfig: { service: { name: NAME, namespace: 'kubeflow-system' } } });
    expect(webhook.rules[0].operations).toEqual(['CREATE', 'UPDATE']);
  }
});

test('the Service selects these pods and no other manager, and leads to ports they have', () => {
  const objects = trainer();
  const { selector, ports } = objects.one('Service', NAME).spec;
  expect(selector).toEqual({ 'app.kubernetes.io/name': 'trainer', 'app.kubernetes.io/component': 'manager', 'app.kubernetes.io/part-of': 'kubeflow' });
  const pod = podOf(objects);
  expect(pod.metadata.labels).toMatchObject(selector);
  const names = pod.spec.containers[0].ports.map((port: Json) => port.name);
  for (const { targetPort } of ports) expect(names).toContain(targetPort);
});

test('training pods reach the status server only when it is switched on', () => {
  const open = (props?: Parameters<typeof trainer>[0]) => trainer(props).one('NetworkPolicy', NAME).spec.ingress.map((rule: Json) => [rule.from ?? 'anywhere', rule.ports.map((port: Json) => port.port)]);
  expect(open()).toEqual([['anywhere', [9443]], [[{ namespaceSelector: {} }], [8443]]]);
  expect(open({ config: { trainJobStatus: true } })).toEqual([['anywhere', [9443]], [[{ namespaceSelector: {} }], [8443, 10443]]]);
});

describe('permissions', () => {
  test('the controller applies what it makes: it never updates a Secret, and writes no webhook configuration', () => {
    const role = trainer().one('ClusterRole', NAME);
    expect(verbsOn(role, '', 'secrets')).toEqual(['create', 'get', 'list', 'patch', 'watch']);
    expect(verbsOn(role, 'trainer.kubeflow.org', 'trainjobs')).toEqual(['get', 'list', 'watch']);
    expect(verbsOn(role, 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations')).toEqual([]);
    expect(verbsOn(role, 'coordination.k8s.io', 'leases')).toEqual([]);
    expect(verbsOn(role, 'scheduling.k8s.io', 'priorityclasses')).toEqual(['get', 'list', 'watch']);
  });

  test('its lease is the one of the configuration, in its own namespace', () => {
    const objects = trainer();
    const role = objects.one('Role', 'kubeflow-trainer-leader-election');
    expect(role.metadata.namespace).toBe('kubeflow-system');
    expect(role.rules[1].resourceNames).toEqual([configOf(objects).leaderElection.resourceName]);
  });

  test('users\' roles join Kubeflow\'s; the one that aggregates states no rules', () => {
    const { one } = trainer();
    const label = 'rbac.authorization.kubeflow.org/aggregate-to-';
    const admin = one('ClusterRole', 'kubeflow-trainer-admin');
    expect(admin).not.toHaveProperty('rules');
    expect(admin.metadata.labels).toMatchObject({ [`${label}kubeflow-admin`]: 'true' });
    expect(admin.aggregationRule.clusterRoleSelectors).toEqual([{ matchLabels: { [`${label}kubeflow-trainer-admin`]: 'true' } }]);
    const edit = one('ClusterRole', 'kubeflow-trainer-edit');
    expect(edit.metadata.labels).toMatchObject({ [`${label}kubeflow-edit`]: 'true', [`${label}kubeflow-trainer-admin`]: 'true' });
    expect(verbsOn(edit, 'trainer.kubeflow.org', 'trainjobs')).toEqual(['create', 'delete', 'get', 'list', 'patch', 'watch']);
    expect(one('ClusterRole', 'kubeflow-trainer-view').metadata.labels).toMatchObject({ [`${label}kubeflow-view`]: 'true' });
  });

  test('everybody who is known may see the runtimes of the cluster, and the version', () => {
    const { one } = trainer();
    const everybody = [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' }];
    expect(one('ClusterRoleBinding', 'kubeflow-trainer-view-cluster-runtimes').subjects).toEqual(everybody);
    expect(verbsOn(one('ClusterRole', 'kubeflow-trainer-view-cluster-runtimes'), 'trainer.kubeflow.org', 'clustertrainingruntimes')).toEqual(['get', 'list', 'watch']);
    expect(one('RoleBinding', 'kubeflow-trainer-public').subjects).toEqual(everybody);
    expect(one('Role', 'kubeflow-trainer-public').rules[0].resourceNames).toEqual(['kubeflow-trainer-public']);
    expect(one('ConfigMap', 'kubeflow-trainer-public').data).toEqual({ kubeflow_trainer_version: 'v2.2.0' });
  });
});

describe('data cache', () => {
  const leaderWorkerSets = {};

  test('its initializer may read the TrainJob, without which it quietly does nothing', () => {
    const role = trainer().one('ClusterRole', 'kubeflow-trainer-cache-initializer');
    expect(verbsOn(role, 'trainer.kubeflow.org', 'trainjobs')).toEqual(['get']);
    expect(verbsOn(role, 'leaderworkerset.x-k8s.io', 'leaderworkersets')).toEqual(['create', 'get', 'list', 'watch']);
  });

  test('only namespaces that are named have its ServiceAccount', () => {
    expect(trainer().ofKind('ServiceAccount').map((account) => account.metadata.name)).toEqual([NAME]);
    const { all } = trainer({ dataCache: { leaderWorkerSets, namespaces: ['team-a', 'team-b'] } });
    const inTeams = all.filter((object) => object.metadata.namespace?.startsWith('team-'));
    expect(inTeams.map((object) => [object.kind, object.metadata.namespace])).toEqual([
      ['ServiceAccount', 'team-a'], ['RoleBinding', 'team-a'], ['ServiceAccount', 'team-b'], ['RoleBinding', 'team-b'],
    ]);
    expect(inTeams[1].roleRef).toMatchObject({ kind: 'ClusterRole', name: 'kubeflow-trainer-cache-initializer' });
  });
});

describe('images', () => {
  const IMAGE = /^[a-z0-9.-]+\.[a-z]+\/[a-z0-9._/-]+:[A-Za-z0-9._-]+$/;

  test('the inventory is what stands in the manifests, variables included', () => {
    const { component, all } = trainer();
    const written = new Set(stringsOf(all.filter((object) => object.kind !== 'CustomResourceDefinition')).filter((text) => IMAGE.test(text)));
    const known = new Set(imagesOf(component).map((use) => use.reference));
    expect([...written].sort()).toEqual([...known].sort());
    expect(known).toContain('ghcr.io/kubeflow/trainer/data-cache:v2.2.0');
    expect(known.size).toBe(10);
  });

  test('rewriting the registry reaches every one', () => {
    const app = new App();
    rewriteImages(app, { registry: 'mirror.example.com' });
    const component = new Trainer(app, 'trainer', { certificates: recordingIssuer().issuer, jobSets: existingJobSet({ version: '0.11.0' }) });
    const written = stringsOf(objectsOf(component).all.filter((object) => object.kind !== 'CustomResourceDefinition')).filter((text) => IMAGE.test(text));
    expect(written.length).toBeGreaterThan(10);
    expect(written.filter((text) => !text.startsWith('mirror.example.com/'))).toEqual([]);
  });
});

test('policies find nothing that there is no reason for', () => {
  const { open, waived, unevaluated } = judged(trainer().all);
  expect({ open, unevaluated }).toEqual({ open: [], unevaluated: [] });
  // What waives programs of users is a matter of the runtimes.
  expect(waived.filter((each) => !each.startsWith('read-only-root-filesystem ClusterTrainingRuntime/'))).toEqual([
    'authenticated-binding ClusterRoleBinding/kubeflow-trainer-view-cluster-runtimes',
    'authenticated-binding RoleBinding/kubeflow-trainer-public',
    'namespace-quota Namespace/kubeflow-system',
    'secret-access ClusterRole/kubeflow-trainer-controller-manager',
    'service-account-token ClusterTrainingRuntime/torch-distributed-with-cache',
    'service-account-token Deployment/kubeflow-trainer-controller-manager',
  ]);
});

test('runtimes and version are shown to everybody, under a waiver, or to the groups of users', () => {
  const bindings = (objects: ReturnType<typeof trainer>) => [objects.one('ClusterRoleBinding', 'kubeflow-trainer-view-cluster-runtimes'), objects.one('RoleBinding', 'kubeflow-trainer-public')];
  for (const { subjects } of bindings(trainer())) expect(subjects).toEqual([{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' }]);
  const narrow = trainer({ readers: ['data-scientists', 'system:serviceaccounts:team-a'] });
  for (const { subjects, metadata } of bindings(narrow)) {
    expect(subjects.map(({ name }: Json) => name)).toEqual(['data-scientists', 'system:serviceaccounts:team-a']);
    expect(metadata).not.toHaveProperty('annotations');
  }
  expect(judged(narrow.all).waived.join()).not.toContain('authenticated-binding');
  for (const readers of [[], ['team', ' ']]) expect(() => trainer({ readers })).toThrow('trainer: readers is');
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(trainer().component));
  expect(text()).toBe(text());
});

test('props change what they say', () => {
  const objects = trainer({
    replicas: 1,
    logLevel: 5,
    priorityClassName: 'platform',
    resources: { cpu: { request: '2' }, memory: { request: '4Gi' } },
    config: { concurrency: { trainJobs: 20 }, statusServer: { qps: 50 }, leaderElection: { retryPeriod: '5s' } },
  });
  expect(objects.one('Deployment', NAME).spec.replicas).toBe(1);
  const { containers, priorityClassName } = podOf(objects).spec;
  expect(priorityClassName).toBe('platform');
  expect(containers[0].args).toContain('--zap-log-level=5');
  expect(containers[0].resources.limits).toEqual({ cpu: '2', memory: '4Gi' });
  expect(configOf(objects)).toMatchObject({
    controller: { groupKindConcurrency: { 'TrainJob.trainer.kubeflow.org': 20 } }, statusServer: { qps: 50, burst: 10 }, leaderElection: { retryPeriod: '5s', leaseDuration: '15s' },
  });
});

test.each([
  [{ logLevel: 0.5 }, 'trainer: logLevel is 0.5; expected a whole number, at least 1'],
  [{ config: { concurrency: { trainJobs: 0 } } }, 'trainer: config.concurrency.trainJobs is 0; expected a whole number, at least 1'],
  [{ config: { statusServer: { qps: -1 } } }, 'trainer: config.statusServer.qps is -1; expected a number above 0'],
  [{ dataCache: { leaderWorkerSets: {}, namespaces: ['Team'] } }, "trainer: dataCache.namespaces is 'Team'; expected a DNS label"],
  [{ runtimeOptions: { torchDistributed: { nodes: 0 } } }, 'trainer: runtimeOptions.torchDistributed.nodes is 0; expected a whole number, at least 1'],
  [{ runtimeOptions: { torchDistributed: { gpus: 1.5 } } }, 'trainer/runtimes/torch-distributed: gpus is 1.5; expected a whole number, at least 0'],
])('bad input: %j', (props, message) => {
  expect(() => trainer(props)).toThrow(message);
});
