import { type FieldPath, read } from '../field-path';
import { isFields, type KubernetesObject } from '../object';
import type { ResourceFields } from '../pod-template';

/** Where a kind of object keeps one pod template, and what is particular about it there. */
export interface TemplateShape {
  /** Path of the pod spec. */
  readonly spec: FieldPath;
  /** Path of what carries the pod's annotations. */
  readonly metadata?: FieldPath;
  /** Path from the pod spec to the pod's security context. @default `securityContext` */
  readonly securityContext?: FieldPath;
  /** Whether all of it completes a template kept elsewhere. @default false */
  readonly partial?: boolean;
  /** Containers that complete one kept elsewhere. A container without an image always does. @default none */
  readonly merged?: readonly string[];
  /** Lists of containers besides those of a pod spec, as paths from it. @default none */
  readonly lists?: readonly FieldPath[];
  /** Single containers, as paths from the pod spec. @default none */
  readonly singles?: readonly SingleContainer[];
  /** A pod spec whose security context holds unless this one has its own. @default none */
  readonly outer?: TemplateShape;
}

/** A container that stands alone instead of in a list. */
export interface SingleContainer {
  readonly path: FieldPath;
  /** Its name in the pod, if it states none. */
  readonly name: string;
  /** Whether it completes one kept elsewhere. @default false */
  readonly partial?: boolean;
  /** @default those of a Kubernetes container */
  readonly resources?: ResourceFields;
}

/** Finds the templates of one kind of object. */
export type TemplateFinder = (object: KubernetesObject) => readonly TemplateShape[];

/** Joins finders. */
export function all(...finders: readonly TemplateFinder[]): TemplateFinder {
  return (object) => finders.flatMap((find) => find(object));
}

/** Pod templates (`metadata` and `spec`) at a pattern such as `spec.jobs[].template`; see {@link expand}. */
export function templateAt(pattern: string, particulars: Partial<TemplateShape> = {}): TemplateFinder {
  return (object) =>
    expand(object, pattern).map((path) => ({ spec: [...path, 'spec'], metadata: [...path, 'metadata'], ...particulars }));
}

/** Places whose own fields are those of a pod spec, and that carry the pod's `annotations` themselves. */
export function podSpecAt(pattern: string, particulars: Partial<TemplateShape> = {}): TemplateFinder {
  return (object) => expand(object, pattern).map((path) => ({ spec: path, metadata: path, ...particulars }));
}

/** The places in an object that a pattern means: `*` stands for any key, `[]` for every element of a list. */
export function expand(object: KubernetesObject, pattern: string): readonly FieldPath[] {
  let paths: FieldPath[] = [[]];
  for (const step of pattern.replaceAll('[]', '.[]').split('.')) {
    paths = paths.flatMap((path) => {
      const value = read(object, ...path);
      if (step === '[]') return Array.isArray(value) ? value.map((_, index) => [...path, index]) : [];
      if (!isFields(value)) return [];
      return step === '*' ? Object.keys(value).map((key) => [...path, key]) : [[...path, step]];
    });
  }
  return paths.filter((path) => isFields(read(object, ...path)));
}
