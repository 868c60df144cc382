import { evaluate, type KubernetesObject, POLICIES, type Policy, podPolicy } from '../../../policies';
import { BARE_CONTAINER as C } from '../objects';

/** Policies over single containers, which are what these tests are about. */
const policies = POLICIES.filter(({ id }) => /^(privileged|privilege-escalation|capabilities|run-as-non-root|host-network|(cpu|memory)-(limits|requests))$/.test(id));

interface Seen { readonly template: string; readonly container: string; readonly partial: boolean }

/** Every container of an object as the engine sees it. */
function seen(object: KubernetesObject): Seen[] {
  const found: Seen[] = [];
  const spy: Policy = podPolicy({
    id: 'spy', title: '', severity: 'low', enforcement: 'advisory', controls: [], rationale: '', remediation: '',
    examples: { fails: object, passes: object },
    checkContainer: (container) => void found.push({ template: container.path.join('.'), container: container.name, partial: container.partial }),
  });
  evaluate([object], { policies: [spy] });
  return found;
}
const custom = (apiVersion: string, kind: string, spec: unknown): KubernetesObject => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'n' }, spec });
const pod = { spec: { containers: [C] } };
const paths = (object: KubernetesObject) => seen(object).map(({ template, partial }) => (partial ? `${template} (partial)` : template));

