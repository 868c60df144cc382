import { App } from 'cdk8s';
import { parse } from 'yaml';
import { Component, imagesOf, rewriteImages, synthesize, SystemNamespace } from '../../../constructs/core';
import { existingJobSet, JobSet } from '../../../constructs/jobset';
import { judged } from '../judged';
import { type Json, jobSet, objectsOf, recordingIssuer, stringsOf, verbsOn } from './objects';

const configOf = (objects: ReturnType<typeof jobSet>) => parse(objects.one('ConfigMap', 'jobset-manager-config').data['controller_manager_config.yaml']);
const podOf = (objects: ReturnType<typeof jobSet>): Json => objects.one('Deployment', 'jobset-controller-manager').spec.template;

test('the objects', () => {
  expect(jobSet().names).toMatchSnapshot();
});

test('it lives in its own restricted namespace, or in the one it is given', () => {
  expect(jobSet().one('Namespace', 'jobset-system').metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });

  const app = new App();
  class Base extends Component {}
  const namespace = new SystemNamespace(new Base(app, 'base', { version: '1' }), 'kubeflow-system');
  const given = objectsOf(new JobSet(app, 'jobset', { certificates: recordingIssuer().issuer, namespace }));
  expect(given.ofKind('Namespace')).toEqual([]);
  expect(new Set(given.all.map((object) => object.metadata.namespace))).toEqual(new Set([undefined, 'kubeflow-system']));
  expect(given.one('ClusterRoleBinding', 'jobset-manager-rolebinding').subjects).toEqual([
    { kind: 'ServiceAccount', name: 'jobset-controller-manager', namespace: 'kubeflow-system' },
  ]);
});

test('the image is the released one, not one of staging, and rewriting the registry reaches it', () => {
  const { component, all } = jobSet();
  expect(imagesOf(component).map((use) => use.reference)).toEqual(['registry.k8s.io/jobset/jobset:v0.11.0']);
  expect(stringsOf(all).filter((text) => text.includes('staging'))).toEqual([]);

  const app = new App();
  rewriteImages(app, { registry: 'mirror.example.com' });
  const rewritten = new JobSet(app, 'jobset', { certificates: recordingIssuer().issuer });
  expect(objectsOf(rewritten).one('Deployment', 'jobset-controller-manager').spec.template.spec.containers[0].image).toBe('mirror.example.com/registry.k8s.io/jobset/jobset:v0.11.0');
});

describe('certificates', () => {
  test('the issuer makes both, for the Services in front of them', () => {
    expect(jobSet().requests).toEqual([
      { name: 'jobset-serving-cert', namespace: 'jobset-system', secretName: 'jobset-webhook-server-cert', services: ['jobset-webhook-service'] },
      { name: 'jobset-metrics-cert', namespace: 'jobset-system', secretName: 'jobset-metrics-server-cert', services: ['jobset-controller-manager-metrics-service'] },
    ]);
  });

  test('the program makes none, and looks for each where it is mounted', () => {
    const objects = jobSet();
    const config = configOf(objects);
    expect(config.internalCertManagement).toEqual({ enable: false });
    const { containers, volumes } = podOf(objects).spec;
    const mountedAt = (secretName: string) => {
      const volume = volumes.find((each: Json) => each.secret?.secretName === secretName);
      return containers[0].volumeMounts.find((mount: Json) => mount.name === volume.name).mountPath;
    };
    expect(mountedAt('jobset-webhook-server-cert')).toBe(config.webhook.certDir);
    expect(mountedAt('jobset-metrics-server-cert')).toBe(config.metrics.certDir);
    expect(objects.ofKind('Secret')).toEqual([]);
  });

  test('webhooks get the CA of the webhook certificate; the CRD gets no annotation', () => {
    const { ofKind, one } = jobSet();
    for (const configuration of [...ofKind('MutatingWebhookConfiguration'), ...ofKind('ValidatingWebhookConfiguration')]) {
      expect(configuration.metadata.annotations).toEqual({ 'test/inject-ca-from': 'jobset-system/jobset-serving-cert' });
    }
    const definition = one('CustomResourceDefinition', 'jobsets.jobset.x-k8s.io');
    expect(definition.metadata.annotations ?? {}).not.toHaveProperty(['cert-manager.io/inject-ca-from']);
    expect(definition.spec.conversion?.strategy ?? 'None').toBe('None');
  });
});

test('webhooks fail closed, and see no pods but those of JobSets', () => {
  const { ofKind } = jobSet();
  const webhooks: Json[] = [...ofKind('MutatingWebhookConfiguration'), ...ofKind('ValidatingWebhookConfiguration')].flatMap((each) => each.webhooks);
  expect(webhooks.map((each) => [each.name, each.rules[0].resources, each.rules[0].operations])).toEqual([
    ['mjobset.kb.io', ['jobsets'], ['CREATE']],
    ['mpod.kb.io', ['pods'], ['CREATE']],
    ['vjobset.kb.io', ['jobsets'], ['CREATE', 'UPDATE']],
    ['vpod.kb.io', ['pods'], ['CREATE']],
  ]);
  for (const webhook of webhooks) {
    expect(webhook).toMatchObject({ failurePolicy: 'Fail', sideEffects: 'None', clientConfig: { service: { name: 'jobset-webhook-service', namespace: 'jobset-system', port: 443 } } });
  }
  const ofJobSets = { matchExpressions: [{ key: 'jobset.sigs.k8s.io/jobset-name', operator: 'Exists' }] };
  expect(webhooks.map((webhook) => webhook.objectSelector)).toEqual([undefined, ofJobSets, undefined, ofJobSets]);
});

