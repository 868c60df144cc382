import type { KubernetesObject } from '../../../../policies';
import { deployment } from '../../objects';
import { check, open, policy, run } from '../rbac/run';
import { account, pod, trainJob, unknownField, workflow } from './objects';

const OFF = { automountServiceAccountToken: false };
const ON = { automountServiceAccountToken: true };
const AT = 'spec.automountServiceAccountToken';
const neither = (name: string) => `the pod mounts a ServiceAccount token: neither it nor ServiceAccount '${name}' refuses it`;
const notGiven = (name: string) => `the pod mounts a ServiceAccount token: it does not refuse it, and ServiceAccount '${name}' is not among what is checked`;

it.each<[KubernetesObject[], string[]]>([
  [[pod({})], [`${AT} | null | ${notGiven('default')}`]],
  [[pod({ serviceAccountName: 'app' })], [`${AT} | null | ${notGiven('app')}`]],
  [[pod({ serviceAccount: 'app' }), account('app')], [`${AT} | null | ${neither('app')}`]],
  [[pod({ serviceAccountName: 'app' }), account('app', ON)], [`${AT} | null | ${neither('app')}`]],
  [[pod({ serviceAccountName: 'app' }), account('app', { automountServiceAccountToken: 'false' })], [`${AT} | null | ${neither('app')}`]],
  [[pod({ serviceAccountName: 'app', automountServiceAccountToken: null }), account('app', OFF), account('app', ON)], [`${AT} | null | ${neither('app')}`]],
  [[pod({ serviceAccountName: 'app' }), account('app', { ...OFF, metadata: { name: 'app', namespace: 'team-b' } })], [`${AT} | null | ${notGiven('app')}`]],
  [[pod({ serviceAccountName: 'app' }), { ...account('app', OFF), apiVersion: 'example.com/v1' }], [`${AT} | null | ${notGiven('app')}`]],
  [[pod({ ...ON, serviceAccountName: 'app' }), account('app', OFF)], [`${AT} | true | the pod asks for the token of its ServiceAccount`]],
  [[pod({ automountServiceAccountToken: 'false' })], [`${AT} | "false" | the pod asks for the token of its ServiceAccount`]],
  [[pod({}), account('default', OFF)], []],
  [[pod({ serviceAccountName: 'app' }), account('app', OFF)], []],
  [[pod({ ...OFF, serviceAccountName: 'app' }), account('app', ON)], []],
  [[pod(OFF)], []],
  // Objects that name no namespace go to the same one.
  [[pod({ serviceAccountName: 'app' }, { name: 'web' }), account('app', { ...OFF, metadata: { name: 'app' } })], []],
  [[pod({ serviceAccountName: 'app' }, { name: 'web' }), account('app', { ...OFF, metadata: { name: 'app', namespace: 'default' } })], []],
])('service-account-token of %j: %j', (objects, expected) => {
  expect(check('service-account-token', ...objects)).toEqual(expected);
});

const container = { name: 'main', image: 'x' };

