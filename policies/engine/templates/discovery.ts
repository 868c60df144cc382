import { type FieldPath, formatPath } from '../field-path';
import { apiGroup, type Fields, isFields, isKubernetesObject, type KubernetesObject } from '../object';
import { readOr } from '../unknown-value';
import { builtInTemplate, isBuiltIn } from './built-in';
import { customResourceTemplates } from './custom-resources';
import { type ContainerList, type TemplateShape, under } from './shape';

/** Deeper than any real object; a cycle ends here. */
const DEEPEST = 100;

/** Groups whose objects describe, patch or report on pods instead of making them. */
const ABOUT_PODS =
  /(^|\.)(kyverno\.io|gatekeeper\.sh|kubewarden\.io|istio\.io|policy\.open-cluster-management\.io|aquasecurity\.github\.io|wgpolicyk8s\.io|openreports\.io|softwarecomposition\.kubescape\.io)$/;
/** Values of a Helm chart: what they mean is up to its templates. */
const CHART_VALUES = new Set(['values', 'valuesObject', 'valuesInline', 'helmValues', 'chartValues']);
const API_VERSION = /^([a-z0-9.-]+\/)?v\d+((alpha|beta)\d+)?$/;

/** What only a container has, besides its name. */
const CONTAINER_FIELDS = ['image', 'command', 'args', 'env', 'envFrom', 'resources', 'securityContext', 'volumeMounts', 'ports'];
/** Names under which containers are added to those of a pod that is kept elsewhere. */
const ADDED_CONTAINERS = /^((init|sidecar|extra|additional)Containers|sideCars|sidecars)$/;
const POD_TEMPLATE = /^podTemplate(Spec)?$/;
const EVERY_CONTAINER = '(every container)';

/**
 * Where a custom resource keeps pod templates: where its kind is known to, and wherever something has the form of one,
 * be it in a whole object that it holds. Neither its `metadata` nor its `status` is looked into.
 *
 * @throws RangeError if the object is nested too deeply to be looked through
 */
export function shapesOf(object: KubernetesObject, depth = 0): readonly TemplateShape[] {
  const known = customResourceTemplates(object)?.(object) ?? [];
  const taken = new Set(known.flatMap(placesTaken));
  const discovered = ABOUT_PODS.test(apiGroup(object)) ? [] : new Discovery(depth).of(object);
  return [...known, ...discovered.filter((shape) => !placesOf(shape).some((place) => taken.has(place)))];
}

/** Looks through one object. */
class Discovery {
  private readonly found: TemplateShape[] = [];

  constructor(private readonly depth: number) {}

  of(object: KubernetesObject): readonly TemplateShape[] {
    for (const key of Object.keys(object)) {
      if (key !== 'metadata' && key !== 'status') this.descend(object, key, []);
    }
    return this.found;
  }

  private descend(from: object, key: string | number, path: FieldPath): void {
    const part: unknown = readOr(undefined, () => Reflect.get(from, key));
    if (typeof part !== 'object' || part === null) return;
    const at = [...path, key];
    if (this.depth + at.length > DEEPEST) throw new RangeError(`nested deeper than ${DEEPEST} levels`);
    if (Array.isArray(part)) {
      for (const index of part.keys()) this.descend(part, index, at);
    } else if (isFields(part)) {
      this.look(part, key, at);
    }
  }

  private look(value: Fields, key: string | number, at: FieldPath): void {
    if (isWholeObject(value)) {
      this.found.push(...this.embedded(value, at).map((shape) => under(at, shape)));
      return;
    }
    const shape = shapeAt(value, key, at);
    if (shape) this.found.push(shape);
    for (const inner of Object.keys(value)) {
      if (!(CHART_VALUES.has(inner) && isFields(readOr(undefined, () => value[inner])))) this.descend(value, inner, at);
    }
  }