describe('built-in workloads', () => {
  it.each<[string, string, object, string]>([
    ['v1', 'Pod', pod, 'spec.containers.0'],
    ['v1', 'ReplicationController', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['v1', 'PodTemplate', { template: pod }, 'template.spec.containers.0'],
    ['apps/v1', 'Deployment', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['apps/v1', 'DaemonSet', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['apps/v1', 'StatefulSet', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['apps/v1', 'ReplicaSet', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['extensions/v1beta1', 'Deployment', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['batch/v1', 'Job', { spec: { template: pod } }, 'spec.template.spec.containers.0'],
    ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: pod } } } }, 'spec.jobTemplate.spec.template.spec.containers.0'],
  ])('%s %s', (apiVersion, kind, rest, path) => {
    expect(paths({ apiVersion, kind, metadata: { name: 'x' }, ...rest })).toEqual([path]);
  });

  it('is not led astray by a built-in object that merely looks like a pod', () => {
    expect(paths(custom('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { example: pod.spec }))).toEqual([]);
  });
});

describe('custom resources', () => {
  it.each<[string, string, unknown, string[]]>([
    ['jobset.x-k8s.io/v1alpha2', 'JobSet', { replicatedJobs: [{ name: 'a', template: { spec: { template: pod } } }] }, ['spec.replicatedJobs.0.template.spec.template.spec.containers.0']],
    ['trainer.kubeflow.org/v1alpha1', 'ClusterTrainingRuntime', { template: { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: pod } } }] } } }, ['spec.template.spec.replicatedJobs.0.template.spec.template.spec.containers.0']],
    ['trainer.kubeflow.org/v1alpha1', 'TrainJob', { trainer: { image: 'x', numNodes: 4 } }, ['spec.trainer (partial)']],
    ['trainer.kubeflow.org/v1alpha1', 'TrainJob', { runtimePatches: [{ trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ template: { spec: { template: { spec: { containers: [{ name: 'node', env: [] }] } } } } }] } } } }] }, ['spec.runtimePatches.0.trainingRuntimeSpec.template.spec.replicatedJobs.0.template.spec.template.spec.containers.0 (partial)']],
    ['kubeflow.org/v1', 'PyTorchJob', { pytorchReplicaSpecs: { Master: { template: pod }, Worker: { template: pod } } }, ['spec.pytorchReplicaSpecs.Master.template.spec.containers.0', 'spec.pytorchReplicaSpecs.Worker.template.spec.containers.0']],
    ['kubeflow.org/v1', 'TFJob', { tfReplicaSpecs: { PS: { template: pod } } }, ['spec.tfReplicaSpecs.PS.template.spec.containers.0']],
    ['kubeflow.org/v2beta1', 'MPIJob', { mpiReplicaSpecs: { Launcher: { template: pod } } }, ['spec.mpiReplicaSpecs.Launcher.template.spec.containers.0']],
    ['kubeflow.org/v1', 'XGBoostJob', { xgbReplicaSpecs: { Master: { template: pod } } }, ['spec.xgbReplicaSpecs.Master.template.spec.containers.0']],
    ['kubeflow.org/v1beta1', 'Experiment', { trialTemplate: { trialSpec: { apiVersion: 'batch/v1', kind: 'Job', spec: { template: pod } } } }, ['spec.trialTemplate.trialSpec.spec.template.spec.containers.0']],
    ['kubeflow.org/v1', 'Notebook', { template: pod }, ['spec.template.spec.containers.0']],
    ['serving.knative.dev/v1', 'Service', { template: pod }, ['spec.template.spec.containers.0']],
    ['serving.kserve.io/v1alpha1', 'ServingRuntime', { containers: [C], workerSpec: { containers: [C] } }, ['spec.containers.0', 'spec.workerSpec.containers.0']],
    ['serving.kserve.io/v1alpha1', 'ClusterStorageContainer', { container: C }, ['spec.container']],
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: { modelFormat: { name: 'sklearn' } } } }, ['spec.predictor.model (partial)']],
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { sklearn: { storageUri: 's3://x' } }, transformer: { containers: [C] }, explainer: { containers: [{ image: 'x' }] } }, ['spec.predictor.sklearn (partial)', 'spec.transformer.containers.0', 'spec.explainer.containers.0']],
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: {}, containers: [{ name: 'kserve-container', image: 'x' }, C] } }, ['spec.predictor.containers.0 (partial)', 'spec.predictor.containers.1', 'spec.predictor.model (partial)']],
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { containers: [{ ...C, name: 'kserve-container' }] } }, ['spec.predictor.containers.0']],
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: {}, workerSpec: { containers: [{ name: 'worker-container', resources: {} }] } } }, ['spec.predictor.model (partial)', 'spec.predictor.workerSpec.containers.0 (partial)']],
    ['serving.kserve.io/v1alpha1', 'LLMInferenceService', { template: { containers: [{ name: 'main', image: 'x' }, { name: 'log', image: 'x' }] }, router: { scheduler: { template: { containers: [{ name: 'main' }] } } } }, ['spec.template.containers.0 (partial)', 'spec.template.containers.1', 'spec.router.scheduler.template.containers.0 (partial)']],
    ['serving.kserve.io/v1alpha1', 'LLMInferenceServiceConfig', { template: { containers: [{ name: 'main', image: 'x' }] } }, ['spec.template.containers.0']],
    ['argoproj.io/v1alpha1', 'Workflow', { templates: [{ name: 'a', container: { image: 'x' }, sidecars: [C] }, { name: 'b', script: { image: 'x' } }, { name: 'c', containerSet: { containers: [C] } }, { name: 'd', dag: {} }] }, ['spec.templates.0.sidecars.0', 'spec.templates.0.container', 'spec.templates.1.script', 'spec.templates.2.containerSet.containers.0']],
    ['argoproj.io/v1alpha1', 'CronWorkflow', { workflowSpec: { templates: [{ name: 'a', container: { image: 'x' } }] } }, ['spec.workflowSpec.templates.0.container']],
    ['ray.io/v1', 'RayCluster', { headGroupSpec: { template: pod }, workerGroupSpecs: [{ template: pod }] }, ['spec.headGroupSpec.template.spec.containers.0', 'spec.workerGroupSpecs.0.template.spec.containers.0']],
    ['sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver: { cores: 1 }, executor: { sidecars: [C] } }, ['spec.driver', 'spec.executor.sidecars.0', 'spec.executor']],
    ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { leaderWorkerTemplate: { workerTemplate: pod } }, ['spec.leaderWorkerTemplate.workerTemplate.spec.containers.0']],
  ])('%s %s', (apiVersion, kind, spec, expected) => {
    expect(paths(custom(apiVersion, kind, spec))).toEqual(expected);
  });

  it('finds pods by their form in kinds it has never heard of, but neither in metadata nor in status', () => {
    const object = { ...custom('example.com/v1', 'Thing', { deep: [{ down: { spec: { containers: [C] } } }] }), status: pod };
    expect(paths(object)).toEqual(['spec.deep.0.down.spec.containers.0']);
  });

  it('takes no list of other things for containers', () => {
    expect(paths(custom('example.com/v1', 'Thing', { containers: [{ name: 'a', mode: 'Off' }], more: { containers: ['a', 'b'] } }))).toEqual([]);
  });

  it('leaves rules about pods alone', () => {
    expect(paths(custom('kyverno.io/v1', 'ClusterPolicy', { rules: [{ validate: { pattern: { spec: { containers: [{ name: '*', image: '*:*' }] } } } }] }))).toEqual([]);
  });

  it('names a container without a name by its place', () => {
    expect(seen(custom('example.com/v1', 'Thing', { containers: [{ image: 'x' }] }))).toMatchObject([{ container: 'containers[0]' }]);
  });
});

