import type { KubernetesObject } from '../../../../policies';

type Fields = Readonly<Record<string, unknown>>;

/** A kind that holds a pod: an object around a container, with the container's path in it. */
export interface Fixture {
  readonly apiVersion: string;
  readonly kind: string;
  /** The object but for its name, around a container (with its name and image) or around the container's settings alone. */
  readonly body: (container: Fields) => Fields;
  /** Path of the container; `*` where only its settings stand there. */
  readonly path: string;
  /** Whether what it leaves out may be stated elsewhere, so that it is undecided. @default false */
  readonly completes?: boolean;
}

export function objectOf({ apiVersion, kind, body }: Fixture, container: Fields): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'sample', namespace: 'team-a' }, ...body(container) };
}

const pod = (container: Fields): Fields => ({ spec: { containers: [container] } });
const main = (container: Fields): Fields => ({ name: 'main', image: 'registry.example.com/app:1.0', ...container });
/** A pod template at a path in the spec, under the name and image that the fixture's container gets. */
const at = (path: string) => (container: Fields): Fields => ({ spec: nest(path, pod(main(container))) });
const inList = (path: string, key: string) => (container: Fields): Fields => ({ spec: nest(path, { [key]: [main(container)] }) });
const settings = (path: string, key: string) => (container: Fields): Fields => ({ spec: nest(path, { [key]: container }) });

/** `a.b[].c` around a value. */
function nest(path: string, value: unknown): Fields {
  const steps = path.split('.').filter(Boolean);
  return steps.reduceRight<Fields>(
    (inner, step) => (step.endsWith('[]') ? { [step.slice(0, -2)]: [{ name: 'a', ...inner }] } : { [step]: inner }),
    typeof value === 'object' && value !== null ? { ...value } : {},
  );
}

const whole = (kinds: readonly [apiVersion: string, kind: string, path: string][]): Fixture[] =>
  kinds.map(([apiVersion, kind, path]) => ({ apiVersion, kind, body: at(path), path: `spec.${path.replaceAll('[]', '[0]')}.spec.containers[0]`.replace('spec..', 'spec.') }));

