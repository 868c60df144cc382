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
  /** Whether only the pod's own settings may be stated elsewhere, and its containers are whole. @default false */
  readonly openPod?: boolean;
  /** Containers that complete one kept elsewhere. A container without an image always does. @default none */
  readonly merged?: readonly string[];
  /** Whether containers are whole even without an image, which something else fills in. @default false */
  readonly imageLess?: boolean;
  /** Lists of containers besides those of a pod spec. @default none */
  readonly lists?: readonly ContainerList[];
  /** Single containers. @default none */
  readonly singles?: readonly SingleContainer[];
  /** Name for the containers kept elsewhere, which inherit what is stated here: they count as one if none is listed. */
  readonly standIn?: string;
  /** Text in the object that says more about its pods, and is not looked into: full paths. @default none */
  readonly opaque?: readonly FieldPath[];
  /** A pod spec whose security context holds unless this one has its own. @default none */
  readonly outer?: TemplateShape;
  /** Path (in the object) of settings that hold where this template is silent. @default none */
  readonly defaults?: FieldPath;
}

/** Security context of a pod of which the object says nothing: `securityContext` is that of its container. */
export const NO_POD_SECURITY: FieldPath = ['podSecurityContext'];

/** Containers in a list of another name than those of a pod spec. */
export interface ContainerList {
  /** Path from the pod spec. */
  readonly path: FieldPath;
  /** @default those of a Kubernetes container */
  readonly resources?: ResourceFields;
  /** Path (in the object) of settings that hold where a container is silent. @default none */
  readonly defaults?: FieldPath;
}

/** A container that stands alone instead of in a list. */
export interface SingleContainer {
  /** Path from the pod spec. */
  readonly path: FieldPath;
  /** Its name in the pod, if it states none. */
  readonly name: string;
  /** Whether it completes one kept elsewhere. @default false */
  readonly partial?: boolean;
  /** @default those of a Kubernetes container */
  readonly resources?: ResourceFields;
  /** Name of the field with its security context. @default `securityContext` */
  readonly securityContext?: string;
}

/** Finds the templates of one kind of object. */
export type TemplateFinder = (object: KubernetesObject) => readonly TemplateShape[];

/** `<group>/<kind>` of custom resources, and where they keep their pod templates. */
export type TemplateTable = readonly (readonly [kind: string, find: TemplateFinder])[];

/** Kinds that keep their templates at the same place. */
export function rows(group: string, kinds: readonly string[], find: TemplateFinder): TemplateTable {
  return kinds.map((kind) => [`${group}/${kind}`, find]);
}

/** Joins finders. */
export function all(...finders: readonly TemplateFinder[]): TemplateFinder {
  return (object) => finders.flatMap((find) => find(object));
}

/** Pod templates (`metadata` and `spec`) at a pattern such as `spec.jobs[].template`; see {@link expand}. */
export function templateAt(pattern: string, particulars: Partial<TemplateShape> = {}): TemplateFinder {
  return (object) =>
    expand(object, pattern).map((path) => ({ spec: [...path, 'spec'], metadata: [...path, 'metadata'], ...particulars }));
}

/** Pod templates that complete one kept elsewhere, and need not name any of its containers. */
export function overrideAt(pattern: string, standIn: string): TemplateFinder {
  return templateAt(pattern, { partial: true, standIn });
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

/** A shape as it is in an object that holds, at a path, the object it was found in. */
export function under(path: FieldPath, shape: TemplateShape): TemplateShape {
  const { metadata, defaults, outer, lists } = shape;
  return {
    ...shape,
    spec: [...path, ...shape.spec],
    ...(metadata && { metadata: [...path, ...metadata] }),
    ...(defaults && { defaults: [...path, ...defaults] }),
    ...(outer && { outer: under(path, outer) }),
    ...(lists && { lists: lists.map((list) => (list.defaults ? { ...list, defaults: [...path, ...list.defaults] } : list)) }),
  };
}
