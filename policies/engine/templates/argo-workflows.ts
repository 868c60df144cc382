import { type FieldPath, read } from '../field-path';
import { isFields, type KubernetesObject } from '../object';
import { all, expand, podSpecAt, type TemplateFinder, type TemplateShape } from './shape';

/** Where a workflow keeps templates: in its list, and in the steps and tasks of others. */
const TEMPLATES = ['templates[]', 'templates[].steps[][].inline', 'templates[].dag.tasks[].inline'];

/**
 * Each template of an Argo workflow is a pod: its main container stands alone (`container` or `script`) or in a
 * container set, and its security context takes the place of the workflow's. What all templates have in common may
 * stand in `templateDefaults`.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#template
 */
export function argoWorkflowAt(pattern: string): TemplateFinder {
  return (object) => expand(object, pattern).flatMap((path) => workflow(object, path, pattern));
}

function workflow(object: KubernetesObject, path: FieldPath, pattern: string): TemplateShape[] {
  const patches = [path, ...TEMPLATES.flatMap((place) => expand(object, `${pattern}.${place}`))].map((place) => [...place, 'podSpecPatch']);
  const manifests = expand(object, `${pattern}.templates[].resource`).map((place) => [...place, 'manifest']);
  const outer: TemplateShape = { spec: path, opaque: [...patches, ...manifests].filter((text) => read(object, ...text) !== undefined) };
  const defaults = [...path, 'templateDefaults'];
  const templates = TEMPLATES.flatMap((place) => expand(object, `${pattern}.${place}`)).filter((template) => isPod(object, template));
  const shapes = templates.map((spec): TemplateShape => ({
    spec,
    metadata: [...spec, 'metadata'],
    outer,
    ...(isFields(read(object, ...defaults)) && { defaults }),
    lists: [{ path: ['sidecars'] }, { path: ['containerSet', 'containers'] }],
    singles: [
      { path: ['container'], name: 'main' },
      { path: ['script'], name: 'main' },
    ],
  }));
  return [outer, ...shapes];
}

/** Not every template is a pod: some only say in which order others run. */
function isPod(object: KubernetesObject, template: FieldPath): boolean {
  return ['container', 'script', 'containerSet', 'initContainers', 'sidecars'].some((field) => read(object, ...template, field) !== undefined);
}

/**
 * The pod of an event source or sensor, whose container is Argo's own. The objects that a sensor makes are whole ones.
 *
 * @see https://argoproj.github.io/argo-events/APIs/#argoproj.io/v1alpha1.Template
 */
export const argoEventsTemplate: TemplateFinder = podSpecAt('spec.template', {
  metadata: ['spec', 'template', 'metadata'],
  partial: true,
  singles: [{ path: ['container'], name: 'main', partial: true }],
  standIn: 'main',
});

/** The pods of an event bus: settings of single containers have names of their own. */
export const argoEventBus: TemplateFinder = all(
  ...['spec.nats.native', 'spec.jetstream'].map((at) =>
    podSpecAt(at, {
      metadata: undefined,
      partial: true,
      singles: ['containerTemplate', 'reloaderContainerTemplate', 'metricsContainerTemplate'].map((name) => ({ path: [name], name: name.replace('Template', ''), partial: true })),
      standIn: 'main',
    }),
  ),
);