  /** What an object inside another holds: it is looked through as its own kind is. */
  private embedded(object: KubernetesObject, at: FieldPath): readonly TemplateShape[] {
    if (!isBuiltIn(object)) return shapesOf(object, this.depth + at.length);
    if (object.kind === 'List') return new Discovery(this.depth + at.length).of(object);
    const shape = builtInTemplate(object);
    return shape ? [shape] : [];
  }
}

function isWholeObject(value: Fields): value is KubernetesObject {
  return readOr(false, () => isKubernetesObject(value) && API_VERSION.test(value.apiVersion));
}

/** The pod template that a mapping is by its form, if it is one. */
function shapeAt(value: Fields, key: string | number, at: FieldPath): TemplateShape | undefined {
  const added = Object.keys(value).filter((name) => ADDED_CONTAINERS.test(name) && listHas(value, name, isWholeContainer));
  const lists = added.filter((name) => name !== 'initContainers').map((name): ContainerList => ({ path: [name] }));
  if (listHas(value, 'containers', isContainer)) return { spec: at, ...metadataBeside(at), lists };
  const container = readOr(undefined, () => value.container);
  const singles = isFields(container) && isWholeContainer(container) ? [{ path: ['container'], name: 'container', partial: true }] : [];
  if (added.length + singles.length > 0) return { spec: at, ...metadataBeside(at), partial: true, lists, singles };
  return overrideOf(value, key, at);
}

/** The settings of a pod whose containers are kept elsewhere, by the name they go under. */
function overrideOf(value: Fields, key: string | number, at: FieldPath): TemplateShape | undefined {
  const partial = { partial: true, standIn: EVERY_CONTAINER };
  if (key === 'podSpec') return { spec: at, ...partial };
  if (typeof key !== 'string' || !POD_TEMPLATE.test(key)) return undefined;
  const spec = readOr(undefined, () => value.spec);
  const inner = [...at, 'spec'];
  // A spec with containers is found as what it is.
  return isFields(spec) && !shapeAt(spec, 'spec', inner) ? { spec: inner, metadata: [...at, 'metadata'], ...partial } : undefined;
}

function listHas(value: Fields, key: string, test: (element: unknown) => boolean): boolean {
  const list: unknown = readOr(undefined, () => (Object.hasOwn(value, key) ? value[key] : undefined));
  return Array.isArray(list) && list.some((_, index) => readOr(false, () => test(list[index])));
}

function isContainer(value: unknown): boolean {
  if (!isFields(value)) return false;
  if (typeof readOr<unknown>('', () => value.image) === 'string') return true;
  return 'name' in value && CONTAINER_FIELDS.some((field) => field in value);
}

/** Outside a list of that name, a container is only taken for one if it has an image and something to go with it. */
function isWholeContainer(value: unknown): boolean {
  if (!isFields(value) || typeof readOr<unknown>('', () => value.image) !== 'string') return false;
  return 'name' in value || CONTAINER_FIELDS.some((field) => field !== 'image' && field in value);
}

/** A pod template has its metadata beside its spec. */
function metadataBeside(path: FieldPath): Pick<TemplateShape, 'metadata'> {
  return path.length > 1 && path.at(-1) === 'spec' ? { metadata: [...path.slice(0, -1), 'metadata'] } : {};
}

/** Places of a discovered template: what it was discovered by. */
function placesOf({ spec, standIn, lists = [], singles = [], partial = false }: TemplateShape): readonly string[] {
  if (standIn !== undefined) return [formatPath(spec)];
  const added = partial ? [...lists, ...singles].map(({ path }) => path) : [['containers']];
  return (added.length > 0 ? added : [['initContainers']]).map((path) => formatPath([...spec, ...path]));
}

/** Everything that a known template accounts for. */
function placesTaken({ spec, defaults, lists = [], singles = [] }: TemplateShape): readonly string[] {
  const paths: FieldPath[] = [[], ['initContainers'], ['containers'], ...lists.map(({ path }) => path), ...singles.map(({ path }) => path)];
  return [spec, ...(defaults ? [defaults] : [])].flatMap((around) => paths.map((path) => formatPath([...around, ...path])));
}