describe('what a custom resource states and what it leaves to another', () => {
  const isvc = (model: object) => custom('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model } });

  it('is judged where stated', () => {
    const { findings } = evaluate([isvc({ securityContext: { privileged: true, allowPrivilegeEscalation: true }, resources: { limits: { memory: '0' } } })], { policies });
    expect(findings.map(({ policy, path }) => `${policy} ${path}`)).toEqual([
      'privileged spec.predictor.model.securityContext.privileged',
      'privilege-escalation spec.predictor.model.securityContext.allowPrivilegeEscalation',
      'memory-limits spec.predictor.model.resources.limits.memory',
    ]);
  });

  it('is undecided, and says so, where left to a ServingRuntime', () => {
    const { findings, coverage } = evaluate([isvc({ modelFormat: { name: 'sklearn' } })], { policies });
    expect(findings).toEqual([]);
    expect(coverage.undecided).toContainEqual({
      policy: 'memory-limits',
      object: { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', namespace: 'n', name: 'x' },
      container: 'kserve-container',
      path: 'spec.predictor.model.resources.limits.memory',
      reason: 'not stated here; it comes from the template that this container completes',
    });
  });

  it('reads the resources of a TrainJob where it keeps them', () => {
    const job = custom('trainer.kubeflow.org/v1alpha1', 'TrainJob', { trainer: { resourcesPerNode: { limits: { cpu: '4', memory: '0' } } } });
    expect(evaluate([job], { policies }).findings.map(({ path }) => path)).toEqual(['spec.trainer.resourcesPerNode.limits.memory']);
  });

  it('reads cores and memory of a Spark application as requests and limits, and its pod security context', () => {
    const spark = (driver: object) =>
      evaluate([custom('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver })], { policies: policies.filter(({ id }) => /^(cpu|memory|run)-/.test(id)) }).findings.map(({ policy }) => policy);
    expect(spark({ cores: 1, coreLimit: '1200m', memory: '512m', podSecurityContext: { runAsNonRoot: true } })).toEqual([]);
    expect(spark({ cores: 1, podSecurityContext: { runAsNonRoot: false } })).toEqual(['run-as-non-root', 'cpu-limits', 'memory-requests', 'memory-limits']);
  });

  it('says of a workflow that pods in text are not looked into', () => {
    const spec = { podSpecPatch: '{"hostPID":true}', templates: [{ name: 'a', podSpecPatch: 'x', container: { image: 'x' } }, { name: 'b', resource: { action: 'create', manifest: 'kind: Pod' } }] };
    const { undecided } = evaluate([custom('argoproj.io/v1alpha1', 'Workflow', spec)], { policies }).coverage;
    expect([...new Set(undecided.filter(({ reason }) => reason === 'pods in text are not looked into').map(({ path }) => path))]).toEqual([
      'spec.podSpecPatch', 'spec.templates[0].podSpecPatch', 'spec.templates[1].resource.manifest',
    ]);
  });

  it('lets the templates of a workflow inherit its security context, unless they have their own', () => {
    const template = (rest: object) => ({ name: 't', container: { image: 'x' }, ...rest });
    const check = (...templates: object[]) =>
      evaluate([custom('argoproj.io/v1alpha1', 'Workflow', { securityContext: { runAsNonRoot: true }, hostNetwork: true, templates })], { policies }).findings
        .filter(({ policy }) => policy === 'run-as-non-root' || policy === 'host-network')
        .map(({ policy, path }) => `${policy} ${path}`);
    expect(check(template({}), template({ securityContext: { fsGroup: 1 } }))).toEqual([
      'host-network spec.hostNetwork',
      'run-as-non-root spec.templates[1].container.securityContext.runAsNonRoot',
    ]);
  });
});

describe('objects that cannot be looked through', () => {
  it.each<[string, unknown, string]>([
    ['no pod template', {}, 'spec.template.spec.containers is missing'],
    ['containers that are no list', { template: { spec: { containers: 'x' } } }, 'spec.template.spec.containers is not a list'],
    ['a container that is no mapping', { template: { spec: { containers: ['x'] } } }, 'spec.template.spec.containers[0] is not a mapping'],
    ['init containers that are no list', { template: { spec: { containers: [C], initContainers: {} } } }, 'spec.template.spec.initContainers is not a list'],
  ])('are reported as not evaluated: %s', (_what, spec, reason) => {
    const { coverage } = evaluate([custom('apps/v1', 'Deployment', spec)]);
    expect(coverage).toMatchObject({ objects: 0, unevaluated: [{ index: 0, reason, object: { kind: 'Deployment', name: 'x' } }] });
  });

  it.each<[string, object, string[]]>([
    ['beside one that is no mapping', { containers: [{ name: 'a', securityContext: { privileged: true } }, 'x'] }, ['a']],
    ['before containers that are missing', { initContainers: [{ name: 'i', securityContext: { privileged: true } }] }, ['i']],
    ['before containers that are no list', { initContainers: [{ name: 'i', securityContext: { privileged: true } }], containers: {} }, ['i']],
  ])('are judged by what can be read: a container %s', (_what, podSpec, containers) => {
    const { findings, coverage } = evaluate([custom('apps/v1', 'Deployment', { template: { spec: podSpec } })]);
    expect(findings.filter(({ policy }) => policy === 'privileged').map(({ container }) => container)).toEqual(containers);
    expect(coverage.unevaluated).toHaveLength(1);
  });

  it('are judged by what does not depend on their containers', () => {
    const { findings } = evaluate([custom('apps/v1', 'Deployment', { template: { spec: { hostPID: true } } })]);
    expect(findings.map(({ policy }) => policy)).toEqual(expect.arrayContaining(['host-pid', 'default-service-account-pod', 'service-account-token']));
  });

  it('are reported when they contain themselves', () => {
    const spec: Record<string, unknown> = {};
    spec.self = spec;
    expect(evaluate([custom('example.com/v1', 'Thing', spec)]).coverage.unevaluated).toMatchObject([{ reason: 'nested deeper than 100 levels' }]);
  });
});
