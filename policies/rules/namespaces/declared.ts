import { read } from '../../engine/field-path';
import { isFields, type KubernetesObject, referenceTo } from '../../engine/object';
import type { Labels } from './label-selector';

/** A namespace, as selectors see it. */
export interface NamespaceFacts {
  readonly name: string;
  /** With the one that the API server adds: the name. */
  readonly labels: Labels;
}

export function factsOf(namespace: KubernetesObject): NamespaceFacts {
  const labels = read(namespace, 'metadata', 'labels');
  return named(nameOf(namespace), isFields(labels) ? labels : {});
}

/**
 * The name of a declared namespace, as findings show it.
 *
 * @throws UnknownValueError if it is not known yet
 */
export function nameOf(namespace: KubernetesObject): string {
  return read(namespace, 'metadata', 'name') === undefined ? '' : referenceTo(namespace).name;
}

/** What is known of a namespace that is used, but not declared. */
export function named(name: string, labels: Labels = {}): NamespaceFacts {
  return { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
}