it.each<[string, KubernetesObject[], string[]]>([
  ['Deployment', [deployment({ containers: [container] })], ['spec.template.spec.automountServiceAccountToken']],
  ['Deployment and its account', [deployment({ serviceAccountName: 'app', containers: [container] }), account('app', OFF)], []],
  ['Notebook', [{ apiVersion: 'kubeflow.org/v1', kind: 'Notebook', spec: { template: { spec: { containers: [container] } } } }], ['spec.template.spec.automountServiceAccountToken']],
  ['Notebook without', [{ apiVersion: 'kubeflow.org/v1', kind: 'Notebook', spec: { template: { spec: { ...OFF, containers: [container] } } } }], []],
  ['PyTorchJob', [{ apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', spec: { pytorchReplicaSpecs: { Master: { template: { spec: { ...OFF, containers: [container] } } }, Worker: { template: { spec: { containers: [container] } } } } } }], ['spec.pytorchReplicaSpecs.Worker.template.spec.automountServiceAccountToken']],
  ['InferenceService', [{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', spec: { predictor: { model: {} } } }], ['spec.predictor.automountServiceAccountToken']],
  ['ClusterServingRuntime', [{ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterServingRuntime', spec: { containers: [container] } }], []],
  ['Workflow', [workflow({}, [{}, {}])], [AT]],
  ['Workflow that refuses', [workflow(OFF, [{}, {}])], []],
  ['Workflow that refuses, but for one template', [workflow(OFF, [{}, ON])], ['spec.templates[1].automountServiceAccountToken']],
  ['Workflow whose templates refuse', [workflow({}, [OFF])], []],
  ['Workflow and its account', [workflow({ serviceAccountName: 'argo' }, [{}]), account('argo', OFF)], []],
])('looks into a %s', (_kind, objects, expected) => {
  expect(run('service-account-token', objects).findings.map(({ path }) => path)).toEqual(expected);
});

it('leaves open what another object may say, and what is not known yet', () => {
  const reason = 'not stated here; it comes from the template that this one completes, or from the ServiceAccount';
  expect(open('service-account-token', trainJob({}))).toEqual([`spec.podTemplateOverrides[0].spec.automountServiceAccountToken: ${reason}`]);
  expect(run('service-account-token', [trainJob(ON)]).findings).toHaveLength(1);
  const unknown = Object.defineProperties(account('app'), Object.getOwnPropertyDescriptors(unknownField('automountServiceAccountToken')));
  expect(open('service-account-token', pod({ serviceAccountName: 'app' }), unknown)).toEqual(['spec: the value is not known yet']);
  expect(check('service-account-token', pod({ serviceAccountName: 'app' }), unknown)).toEqual([]);
});

it('offers the patch', () => {
  expect(run('service-account-token', [deployment({ containers: [container] })]).findings[0]?.patch).toEqual({ spec: { template: { spec: OFF } } });
  expect(run('service-account-token', [{ apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', spec: { driver: {} } }]).findings[0]?.patch).toBeUndefined();
});

const GIVES = "automountServiceAccountToken | null | ServiceAccount 'app' gives its token to every pod that does not refuse it";

it.each<[KubernetesObject[], string[]]>([
  [[account('app')], [GIVES]],
  [[account('app', ON)], [GIVES.replace('null', 'true')]],
  [[account('app', { automountServiceAccountToken: 'false' })], [GIVES.replace('null', '"false"')]],
  [[account('app'), pod({})], [GIVES]],
  [[account('app'), pod({ serviceAccountName: 'app' }, { name: 'web', namespace: 'team-b' })], [GIVES]],
  [[account('app'), trainJob({ serviceAccountName: 'app' })], [GIVES]],
  [[account('app', OFF)], []],
  // The pods that run as it are judged instead.
  [[account('app'), pod({ serviceAccountName: 'app' })], []],
  [[account('app', ON), pod({ ...OFF, serviceAccountName: 'app' })], []],
  [[account('app'), deployment({ serviceAccount: 'app', containers: [container] })], []],
  [[account('app'), workflow({ serviceAccountName: 'app' }, [{}, {}])], []],
  [[account('default', ON), pod(OFF)], []],
  [[{ ...account('app'), apiVersion: 'example.com/v1' }], []],
])('service-account-token-default of %j: %j', (objects, expected) => {
  expect(check('service-account-token-default', ...objects)).toEqual(expected);
});

it('leaves an account open while it is not known whose account some pod runs as', () => {
  const objects = [account('app'), pod(unknownField('serviceAccountName'))];
  expect(check('service-account-token-default', ...objects)).toEqual([]);
  expect(open('service-account-token-default', ...objects)).toEqual(['automountServiceAccountToken: the account of some pod is not known yet, and may be this one']);
});

it.each(['service-account-token', 'service-account-token-default'])('%s names the controls', (id) => {
  expect(policy(id).controls).toEqual([...['2.0.1', '1.12', '1.11', '1.10', '1.9', '1.8'].map((version) => `cis-kubernetes-${version}:5.1.6`), 'cis-eks-1.8:4.1.6', 'cis-gke-1.9:4.1.5', 'cis-aks-1.8:4.1.6']);
});