test('Services lead to the ports the program serves, on its pods', () => {
  const objects = jobSet();
  const config = configOf(objects);
  const pod = podOf(objects);
  for (const [name, port] of [['jobset-webhook-service', config.webhook.port], ['jobset-controller-manager-metrics-service', Number(config.metrics.bindAddress.slice(1))]] as const) {
    const { selector, ports } = objects.one('Service', name).spec;
    expect(pod.metadata.labels).toMatchObject(selector);
    expect(ports[0].targetPort).toBe(port);
    expect(pod.spec.containers[0].ports.map((each: Json) => each.containerPort)).toContain(port);
  }
});

test('the API server reaches the webhooks, pods of the cluster the metrics; it reaches the API server alone', () => {
  const policy = jobSet().one('NetworkPolicy', 'jobset-controller-manager').spec;
  expect(policy.ingress).toEqual([
    { ports: [{ protocol: 'TCP', port: 9443 }] },
    { from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 8443 }] },
  ]);
  expect(policy.egress).toEqual([{ ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }] }]);
});

describe('permissions', () => {
  const role = (name: string) => jobSet().one('ClusterRole', name);

  test('it may mark pods as disrupted, which upstream forgets, and delete them', () => {
    expect(verbsOn(role('jobset-manager-role'), '', 'pods/status')).toEqual(['update']);
    expect(verbsOn(role('jobset-manager-role'), '', 'pods')).toEqual(['delete', 'get', 'list', 'watch']);
  });

  test('it writes no webhook configuration and reads no Secret', () => {
    const manager = role('jobset-manager-role');
    expect(verbsOn(manager, 'admissionregistration.k8s.io', 'validatingwebhookconfigurations')).toEqual([]);
    expect(verbsOn(manager, '', 'secrets')).toEqual([]);
  });

  test('no wildcard, and its lease is the one of the configuration, in its own namespace', () => {
    const objects = jobSet();
    expect(stringsOf([...objects.ofKind('ClusterRole'), ...objects.ofKind('Role')].map((each) => each.rules))).not.toContain('*');
    const lease = objects.one('Role', 'jobset-leader-election-role');
    expect(lease.metadata.namespace).toBe('jobset-system');
    expect(lease.rules[1]).toMatchObject({ resources: ['leases'], resourceNames: [configOf(objects).leaderElection.resourceName] });
  });

  test('users may look at JobSets', () => {
    const viewer = role('jobset-viewer-role');
    expect(viewer.metadata.labels).toMatchObject({ 'rbac.authorization.kubeflow.org/aggregate-to-kubeflow-view': 'true' });
    expect(verbsOn(viewer, 'jobset.x-k8s.io', 'jobsets')).toEqual(['get', 'list', 'watch']);
  });
});

test('props change what they say', () => {
  const objects = jobSet({
    replicas: 3,
    logLevel: 4,
    priorityClassName: 'platform',
    image: { registry: 'r.example.com', repository: 'jobset', tag: 'x' },
    resources: { cpu: { request: '1' }, memory: { request: '8Gi' } },
    config: { clientConnection: { qps: 50, burst: 100 }, featureGates: { InPlaceRestart: true }, leaderElection: { leaseDuration: '30s' } },
  });
  expect(objects.one('Deployment', 'jobset-controller-manager').spec.replicas).toBe(3);
  const { containers, priorityClassName } = podOf(objects).spec;
  expect(priorityClassName).toBe('platform');
  expect(containers[0]).toMatchObject({ image: 'r.example.com/jobset:x', resources: { requests: { cpu: '1', memory: '8Gi' }, limits: { cpu: '1', memory: '8Gi' } } });
  expect(containers[0].args).toContain('--zap-log-level=4');
  expect(configOf(objects)).toMatchObject({ clientConnection: { qps: 50, burst: 100 }, featureGates: { InPlaceRestart: true }, leaderElection: { leaseDuration: '30s', leaderElect: true } });
});

test('a changed configuration starts new pods', () => {
  const hash = (qps: number) => podOf(jobSet({ config: { clientConnection: { qps } } })).metadata.annotations['jobset.x-k8s.io/config-hash'];
  expect(hash(1)).not.toBe(hash(2));
  expect(hash(1)).toBe(hash(1));
});

test('policies find nothing but a token of the controller, and a namespace without a quota, for which there are reasons', () => {
  expect(judged(jobSet().all)).toEqual({
    open: [],
    waived: ['namespace-quota Namespace/jobset-system', 'service-account-token Deployment/jobset-controller-manager'],
    unevaluated: [],
  });
});

test('two syntheses are the same', () => {
  const text = () => JSON.stringify(synthesize(jobSet().component));
  expect(text()).toBe(text());
});

describe('bad input', () => {
  test.each([
    [{ logLevel: 0 }, 'jobset: logLevel is 0; expected a whole number, at least 1'],
    [{ replicas: 0 }, 'jobset/controller: replicas is 0; expected a whole number, at least 1'],
    [{ config: { clientConnection: { qps: 0 } } }, 'jobset: config.clientConnection.qps is 0; expected a number above 0'],
  ])('%j', (props, message) => {
    expect(() => jobSet(props)).toThrow(message);
  });
});

describe('a JobSet that is there already', () => {
  test('has a version, and nothing waits for it', () => {
    expect(existingJobSet({ version: 'v0.12.3' })).toEqual({ jobSetVersion: '0.12.3' });
  });
  test.each(['0.10.9', 'latest', '0.11'])('%s is refused', (version) => {
    expect(() => existingJobSet({ version })).toThrow(`existingJobSet: version is '${version}'; expected a version such as '0.11.0'`);
  });
});
