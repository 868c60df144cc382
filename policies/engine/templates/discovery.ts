import type { FieldPath } from '../field-path';
import { apiGroup, isFields, type KubernetesObject } from '../object';
import { readOr } from '../unknown-value';
import type { TemplateShape } from './shape';

/** Deeper than any real object; a cycle ends here. */
const DEEPEST = 100;

/** Groups whose objects describe or report on pods instead of making them. */
const ABOUT_PODS = /(^|\.)(kyverno\.io|gatekeeper\.sh|aquasecurity\.github\.io|wgpolicyk8s\.io|kubewarden\.io)$/;

/** What only a container has, besides its name. */
const CONTAINER_FIELDS = ['image', 'command', 'args', 'env', 'envFrom', 'resources', 'securityContext', 'volumeMounts', 'ports'];

/**
 * Finds pod specs in a custom resource by their form: a mapping with a list of containers. Neither `metadata` nor
 * `status` is looked into.
 *
 * @throws RangeError if the object is nested too deeply to be looked through
 */
export function discoverTemplates(object: KubernetesObject): readonly TemplateShape[] {
  if (ABOUT_PODS.test(apiGroup(object))) return [];
  const found: TemplateShape[] = [];
  const walk = (value: object, path: FieldPath): void => {
    if (path.length > DEEPEST) throw new RangeError(`nested deeper than ${DEEPEST} levels`);
    const isList = Array.isArray(value);
    if (!isList && isPodSpec(value)) found.push({ spec: path, ...metadataBeside(path) });
    for (const key of Object.keys(value)) {
      if (path.length === 0 && (key === 'metadata' || key === 'status')) continue;
      const part: unknown = readOr(undefined, () => Reflect.get(value, key));
      if (typeof part === 'object' && part !== null) walk(part, [...path, isList ? Number(key) : key]);
    }
  };
  walk(object, []);
  return found;
}

function isPodSpec(value: object): boolean {
  const containers: unknown = readOr(undefined, () => Reflect.get(value, 'containers'));
  return Array.isArray(containers) && containers.some((_, index) => readOr(false, () => isContainer(containers[index])));
}

function isContainer(value: unknown): boolean {
  if (!isFields(value)) return false;
  const image = readOr<unknown>('', () => value.image);
  if (typeof image === 'string') return true;
  return 'name' in value && CONTAINER_FIELDS.some((field) => field in value);
}

/** A pod template has its metadata beside its spec. */
function metadataBeside(path: FieldPath): Pick<TemplateShape, 'metadata'> {
  return path.length > 1 && path.at(-1) === 'spec' ? { metadata: [...path.slice(0, -1), 'metadata'] } : {};
}
