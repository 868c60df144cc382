import type { KubernetesObject } from '../../../../policies';
import { deployment } from '../../objects';
import { binding, check, open, policy, run } from '../rbac/run';
import { account, pod, trainJob, unknownField, workflow } from './objects';

const VIEW = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const user = (name: string) => ({ kind: 'User', name });

it.each<[KubernetesObject, string[]]>([
  [account('default'), ["automountServiceAccountToken | null | ServiceAccount 'default' gives its token to every pod that names no account"]],
  [account('default', { automountServiceAccountToken: true }), ["automountServiceAccountToken | true | ServiceAccount 'default' gives its token to every pod that names no account"]],
  [account('default', { automountServiceAccountToken: 'false' }), ["automountServiceAccountToken | \"false\" | ServiceAccount 'default' gives its token to every pod that names no account"]],
  [account('default', { automountServiceAccountToken: null }), ["automountServiceAccountToken | null | ServiceAccount 'default' gives its token to every pod that names no account"]],
  [account('default', { automountServiceAccountToken: false }), []],
  [account('app'), []],
  [{ ...account('default'), apiVersion: 'example.com/v1' }, []],
  [{ apiVersion: 'v1', kind: 'ServiceAccount' }, []],
])('default-service-account of %j: %j', (object, expected) => {
  expect(check('default-service-account', object)).toEqual(expected);
});

it.each<[unknown, string[]]>([
  [[{ kind: 'Group', name: 'dev' }, { kind: 'ServiceAccount', name: 'default', namespace: 'team-a' }], ["subjects[1].name | \"default\" | ClusterRoleBinding 'ops' gives ServiceAccount team-a/default the ClusterRole view"]],
  [[{ kind: 'ServiceAccount', name: 'default' }], ["subjects[0].name | \"default\" | ClusterRoleBinding 'ops' gives ServiceAccount default the ClusterRole view"]],
  [[user('system:serviceaccount:team-a:default')], ["subjects[0].name | \"system:serviceaccount:team-a:default\" | ClusterRoleBinding 'ops' gives User system:serviceaccount:team-a:default the ClusterRole view"]],
  [[{ kind: 'ServiceAccount', name: 'default-editor' }, user('default'), user('system:serviceaccount:default:app')], []],
  [[null, 'default', { kind: 'ServiceAccount' }], []],
  [null, []],
])('default-service-account-binding of %j: %j', (subjects, expected) => {
  expect(check('default-service-account-binding', binding(subjects, VIEW))).toEqual(expected);
});

const UNNAMED = "the pod names no ServiceAccount, and so has a token of 'default'";
const NAMED = "the pod runs as the ServiceAccount 'default', with a token of it";
const VAULT = { name: 'vault', projected: { sources: [{ configMap: {} }, { serviceAccountToken: { path: 'token', audience: 'vault' } }] } };

it.each<[KubernetesObject[], string[]]>([
  [[pod({})], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ serviceAccountName: null })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ serviceAccountName: '' })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ serviceAccountName: 'default' })], [`spec.serviceAccountName | "default" | ${NAMED}`]],
  [[pod({ serviceAccount: 'default' })], [`spec.serviceAccount | "default" | ${NAMED}`]],
  [[pod({ serviceAccountName: 5 })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ automountServiceAccountToken: true }), account('default', { automountServiceAccountToken: false })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ automountServiceAccountToken: 'false' })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({}), account('default', { automountServiceAccountToken: false, metadata: { name: 'default', namespace: 'team-b' } })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ automountServiceAccountToken: false, volumes: [{ name: 'a', emptyDir: {} }, VAULT] })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({ volumes: [VAULT] }), account('default', { automountServiceAccountToken: false })], [`spec.serviceAccountName | null | ${UNNAMED}`]],
  [[pod({}), account('default', { automountServiceAccountToken: false })], []],
  [[pod({ automountServiceAccountToken: false, volumes: [{ name: 'x', projected: { sources: null } }, null] })], []],
  [[pod({ automountServiceAccountToken: false, volumes: 'none' })], []],
  [[pod({ serviceAccountName: 'app' })], []],
  [[pod({ serviceAccount: 'app' })], []],
  [[pod({ serviceAccountName: 'app', volumes: [VAULT] })], []],
])('default-service-account-pod of %j: %j', (objects, expected) => {
  expect(check('default-service-account-pod', ...objects)).toEqual(expected);
});

const container = { name: 'main', image: 'x' };

