import { argoEventBus, argoEventsTemplate, argoWorkflowAt } from './argo-workflows';
import { all, expand, NO_POD_SECURITY, overrideAt, podSpecAt, rows, type TemplateFinder, type TemplateShape, type TemplateTable, templateAt } from './shape';
import { sparkApplicationAt } from './spark';
import { tektonPipelineAt, tektonRun, tektonTaskAt } from './tekton';

/** Head and workers; the head's pod gets a second container if the cluster is to scale itself. */
function rayClusterAt(at: string): TemplateFinder {
  const autoscaler: TemplateFinder = (object) =>
    expand(object, `${at}.autoscalerOptions`).map((spec): TemplateShape => ({
      spec,
      partial: true,
      securityContext: NO_POD_SECURITY,
      outer: { spec: [...spec.slice(0, -1), 'headGroupSpec', 'template', 'spec'] },
      singles: [{ path: [], name: 'autoscaler', partial: true }],
    }));
  return all(templateAt(`${at}.headGroupSpec.template`), templateAt(`${at}.workerGroupSpecs[].template`), autoscaler);
}

const flink = all(...['spec.podTemplate', 'spec.jobManager.podTemplate', 'spec.taskManager.podTemplate'].map((at) => overrideAt(at, 'flink-main-container')));
const shipwrightSteps = podSpecAt('spec', { metadata: undefined, lists: [{ path: ['steps'] }, { path: ['buildSteps'] }] });
const analysis = templateAt('spec.metrics[].provider.job.spec.template');

/** Custom resources that run jobs, and workflows of them. */
export const BATCH: TemplateTable = [
  ...rows('argoproj.io', ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'], argoWorkflowAt('spec')),
  ['argoproj.io/CronWorkflow', argoWorkflowAt('spec.workflowSpec')],
  ...rows('argoproj.io', ['Sensor', 'EventSource'], argoEventsTemplate),
  ['argoproj.io/EventBus', argoEventBus],
  ['argoproj.io/Rollout', templateAt('spec.template')],
  ['argoproj.io/Experiment', templateAt('spec.templates[].template')],
  ...rows('argoproj.io', ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun'], analysis),
  ...rows('tekton.dev', ['Task', 'ClusterTask'], tektonTaskAt('spec')),
  ['tekton.dev/StepAction', podSpecAt('spec', { metadata: undefined, openPod: true, securityContext: NO_POD_SECURITY, singles: [{ path: [], name: 'step' }] })],
  ['tekton.dev/Pipeline', tektonPipelineAt('spec')],
  ...rows('tekton.dev', ['TaskRun', 'PipelineRun'], tektonRun),
  ...rows('shipwright.io', ['BuildStrategy', 'ClusterBuildStrategy'], shipwrightSteps),
  ['ray.io/RayCluster', rayClusterAt('spec')],
  ['ray.io/RayJob', all(rayClusterAt('spec.rayClusterSpec'), templateAt('spec.submitterPodTemplate'))],
  ['ray.io/RayService', all(rayClusterAt('spec.rayClusterConfig'), rayClusterAt('spec.rayClusterSpec'))],
  ['sparkoperator.k8s.io/SparkApplication', sparkApplicationAt('spec')],
  ['sparkoperator.k8s.io/ScheduledSparkApplication', sparkApplicationAt('spec.template')],
  ['sparkoperator.k8s.io/SparkConnect', all(overrideAt('spec.server.template', 'spark-kubernetes-driver'), overrideAt('spec.executor.template', 'spark-kubernetes-executor'))],
  ['flink.apache.org/FlinkDeployment', flink],
  ['batch.volcano.sh/Job', templateAt('spec.tasks[].template')],
  ['batch.volcano.sh/CronJob', templateAt('spec.jobTemplate.spec.tasks[].template')],
  ['flow.volcano.sh/JobTemplate', templateAt('spec.tasks[].template')],
  ['kueue.x-k8s.io/Workload', templateAt('spec.podSets[].template')],
  ['keda.sh/ScaledJob', templateAt('spec.jobTargetRef.template')],
];