const deployment = (container: Fields): Fields => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'inner' }, spec: { template: pod(main(container)) } });
const pyTorchJob = (container: Fields): Fields => ({ apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', spec: { pytorchReplicaSpecs: { Worker: { template: pod(main(container)) } } } });

/** Pod templates where a pod template stands as such. */
export const TEMPLATES: readonly Fixture[] = whole([
  ['kubeflow.org/v1', 'PyTorchJob', 'pytorchReplicaSpecs.Worker.template'],
  ['kubeflow.org/v1', 'TFJob', 'tfReplicaSpecs.PS.template'],
  ['kubeflow.org/v1', 'XGBoostJob', 'xgbReplicaSpecs.Master.template'],
  ['kubeflow.org/v1', 'PaddleJob', 'paddleReplicaSpecs.Worker.template'],
  ['kubeflow.org/v1', 'JAXJob', 'jaxReplicaSpecs.Worker.template'],
  ['kubeflow.org/v1', 'MXJob', 'mxReplicaSpecs.Worker.template'],
  ['kubeflow.org/v1', 'MPIJob', 'mpiReplicaSpecs.Launcher.template'],
  ['kubeflow.org/v2beta1', 'MPIJob', 'mpiReplicaSpecs.Worker.template'],
  ['kubeflow.org/v1', 'Notebook', 'template'],
  ['kubeflow.org/v1beta1', 'Notebook', 'template'],
  ['kubeflow.org/v1beta1', 'Viewer', 'podTemplateSpec'],
  ['trainer.kubeflow.org/v1alpha1', 'TrainingRuntime', 'template.spec.replicatedJobs[].template.spec.template'],
  ['trainer.kubeflow.org/v1alpha1', 'ClusterTrainingRuntime', 'template.spec.replicatedJobs[].template.spec.template'],
  ['kubeflow.org/v2alpha1', 'ClusterTrainingRuntime', 'template.spec.replicatedJobs[].template.spec.template'],
  ['jobset.x-k8s.io/v1alpha2', 'JobSet', 'replicatedJobs[].template.spec.template'],
  ['serving.knative.dev/v1', 'Service', 'template'],
  ['serving.knative.dev/v1', 'Configuration', 'template'],
  ['sources.knative.dev/v1', 'ContainerSource', 'template'],
  ['sinks.knative.dev/v1alpha1', 'JobSink', 'job.spec.template'],
  ['machinelearning.seldon.io/v1', 'SeldonDeployment', 'predictors[].componentSpecs[]'],
  ['argoproj.io/v1alpha1', 'Rollout', 'template'],
  ['argoproj.io/v1alpha1', 'Experiment', 'templates[].template'],
  ['argoproj.io/v1alpha1', 'AnalysisTemplate', 'metrics[].provider.job.spec.template'],
  ['ray.io/v1', 'RayCluster', 'workerGroupSpecs[].template'],
  ['ray.io/v1', 'RayJob', 'rayClusterSpec.headGroupSpec.template'],
  ['ray.io/v1', 'RayJob', 'submitterPodTemplate'],
  ['ray.io/v1', 'RayService', 'rayClusterConfig.headGroupSpec.template'],
  ['spark.apache.org/v1', 'SparkApplication', 'driverSpec.podTemplateSpec'],
  ['flink.apache.org/v1beta1', 'FlinkBlueGreenDeployment', 'template.spec.podTemplate'],
  ['batch.volcano.sh/v1alpha1', 'Job', 'tasks[].template'],
  ['flow.volcano.sh/v1alpha1', 'JobTemplate', 'tasks[].template'],
  ['kueue.x-k8s.io/v1beta1', 'Workload', 'podSets[].template'],
  ['keda.sh/v1alpha1', 'ScaledJob', 'jobTargetRef.template'],
  ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'leaderWorkerTemplate.workerTemplate'],
  ['disaggregatedset.x-k8s.io/v1', 'DisaggregatedSet', 'roles[].spec.leaderWorkerTemplate.workerTemplate'],
  ['apps.kruise.io/v1alpha1', 'CloneSet', 'template'],
  ['apps.kruise.io/v1beta1', 'StatefulSet', 'template'],
  ['apps.kruise.io/v1alpha1', 'AdvancedCronJob', 'template.broadcastJobTemplate.spec.template'],
  ['apps.kruise.io/v1alpha1', 'UnitedDeployment', 'template.cloneSetTemplate.spec.template'],
  ['agones.dev/v1', 'GameServer', 'template'],
  ['agones.dev/v1', 'Fleet', 'template.spec.template'],
  ['apps.openshift.io/v1', 'DeploymentConfig', 'template'],
  ['v1', 'DeploymentConfig', 'template'],
  ['triggers.tekton.dev/v1beta1', 'EventListener', 'resources.kubernetesResource.spec.template'],
  ['grafana.integreatly.org/v1beta1', 'Grafana', 'deployment.spec.template'],
  ['example.com/v1', 'NeverHeardOf', 'deep[].down.here'],
]);

/** Containers under names of their own. */
export const CONTAINERS: readonly Fixture[] = [
  { apiVersion: 'kubeflow.org/v1alpha1', kind: 'PVCViewer', body: (c) => ({ spec: { podSpec: pod(main(c)).spec } }), path: 'spec.podSpec.containers[0]' },
  { apiVersion: 'kubeflow.org/v1alpha1', kind: 'PodDefault', body: inList('', 'sidecars'), path: 'spec.sidecars[0]' },
  { apiVersion: 'kubeflow.org/v1alpha1', kind: 'PodDefault', body: inList('', 'initContainers'), path: 'spec.initContainers[0]' },
  { apiVersion: 'kubeflow.org/v1beta1', kind: 'ScheduledWorkflow', body: (c) => ({ spec: { workflow: { spec: { templates: [{ name: 'a', container: main(c) }] } } } }), path: 'spec.workflow.spec.templates[0].container' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', body: inList('predictor', 'containers'), path: 'spec.predictor.containers[0]' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', body: inList('transformer', 'containers'), path: 'spec.transformer.containers[0]' },
  { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', body: inList('predictor.workerSpec', 'containers'), path: 'spec.predictor.workerSpec.containers[0]' },
  { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', body: inList('', 'containers'), path: 'spec.containers[0]' },
  { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterServingRuntime', body: inList('', 'containers'), path: 'spec.containers[0]' },
  { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterStorageContainer', body: (c) => ({ spec: { container: main(c) } }), path: 'spec.container' },
  { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'LLMInferenceService', body: inList('router.scheduler.tokenizer.template', 'containers'), path: 'spec.router.scheduler.tokenizer.template.containers[0]', completes: true },
  { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'LLMInferenceServiceConfig', body: inList('prefill.worker', 'containers'), path: 'spec.prefill.worker.containers[0]' },
  { apiVersion: 'serving.knative.dev/v1', kind: 'Revision', body: inList('', 'containers'), path: 'spec.containers[0]' },
  { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'SeldonConfig', body: (c) => ({ spec: { components: [{ name: 'a', podSpec: pod(main(c)).spec }] } }), path: 'spec.components[0].podSpec.containers[0]' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', body: (c) => ({ spec: { templates: [{ name: 'a', container: main(c) }] } }), path: 'spec.templates[0].container' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'WorkflowTemplate', body: (c) => ({ spec: { templates: [{ name: 'a', script: main(c) }] } }), path: 'spec.templates[0].script' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterWorkflowTemplate', body: (c) => ({ spec: { templates: [{ name: 'a', initContainers: [main(c)], dag: {} }] } }), path: 'spec.templates[0].initContainers[0]' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'CronWorkflow', body: (c) => ({ spec: { workflowSpec: { templates: [{ name: 'a', containerSet: { containers: [main(c)] } }] } } }), path: 'spec.workflowSpec.templates[0].containerSet.containers[0]' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', body: (c) => ({ spec: { templates: [{ name: 'a', steps: [[{ name: 's', inline: { container: main(c) } }]] }] } }), path: 'spec.templates[0].steps[0][0].inline.container' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', body: (c) => ({ spec: { templates: [{ name: 'a', dag: { tasks: [{ name: 't', inline: { container: main(c) } }] } }] } }), path: 'spec.templates[0].dag.tasks[0].inline.container' },
  { apiVersion: 'tekton.dev/v1', kind: 'Task', body: inList('', 'steps'), path: 'spec.steps[0]' },
  { apiVersion: 'tekton.dev/v1beta1', kind: 'ClusterTask', body: inList('', 'sidecars'), path: 'spec.sidecars[0]' },
  { apiVersion: 'tekton.dev/v1', kind: 'TaskRun', body: inList('taskSpec', 'steps'), path: 'spec.taskSpec.steps[0]' },
  { apiVersion: 'tekton.dev/v1', kind: 'Pipeline', body: inList('tasks[].taskSpec', 'steps'), path: 'spec.tasks[0].taskSpec.steps[0]' },
  { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', body: inList('pipelineSpec.finally[].taskSpec', 'steps'), path: 'spec.pipelineSpec.finally[0].taskSpec.steps[0]' },
  { apiVersion: 'tekton.dev/v1beta1', kind: 'StepAction', body: (c) => ({ spec: main(c) }), path: 'spec' },
  { apiVersion: 'shipwright.io/v1beta1', kind: 'ClusterBuildStrategy', body: inList('', 'steps'), path: 'spec.steps[0]' },
  { apiVersion: 'apps.kruise.io/v1alpha1', kind: 'SidecarSet', body: inList('', 'containers'), path: 'spec.containers[0]' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager', body: inList('', 'containers'), path: 'spec.containers[0]' },
  { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', body: (c) => ({ spec: { driver: c } }), path: 'spec.driver' },
  { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'ScheduledSparkApplication', body: (c) => ({ spec: { template: { executor: c } } }), path: 'spec.template.executor' },
];

/** Whole objects inside others. */
export const EMBEDDED: readonly Fixture[] = [
  { apiVersion: 'kubeflow.org/v1beta1', kind: 'Experiment', body: (c) => ({ spec: { trialTemplate: { trialSpec: pyTorchJob({ args: ['--lr=${trialParameters.lr}'], ...c }) } } }), path: 'spec.trialTemplate.trialSpec.spec.pytorchReplicaSpecs.Worker.template.spec.containers[0]' },
  { apiVersion: 'kubeflow.org/v1beta1', kind: 'Trial', body: (c) => ({ spec: { runSpec: pyTorchJob(c) } }), path: 'spec.runSpec.spec.pytorchReplicaSpecs.Worker.template.spec.containers[0]' },
  { apiVersion: 'kubeflow.org/v1beta1', kind: 'Experiment', body: (c) => ({ spec: { trialTemplate: { trialSpec: { apiVersion: 'tekton.dev/v1', kind: 'TaskRun', spec: { taskSpec: { steps: [main(c)] } } } } } }), path: 'spec.trialTemplate.trialSpec.spec.taskSpec.steps[0]' },
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Sensor', body: (c) => ({ spec: { triggers: [{ template: { k8s: { source: { resource: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', spec: { templates: [{ container: main(c) }] } } } } } }] } }), path: 'spec.triggers[0].template.k8s.source.resource.spec.templates[0].container' },
  { apiVersion: 'triggers.tekton.dev/v1beta1', kind: 'TriggerTemplate', body: (c) => ({ spec: { resourcetemplates: [{ apiVersion: 'tekton.dev/v1', kind: 'TaskRun', spec: { taskSpec: { steps: [main(c)] } } }] } }), path: 'spec.resourcetemplates[0].spec.taskSpec.steps[0]' },
  { apiVersion: 'kubernetes.crossplane.io/v1alpha2', kind: 'Object', body: (c) => ({ spec: { forProvider: { manifest: deployment(c) } } }), path: 'spec.forProvider.manifest.spec.template.spec.containers[0]' },
  { apiVersion: 'apiextensions.crossplane.io/v1', kind: 'Composition', body: (c) => ({ spec: { resources: [{ base: { apiVersion: 'kubernetes.crossplane.io/v1alpha2', kind: 'Object', spec: { forProvider: { manifest: deployment(c) } } } }] } }), path: 'spec.resources[0].base.spec.forProvider.manifest.spec.template.spec.containers[0]' },
  { apiVersion: 'work.open-cluster-management.io/v1', kind: 'ManifestWork', body: (c) => ({ spec: { workload: { manifests: [deployment(c)] } } }), path: 'spec.workload.manifests[0].spec.template.spec.containers[0]' },
  { apiVersion: 'work.karmada.io/v1alpha1', kind: 'Work', body: (c) => ({ spec: { workload: { manifests: [deployment(c)] } } }), path: 'spec.workload.manifests[0].spec.template.spec.containers[0]' },
  { apiVersion: 'template.openshift.io/v1', kind: 'Template', body: (c) => ({ objects: [deployment(c)] }), path: 'objects[0].spec.template.spec.containers[0]' },
  { apiVersion: 'v1', kind: 'Template', body: (c) => ({ objects: [{ apiVersion: 'v1', kind: 'DeploymentConfig', spec: { template: pod(main(c)) } }] }), path: 'objects[0].spec.template.spec.containers[0]' },
  { apiVersion: 'workload.codeflare.dev/v1beta2', kind: 'AppWrapper', body: (c) => ({ spec: { components: [{ template: pyTorchJob(c) }] } }), path: 'spec.components[0].template.spec.pytorchReplicaSpecs.Worker.template.spec.containers[0]' },
  { apiVersion: 'kro.run/v1alpha1', kind: 'ResourceGraphDefinition', body: (c) => ({ spec: { resources: [{ id: 'a', template: deployment({ ...c, name: '${schema.spec.name}' }) }] } }), path: 'spec.resources[0].template.spec.template.spec.containers[0]' },
  { apiVersion: 'example.com/v1', kind: 'Bundle', body: (c) => ({ spec: { all: { apiVersion: 'v1', kind: 'List', items: [deployment(c)] } } }), path: 'spec.all.items[0].spec.template.spec.containers[0]' },
];

