import { type FieldPath, read } from '../field-path';
import type { KubernetesObject } from '../object';
import { type ResourceFields, resourcesAt } from '../pod-template';
import { argoWorkflowAt } from './argo-workflows';
import { all, expand, overrideAt, podSpecAt, rows, type TemplateFinder, type TemplateShape, type TemplateTable, templateAt } from './shape';

const JOB_SET = 'replicatedJobs[].template.spec.template';

/**
 * Training jobs name a runtime that holds the containers; the job itself only completes them: image, command and
 * resources of the trainer, and patches of the runtime's templates (`podTemplateOverrides` up to Trainer 2.1).
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/apis/trainer/v1alpha1/trainjob_types.go
 */
function trainJobAt(at: string): TemplateFinder {
  return all(
    podSpecAt(`${at}.trainer`, {
      metadata: undefined,
      partial: true,
      singles: [{ path: [], name: 'node', partial: true, resources: resourcesAt('resourcesPerNode') }],
    }),
    overrideAt(`${at}.runtimePatches[].trainingRuntimeSpec.template.spec.${JOB_SET}`, 'node'),
    overrideAt(`${at}.podTemplateOverrides[]`, 'node'),
    podSpecAt(`${at}.podSpecOverrides[]`, { metadata: undefined, partial: true, standIn: 'node' }),
  );
}

/**
 * What is injected into the pods that it selects: environment and mounts of every container, volumes, and more containers.
 *
 * @see https://github.com/kubeflow/dashboard/blob/main/components/poddefaults-webhooks/pkg/apis/settings/v1alpha1/poddefault_types.go
 */
const podDefault = podSpecAt('spec', {
  openPod: true,
  lists: [{ path: ['sidecars'] }],
  singles: [{ path: [], name: '(every container)', partial: true }],
});

/** A kind of workspace: one container, whose security context stands beside the pod's; what varies is among its options. */
const workspaceKind = all(
  podSpecAt('spec.podTemplate', {
    metadata: ['spec', 'podTemplate', 'podMetadata'],
    openPod: true,
    singles: [{ path: [], name: 'main', securityContext: 'containerSecurityContext', partial: true }],
  }),
  podSpecAt('spec.podTemplate.options.podConfig.values[].spec', { metadata: undefined, partial: true, standIn: 'main' }),
);

/** A compiled pipeline keeps a container for each of its steps; the driver adds what makes it a pod. */
const pipelineVersion: TemplateFinder = (object) => [
  ...expand(object, 'spec.pipelineSpec.deploymentSpec.executors.*'),
  ...expand(object, 'spec.platformSpec.platforms.kubernetes.deploymentSpec.executors.*'),
].map((spec): TemplateShape => ({
  spec,
  partial: true,
  singles: [{ path: ['container'], name: 'main', partial: true, resources: pipelineResources(object, spec) }],
  standIn: 'main',
}));

/** Amounts are numbers (cores, gigabytes) or, since KFP 2.9, quantities under other names. */
function pipelineResources(object: KubernetesObject, spec: FieldPath): ResourceFields {
  const field = (plain: string, quantity: string): FieldPath => {
    const isQuantity = read(object, ...spec, 'container', 'resources', quantity) !== undefined;
    return ['resources', isQuantity ? quantity : plain];
  };
  return {
    requests: { cpu: field('cpuRequest', 'resourceCpuRequest'), memory: field('memoryRequest', 'resourceMemoryRequest') },
    limits: { cpu: field('cpuLimit', 'resourceCpuLimit'), memory: field('memoryLimit', 'resourceMemoryLimit') },
  };
}

const trainJob = trainJobAt('spec');
const trainingRuntime = templateAt(`spec.template.spec.${JOB_SET}`);
/** Metrics of trials may be collected by a container of one's own, which is added to the trial's pod. */
const customCollector = podSpecAt('spec.metricsCollectorSpec.collector', {
  metadata: undefined,
  openPod: true,
  singles: [{ path: ['customCollector'], name: 'metrics-collector', partial: true }],
});

/** Kubeflow's own custom resources. Katib keeps trials as whole objects, which are looked through as what they are. */
export const KUBEFLOW: TemplateTable = [
  ...['trainer.kubeflow.org', 'kubeflow.org'].flatMap((group) => [
    ...rows(group, ['TrainJob'], trainJob),
    ...rows(group, ['TrainingRuntime', 'ClusterTrainingRuntime'], trainingRuntime),
  ]),
  ['trainer.kubeflow.org/OptimizationJob', trainJobAt('spec.trainJobTemplate.spec')],
  ['kubeflow.org/PyTorchJob', templateAt('spec.pytorchReplicaSpecs.*.template')],
  ['kubeflow.org/TFJob', templateAt('spec.tfReplicaSpecs.*.template')],
  ['kubeflow.org/MPIJob', templateAt('spec.mpiReplicaSpecs.*.template')],
  ['kubeflow.org/XGBoostJob', templateAt('spec.xgbReplicaSpecs.*.template')],
  ['kubeflow.org/PaddleJob', templateAt('spec.paddleReplicaSpecs.*.template')],
  ['kubeflow.org/JAXJob', templateAt('spec.jaxReplicaSpecs.*.template')],
  ['kubeflow.org/MXJob', templateAt('spec.mxReplicaSpecs.*.template')],
  ['kubeflow.org/Notebook', templateAt('spec.template')],
  ['kubeflow.org/PVCViewer', podSpecAt('spec.podSpec', { metadata: undefined })],
  ['kubeflow.org/Viewer', templateAt('spec.podTemplateSpec')],
  ['kubeflow.org/PodDefault', podDefault],
  ['kubeflow.org/WorkspaceKind', workspaceKind],
  ['kubeflow.org/Experiment', customCollector],
  ['kubeflow.org/Trial', customCollector],
  ['kubeflow.org/ScheduledWorkflow', argoWorkflowAt('spec.workflow.spec')],
  ['pipelines.kubeflow.org/PipelineVersion', pipelineVersion],
  ['jobset.x-k8s.io/JobSet', templateAt(`spec.${JOB_SET}`)],
];
