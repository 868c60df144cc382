import { apiGroup, type KubernetesObject } from '../object';
import { resourcesAt } from '../pod-template';
import { argoWorkflowAt } from './argo-workflows';
import { kserveComponentAt, llmInferenceService, llmInferenceServiceConfig, servingRuntime } from './kserve';
import { all, podSpecAt, templateAt, type TemplateFinder } from './shape';
import { sparkApplicationAt } from './spark';

const JOB_SET = 'replicatedJobs[].template.spec.template';

/**
 * Training jobs name a runtime that holds the containers; the job itself only completes them: image, command and
 * resources of the trainer, and patches of the runtime's templates (`podTemplateOverrides` up to Trainer 2.1).
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/apis/trainer/v1alpha1/trainjob_types.go
 */
const trainJob = all(
  podSpecAt('spec.trainer', {
    metadata: undefined,
    partial: true,
    singles: [{ path: [], name: 'node', partial: true, resources: resourcesAt('resourcesPerNode') }],
  }),
  templateAt(`spec.runtimePatches[].trainingRuntimeSpec.template.spec.${JOB_SET}`, { partial: true }),
  templateAt('spec.podTemplateOverrides[]', { partial: true }),
);
const trainingRuntime = templateAt(`spec.template.spec.${JOB_SET}`);
const rayCluster = (at: string) => all(templateAt(`${at}.headGroupSpec.template`), templateAt(`${at}.workerGroupSpecs[].template`));
/** The pod that answers ACME challenges; its containers are cert-manager's own. */
const acmeSolver = all(
  templateAt('spec.acme.solvers[].http01.ingress.podTemplate', { partial: true }),
  templateAt('spec.acme.solvers[].http01.gatewayHTTPRoute.podTemplate', { partial: true }),
);

/** `<group>/<kind>` of custom resources known to hold pods, and where. */
const CUSTOM_RESOURCES: ReadonlyMap<string, TemplateFinder> = new Map([
  ['jobset.x-k8s.io/JobSet', templateAt(`spec.${JOB_SET}`)],
  ['trainer.kubeflow.org/TrainJob', trainJob],
  ['trainer.kubeflow.org/TrainingRuntime', trainingRuntime],
  ['trainer.kubeflow.org/ClusterTrainingRuntime', trainingRuntime],
  ['kubeflow.org/PyTorchJob', templateAt('spec.pytorchReplicaSpecs.*.template')],
  ['kubeflow.org/TFJob', templateAt('spec.tfReplicaSpecs.*.template')],
  ['kubeflow.org/MPIJob', templateAt('spec.mpiReplicaSpecs.*.template')],
  ['kubeflow.org/XGBoostJob', templateAt('spec.xgbReplicaSpecs.*.template')],
  ['kubeflow.org/PaddleJob', templateAt('spec.paddleReplicaSpecs.*.template')],
  ['kubeflow.org/JAXJob', templateAt('spec.jaxReplicaSpecs.*.template')],
  ['kubeflow.org/MXJob', templateAt('spec.mxReplicaSpecs.*.template')],
  ['kubeflow.org/Notebook', templateAt('spec.template')],
  ['kubeflow.org/PVCViewer', podSpecAt('spec.podSpec', { metadata: undefined })],
  ['serving.kserve.io/InferenceService', all(...['predictor', 'transformer', 'explainer'].map((component) => kserveComponentAt(`spec.${component}`)))],
  ['serving.kserve.io/ServingRuntime', servingRuntime],
  ['serving.kserve.io/ClusterServingRuntime', servingRuntime],
  ['serving.kserve.io/ClusterStorageContainer', podSpecAt('spec', { singles: [{ path: ['container'], name: 'storage-initializer' }] })],
  ['serving.kserve.io/LLMInferenceService', llmInferenceService],
  ['serving.kserve.io/LLMInferenceServiceConfig', llmInferenceServiceConfig],
  ['serving.knative.dev/Service', templateAt('spec.template')],
  ['serving.knative.dev/Configuration', templateAt('spec.template')],
  ['serving.knative.dev/Revision', podSpecAt('spec', { metadata: ['metadata'] })],
  ['argoproj.io/Workflow', argoWorkflowAt('spec')],
  ['argoproj.io/WorkflowTemplate', argoWorkflowAt('spec')],
  ['argoproj.io/ClusterWorkflowTemplate', argoWorkflowAt('spec')],
  ['argoproj.io/CronWorkflow', argoWorkflowAt('spec.workflowSpec')],
  ['argoproj.io/Rollout', templateAt('spec.template')],
  ['ray.io/RayCluster', rayCluster('spec')],
  ['ray.io/RayJob', all(rayCluster('spec.rayClusterSpec'), templateAt('spec.submitterPodTemplate'))],
  ['ray.io/RayService', rayCluster('spec.rayClusterConfig')],
  ['sparkoperator.k8s.io/SparkApplication', sparkApplicationAt('spec')],
  ['sparkoperator.k8s.io/ScheduledSparkApplication', sparkApplicationAt('spec.template')],
  ['batch.volcano.sh/Job', templateAt('spec.tasks[].template')],
  ['leaderworkerset.x-k8s.io/LeaderWorkerSet', all(templateAt('spec.leaderWorkerTemplate.leaderTemplate'), templateAt('spec.leaderWorkerTemplate.workerTemplate'))],
  ['cert-manager.io/Issuer', acmeSolver],
  ['cert-manager.io/ClusterIssuer', acmeSolver],
]);

/** Where a custom resource keeps its pod templates, if its kind is known. */
export function customResourceTemplates(object: KubernetesObject): TemplateFinder | undefined {
  return CUSTOM_RESOURCES.get(`${apiGroup(object)}/${object.kind}`);
}
