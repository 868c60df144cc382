import { read } from '../../engine/field-path';
import { isFields, type KubernetesObject } from '../../engine/object';
import type { Labels } from './label-selector';

/** A namespace, as selectors see it. */
export interface NamespaceFacts {
  readonly name: string;
  /** With the one that the API server adds: the name. */
  readonly labels: Labels;
}

export function factsOf(namespace: KubernetesObject): NamespaceFacts {
  const labels = read(namespace, 'metadata', 'labels');
  return named(String(read(namespace, 'metadata', 'name') ?? ''), isFields(labels) ? labels : {});
}

/** What is known of a namespace that is used, but not declared. */
export function named(name: string, labels: Labels = {}): NamespaceFacts {
  return { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
}