/** Settings of containers that something else makes. */
export const OVERRIDES: readonly Fixture[] = [
  ...[
    ['serving.kserve.io/v1beta1', 'InferenceService', 'predictor', 'model'],
    ['argoproj.io/v1alpha1', 'EventSource', 'template', 'container'],
    ['argoproj.io/v1alpha1', 'EventBus', 'jetstream', 'reloaderContainerTemplate'],
    ['kafka.strimzi.io/v1beta2', 'Kafka', 'kafka.template', 'kafkaContainer'],
    ['kafka.strimzi.io/v1beta2', 'KafkaConnect', 'template', 'connectContainer'],
    ['gateway.envoyproxy.io/v1alpha1', 'EnvoyProxy', 'provider.kubernetes.envoyDeployment', 'container'],
    ['machinelearning.seldon.io/v1', 'SeldonDeployment', 'predictors[].explainer', 'containerSpec'],
    ['kubeflow.org/v1beta1', 'Experiment', 'metricsCollectorSpec.collector', 'customCollector'],
    ['ray.io/v1', 'RayCluster', '', 'autoscalerOptions'],
  ].map(([apiVersion = '', kind = '', path = '', key = '']): Fixture => ({
    apiVersion,
    kind,
    body: settings(path, key),
    path: ['spec', path.replaceAll('[]', '[0]'), key].filter(Boolean).join('.'),
    completes: true,
  })),
  { apiVersion: 'opentelemetry.io/v1beta1', kind: 'OpenTelemetryCollector', body: (c) => ({ spec: c }), path: 'spec', completes: true },
  { apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'Workflow', body: (c) => ({ spec: { templates: [{ task: { container: main(c) } }] } }), path: 'spec.templates[0].task.container', completes: true },
  { apiVersion: 'serving.kubeflow.org/v1alpha2', kind: 'InferenceService', body: (c) => ({ spec: { default: { predictor: { custom: { container: main(c) } } } } }), path: 'spec.default.predictor.custom.container', completes: true },
  { apiVersion: 'velero.io/v1', kind: 'Restore', body: inList('hooks.resources[].postHooks[].init', 'initContainers'), path: 'spec.hooks.resources[0].postHooks[0].init.initContainers[0]', completes: true },
  { apiVersion: 'argoproj.io/v1beta1', kind: 'ArgoCD', body: inList('repo', 'sidecarContainers'), path: 'spec.repo.sidecarContainers[0]', completes: true },
  { apiVersion: 'flink.apache.org/v1beta1', kind: 'FlinkDeployment', body: at('taskManager.podTemplate'), path: 'spec.taskManager.podTemplate.spec.containers[0]', completes: true },
  { apiVersion: 'beat.k8s.elastic.co/v1beta1', kind: 'Beat', body: at('daemonSet.podTemplate'), path: 'spec.daemonSet.podTemplate.spec.containers[0]', completes: true },
];

