import { read, type FieldPath } from '../field-path';
import { isFields, type KubernetesObject } from '../object';
import { CONTAINER_RESOURCES, type ResourceFields, resourcesAt } from '../pod-template';
import { all, expand, type TemplateFinder, type TemplateShape } from './shape';

/** Where a pipeline keeps whole tasks. */
const TASKS = ['tasks[].taskSpec', 'finally[].taskSpec'];

/**
 * A Tekton task is one pod: its steps and sidecars are the containers, and `stepTemplate` holds what the steps have in
 * common. Settings of the pod as a whole belong to the run.
 *
 * @see https://tekton.dev/docs/pipelines/tasks/
 */
export function tektonTaskAt(pattern: string): TemplateFinder {
  return (object) => expand(object, pattern).map((spec) => task(object, spec));
}

export function tektonPipelineAt(pattern: string): TemplateFinder {
  return all(...TASKS.map((tasks) => tektonTaskAt(`${pattern}.${tasks}`)));
}

/** A run states the settings of its pods, for the task or the pipeline that it holds or refers to. */
export const tektonRun: TemplateFinder = (object) => {
  const places = ['podTemplate', 'taskRunTemplate.podTemplate'];
  const [podTemplate] = places.flatMap((place) => expand(object, `spec.${place}`));
  const outer: TemplateShape | undefined = podTemplate && { spec: podTemplate, partial: true, standIn: '(every step)' };
  const tasks = ['taskSpec', ...TASKS.map((at) => `pipelineSpec.${at}`)].flatMap((at) => expand(object, `spec.${at}`));
  const inside = tasks.map((spec): TemplateShape => ({ ...task(object, spec), openPod: false, ...(outer && { outer }) }));
  const ofTasks = expand(object, 'spec.taskRunSpecs[].podTemplate').map((spec): TemplateShape => ({ spec, partial: true, standIn: '(every step)' }));
  if (!outer) return [...inside, ...ofTasks];
  return [tasks.length > 0 ? { ...outer, standIn: undefined } : outer, ...inside, ...ofTasks];
};

function task(object: KubernetesObject, spec: FieldPath): TemplateShape {
  const defaults = [...spec, 'stepTemplate'];
  return {
    spec,
    openPod: true,
    lists: [
      { path: ['steps'], resources: resources(object, spec), ...(isFields(read(object, ...defaults)) && { defaults }) },
      { path: ['sidecars'], resources: resources(object, spec) },
    ],
  };
}

/** `resources` of steps became `computeResources` in the API version v1. */
function resources(object: KubernetesObject, spec: FieldPath): ResourceFields {
  const lists = ['steps', 'sidecars'].flatMap((list) => read(object, ...spec, list));
  const isCurrent = [...lists, read(object, ...spec, 'stepTemplate')].some((container) => read(container, 'computeResources') !== undefined);
  return isCurrent ? resourcesAt('computeResources') : CONTAINER_RESOURCES;
}
