import { type FieldPath, formatPath, read } from '../field-path';
import { type Fields, isFields, type KubernetesObject } from '../object';
import { CONTAINER_RESOURCES, type Container, type ContainerRole, type PodTemplate } from '../pod-template';
import { readOr } from '../unknown-value';
import { builtInTemplate, isBuiltIn } from './built-in';
import { customResourceTemplates } from './custom-resources';
import { discoverTemplates } from './discovery';
import type { SingleContainer, TemplateShape } from './shape';

/** An object of a kind that makes pods, but without a pod that could be read. */
export class MalformedObjectError extends Error {
  override readonly name = 'MalformedObjectError';
}

/**
 * Every pod template of an object: where its kind is known to keep them, and in custom resources wherever one is.
 *
 * @param partial whether the object itself only completes another, as a patch does
 * @throws MalformedObjectError if a workload has no readable pod template
 */
export function findPodTemplates(object: KubernetesObject, partial: boolean): readonly PodTemplate[] {
  if (isBuiltIn(object)) {
    const shape = builtInTemplate(object);
    if (!shape) return [];
    if (!partial) requireContainers(object, shape);
    return [build(object, shape, partial)];
  }
  const known = customResourceTemplates(object)?.(object) ?? [];
  const taken = new Set(known.flatMap((shape) => containerLists(shape).map(formatPath)));
  const discovered = discoverTemplates(object).filter((shape) => !taken.has(formatPath([...shape.spec, 'containers'])));
  return [...known, ...discovered].map((shape) => build(object, shape, partial));
}

function requireContainers(object: KubernetesObject, { spec }: TemplateShape): void {
  const containers = read(object, ...spec, 'containers');
  if (Array.isArray(containers)) return;
  const path = formatPath([...spec, 'containers']);
  throw new MalformedObjectError(containers === undefined ? `${path} is missing` : `${path} is not a list`);
}

function containerLists({ spec, lists = [] }: TemplateShape): FieldPath[] {
  return [[...spec, 'containers'], ...lists.map((list) => [...spec, ...list])];
}

function build(object: KubernetesObject, shape: TemplateShape, partial: boolean): PodTemplate {
  const spec = read(object, ...shape.spec);
  const containers: Container[] = [];
  const template: PodTemplate = {
    path: shape.spec,
    spec: isFields(spec) ? spec : {},
    ...(shape.metadata && { metadataPath: shape.metadata }),
    securityContextPath: shape.securityContext ?? ['securityContext'],
    ...(shape.outer && { outer: build(object, shape.outer, partial) }),
    partial: partial || (shape.partial ?? false),
    containers,
  };
  const add = (path: FieldPath, value: Fields, role: ContainerRole, single?: SingleContainer): void => {
    const at = [...shape.spec, ...path];
    const name = containerName(value, single, at);
    const merged = single?.partial ?? (single ? false : !hasImage(value) || (shape.merged ?? []).includes(name));
    containers.push({
      name,
      role,
      path: at,
      spec: value,
      // The API server refuses a container of a built-in kind that has no image, so that one is whole, and wrong.
      partial: template.partial || (merged && !isBuiltIn(object)),
      resources: single?.resources ?? CONTAINER_RESOURCES,
      template,
    });
  };
  const addList = (path: FieldPath, role: (container: Fields) => ContainerRole): void => {
    const list = read(template.spec, ...path);
    if (list === undefined) return;
    if (!Array.isArray(list)) throw new MalformedObjectError(`${formatPath([...shape.spec, ...path])} is not a list`);
    list.forEach((container: unknown, index) => {
      if (!isFields(container)) throw new MalformedObjectError(`${formatPath([...shape.spec, ...path, index])} is not a mapping`);
      add([...path, index], container, role(container));
    });
  };
  addList(['initContainers'], (container) => (readOr(undefined, () => container.restartPolicy) === 'Always' ? 'sidecar' : 'init'));
  addList(['containers'], () => 'container');
  addList(['ephemeralContainers'], () => 'ephemeral');
  for (const list of shape.lists ?? []) addList(list, () => 'container');
  for (const single of shape.singles ?? []) {
    const value = read(template.spec, ...single.path);
    if (isFields(value)) add(single.path, value, 'container', single);
  }
  return template;
}

function containerName(container: Fields, single: SingleContainer | undefined, path: FieldPath): string {
  const name = readOr(undefined, () => container.name);
  return typeof name === 'string' && name !== '' && !(single && single.path.length === 0) ? name : (single?.name ?? formatPath(path.slice(-2)));
}

function hasImage(container: Fields): boolean {
  return readOr(true, () => typeof container.image === 'string' && container.image !== '');
}