/** Pod settings without any container: `securityContext` of the pod, which its containers inherit. */
export const POD_SETTINGS: readonly (readonly [apiVersion: string, kind: string, path: string])[] = [
  ['cert-manager.io/v1', 'ClusterIssuer', 'acme.solvers[].http01.ingress.podTemplate.spec'],
  ['cert-manager.io/v1', 'Issuer', 'acme.solvers[].http01.gatewayHTTPRoute.podTemplate.spec'],
  ['acme.cert-manager.io/v1', 'Challenge', 'solver.http01.ingress.podTemplate.spec'],
  ['trainer.kubeflow.org/v1alpha1', 'TrainJob', 'podTemplateOverrides[].spec'],
  ['kubeflow.org/v2alpha1', 'TrainJob', 'podSpecOverrides[]'],
  ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 'nodeSets[].podTemplate.spec'],
  ['flink.apache.org/v1beta1', 'FlinkDeployment', 'podTemplate.spec'],
  ['argoproj.io/v1alpha1', 'Sensor', 'template'],
  ['argoproj.io/v1alpha1', 'EventBus', 'nats.native'],
  ['tekton.dev/v1', 'TaskRun', 'podTemplate'],
  ['tekton.dev/v1', 'PipelineRun', 'taskRunTemplate.podTemplate'],
  ['monitoring.coreos.com/v1', 'Prometheus', ''],
  ['mlops.seldon.io/v1alpha1', 'Server', 'podSpec'],
  ['kubeflow.org/v1beta1', 'WorkspaceKind', 'podTemplate'],
  ['sparkoperator.k8s.io/v1alpha1', 'SparkConnect', 'server.template.spec'],
  ['example.com/v1', 'NeverHeardOf', 'deep.podTemplate.spec'],
  ['example.com/v1', 'NeverHeardOf', 'podSpec'],
];

export function podSettings([apiVersion, kind, path]: (typeof POD_SETTINGS)[number], settingsOfPod: Fields): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'sample', namespace: 'team-a' }, spec: nest(path, settingsOfPod) };
}
