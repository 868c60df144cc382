import { type FieldPath, formatPath, read } from '../field-path';
import { type Fields, isFields, type KubernetesObject } from '../object';
import { CONTAINER_RESOURCES, type Container, type ContainerRole, type PodTemplate, type ResourceFields } from '../pod-template';
import { readOr, UnknownValueError } from '../unknown-value';
import { builtInTemplate, isBuiltIn } from './built-in';
import { withDefaults } from './defaults';
import { shapesOf } from './discovery';
import type { SingleContainer, TemplateShape } from './shape';

/** What tools write where a value is to be filled in: `${...}`, `{{...}}`, `$(...)`. */
const PLACEHOLDER = /\$\{.+\}|\{\{.+\}\}|\$\(.+\)/s;

/** An object of a kind that makes pods, but without a pod that could be read. */
export class MalformedObjectError extends Error {
  override readonly name = 'MalformedObjectError';
  constructor(
    message: string,
    /** What could be read all the same. */
    readonly templates: readonly PodTemplate[] = [],
  ) {
    super(message);
  }
}

/**
 * Every pod template of an object: where its kind is known to keep them, and in custom resources wherever one is.
 *
 * @param partial whether the object itself only completes another, as a patch does
 * @throws MalformedObjectError if a workload has no readable pod template
 */
export function findPodTemplates(object: KubernetesObject, partial: boolean): readonly PodTemplate[] {
  if (!isBuiltIn(object)) {
    // A kind may leave its template out, as a Rollout does that refers to a Deployment.
    return readAll(object, shapesOf(object).filter(({ spec }) => isFields(read(object, ...spec))), partial);
  }
  const shape = builtInTemplate(object);
  if (!shape) return [];
  const missing = !partial && read(object, ...shape.spec, 'containers') === undefined;
  return readAll(object, [shape], partial, missing ? [`${formatPath([...shape.spec, 'containers'])} is missing`] : []);
}

/** Reads templates; what is malformed in one keeps nothing else from being read. */
function readAll(object: KubernetesObject, shapes: readonly TemplateShape[], partial: boolean, problems: string[] = []): readonly PodTemplate[] {
  const templates = shapes.map((shape) => new TemplateReader(object, shape, partial, problems).read());
  const [problem] = problems;
  if (problem !== undefined) throw new MalformedObjectError(problem, templates);
  return templates;
}

/** Reads one pod template, and its containers. */
class TemplateReader {
  private readonly containers: Container[] = [];
  private readonly template: PodTemplate;

  constructor(
    private readonly object: KubernetesObject,
    private readonly shape: TemplateShape,
    private readonly partial: boolean,
    /** What is malformed is added here. */
    private readonly problems: string[],
  ) {
    this.template = {
      path: shape.spec,
      spec: this.filled(fields(read(object, ...shape.spec)), shape.defaults),
      ...(shape.metadata && { metadataPath: shape.metadata }),
      securityContextPath: shape.securityContext ?? ['securityContext'],
      ...(shape.outer && { outer: new TemplateReader(object, shape.outer, partial, problems).read() }),
      partial: partial || (shape.partial ?? false) || (shape.openPod ?? false),
      containers: this.containers,
      ...(shape.opaque && shape.opaque.length > 0 && { opaque: shape.opaque }),
    };
  }

  read(): PodTemplate {
    const { shape, containers } = this;
    this.addList(['initContainers'], (container) => (readOr(undefined, () => container.restartPolicy) === 'Always' ? 'sidecar' : 'init'));
    this.addList(['containers']);
    this.addList(['ephemeralContainers'], () => 'ephemeral');
    for (const { path, resources, defaults } of shape.lists ?? []) this.addList(path, undefined, resources, defaults);
    for (const single of shape.singles ?? []) this.addSingle(single);
    if (shape.standIn !== undefined && containers.length === 0) this.addSingle({ path: [], name: shape.standIn, partial: true });
    return this.template;
  }

  private addList(path: FieldPath, role: (container: Fields) => ContainerRole = () => 'container', resources = CONTAINER_RESOURCES, defaults?: FieldPath): void {
    const list = read(this.template.spec, ...path);
    if (list === undefined) return;
    const at = [...this.shape.spec, ...path];
    if (!Array.isArray(list)) return this.leaveOut(at, list, 'a list');
    list.forEach((value: unknown, index) => {
      if (!isFields(value)) return this.leaveOut([...at, index], value, 'a mapping');
      const container = this.filled(value, defaults);
      const named = readOr(undefined, () => container.name);
      const name = typeof named === 'string' && named !== '' ? named : formatPath([...at, index].slice(-2));
      this.add({ name, role: role(container), path: [...at, index], spec: container, resources, merged: this.isMerged(container, name) });
    });
  }

  private leaveOut(path: FieldPath, value: unknown, expected: string): void {
    if (typeof value === 'string' && PLACEHOLDER.test(value)) throw new UnknownValueError('a placeholder stands for it', path);
    this.problems.push(`${formatPath(path)} is not ${expected}`);
  }

  private addSingle({ path, name, partial, resources, securityContext }: SingleContainer): void {
    // What stands in the defaults alone is no container: most templates are of another kind.
    if (!isFields(read(this.object, ...this.shape.spec, ...path))) return;
    const value = fields(read(this.template.spec, ...path));
    const own = path.length === 0 ? undefined : readOr(undefined, () => value.name);
    this.add({
      name: typeof own === 'string' && own !== '' ? own : name,
      role: 'container',
      path: [...this.shape.spec, ...path],
      spec: this.secured(value, path, securityContext),
      resources: resources ?? CONTAINER_RESOURCES,
      merged: partial ?? false,
    });
  }

  /** A container with its security context under the usual name; where its fields are the pod's, so is what stands there. */
  private secured(value: Fields, path: FieldPath, name: string | undefined): Fields {
    if (name !== undefined) return withDefaults({ securityContext: read(value, name) }, without(value, 'securityContext'));
    return path.length === 0 && this.shape.securityContext === undefined ? without(value, 'securityContext') : value;
  }

  private add({ merged, ...container }: Pick<Container, 'name' | 'role' | 'path' | 'spec'> & { resources: ResourceFields; merged: boolean }): void {
    this.containers.push({ ...container, partial: this.partial || (this.shape.partial ?? false) || merged, template: this.template });
  }

  /** The API server refuses a container of a built-in kind that has no image, so that one is whole, and wrong. */
  private isMerged(container: Fields, name: string): boolean {
    const { merged = [], imageLess } = this.shape;
    return (!imageLess && !isBuiltIn(this.object) && !hasImage(container)) || merged.includes(name);
  }

  private filled(value: Fields, defaults: FieldPath | undefined): Fields {
    const found = defaults && read(this.object, ...defaults);
    return isFields(found) ? withDefaults(value, found) : value;
  }
}

/** The other fields, unread: what is not known yet throws only when it is read. */
function without(value: Fields, field: string): Fields {
  const { [field]: _, ...others } = Object.getOwnPropertyDescriptors(value);
  return Object.defineProperties({}, others);
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function hasImage(container: Fields): boolean {
  return readOr(true, () => typeof container.image === 'string' && container.image !== '');
}