it.each<[string, KubernetesObject, string[]]>([
  ['Deployment', deployment({ containers: [container] }), ['spec.template.spec.serviceAccountName']],
  ['CronJob', { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { containers: [container] } } } } } }, ['spec.jobTemplate.spec.template.spec.serviceAccountName']],
  ['Notebook', { apiVersion: 'kubeflow.org/v1', kind: 'Notebook', spec: { template: { spec: { containers: [container] } } } }, ['spec.template.spec.serviceAccountName']],
  ['Knative Service', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', spec: { template: { spec: { containers: [container] } } } }, ['spec.template.spec.serviceAccountName']],
  ['InferenceService', { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', spec: { predictor: { model: { modelFormat: { name: 'sklearn' } } } } }, ['spec.predictor.serviceAccountName']],
  ['InferenceService with an account', { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', spec: { predictor: { serviceAccountName: 'models', model: {} } } }, []],
  ['SparkApplication', { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', spec: { driver: { cores: 1 }, executor: { cores: 1 } } }, ['spec.driver.serviceAccount', 'spec.executor.serviceAccount']],
  ['SparkApplication whose driver names one', { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', spec: { driver: { serviceAccount: 'spark' }, executor: { cores: 1 } } }, []],
  ['ServingRuntime, which cannot name one', { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', spec: { containers: [container] } }, []],
  ['Workflow', workflow({}, [{}, { container: { image: 'y' } }]), ['spec.serviceAccountName']],
  ['Workflow with an account', workflow({ serviceAccountName: 'argo' }, [{}, {}]), []],
  ['Workflow with an account in one template', workflow({}, [{ serviceAccountName: 'argo' }]), []],
  ['Workflow with the account in one template', workflow({ serviceAccountName: 'argo' }, [{ serviceAccountName: 'default' }, {}]), ['spec.templates[0].serviceAccountName']],
  ['Workflow of another template', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', spec: { workflowTemplateRef: { name: 'x' } } }, []],
])('looks into a %s', (_kind, object, expected) => {
  expect(run('default-service-account-pod', [object]).findings.map(({ path }) => path)).toEqual(expected);
});

it('leaves open what another object may say', () => {
  const reason = 'not stated here; it comes from the template that this one completes';
  expect(open('default-service-account-pod', trainJob({}))).toEqual([`spec.podTemplateOverrides[0].spec.serviceAccountName: ${reason}`]);
  expect(open('default-service-account-pod', trainJob({ serviceAccountName: 'default' }))).toEqual([`spec.podTemplateOverrides[0].spec.serviceAccountName: ${reason}`]);
  expect(check('default-service-account-pod', trainJob({ serviceAccountName: 'default', automountServiceAccountToken: true }))).toEqual([`spec.podTemplateOverrides[0].spec.serviceAccountName | "default" | ${NAMED}`]);
  const llm = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'LLMInferenceService', spec: { template: { containers: [container] } } };
  expect(open('default-service-account-pod', llm)).toEqual([`spec.template.serviceAccountName: ${reason}`]);
  const custom = { apiVersion: 'example.com/v1', kind: 'Job', spec: { template: { spec: { containers: [{ name: 'main', args: [] }] } } } };
  expect(open('default-service-account-pod', custom)).toEqual([`spec.template.spec.serviceAccountName: ${reason}`]);
});

it('leaves open what is not known yet', () => {
  const object = pod(unknownField('serviceAccountName'));
  expect(check('default-service-account-pod', object)).toEqual([]);
  expect(open('default-service-account-pod', object)).toEqual(['spec.serviceAccountName: the value is not known yet']);
});

it('offers to keep the token out, where that is enough and the kind has a field for it', () => {
  const patch = (object: KubernetesObject) => run('default-service-account-pod', [object]).findings[0]?.patch;
  expect(patch(pod({}))).toEqual({ spec: { automountServiceAccountToken: false } });
  expect(patch(workflow({}, [{}]))).toEqual({ spec: { automountServiceAccountToken: false } });
  expect(patch(pod({ volumes: [VAULT] }))).toBeUndefined();
  expect(patch({ apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', spec: { driver: {} } })).toBeUndefined();
});

it.each(['default-service-account', 'default-service-account-binding', 'default-service-account-pod'])('%s names the controls', (id) => {
  expect(policy(id).controls).toEqual([...['2.0.1', '1.12', '1.11', '1.10', '1.9', '1.8'].map((version) => `cis-kubernetes-${version}:5.1.5`), 'cis-eks-1.8:4.1.5', 'cis-eks-1.8:5.2.1', 'cis-gke-1.9:4.1.4', 'cis-aks-1.8:4.1.5', 'cis-aks-1.8:5.2.1']);
});
