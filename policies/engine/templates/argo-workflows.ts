import type { FieldPath } from '../field-path';
import type { KubernetesObject } from '../object';
import { expand, type TemplateFinder, type TemplateShape } from './shape';

/**
 * Each template of an Argo workflow is a pod: its main container stands alone (`container` or `script`) or in a
 * container set, and its security context takes the place of the workflow's.
 *
 * @see https://argo-workflows.readthedocs.io/en/latest/fields/#template
 */
export function argoWorkflowAt(pattern: string): TemplateFinder {
  return (object) => expand(object, pattern).flatMap((path) => workflow(object, path, pattern));
}

function workflow(object: KubernetesObject, path: FieldPath, pattern: string): TemplateShape[] {
  const outer: TemplateShape = { spec: path };
  const templates = expand(object, `${pattern}.templates[]`).map((spec) => ({
    spec,
    metadata: [...spec, 'metadata'],
    outer,
    lists: [['sidecars'], ['containerSet', 'containers']],
    singles: [
      { path: ['container'], name: 'main' },
      { path: ['script'], name: 'main' },
    ],
  }));
  return [outer, ...templates];
}
