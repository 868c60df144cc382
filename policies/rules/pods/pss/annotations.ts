import { read } from '../../../engine/field-path';
import { type Fields, isFields, type KubernetesObject } from '../../../engine/object';
import type { PodTemplate } from '../../../engine/pod-template';

/** Annotations that a pod of the template will have, and where they stand. */
export function podAnnotations({ metadataPath }: PodTemplate, object: KubernetesObject): { readonly path: readonly (string | number)[]; readonly values: Fields } {
  const path = [...(metadataPath ?? []), 'annotations'];
  const values = metadataPath ? read(object, ...path) : undefined;
  return { path, values: isFields(values) ? values : {} };
}
