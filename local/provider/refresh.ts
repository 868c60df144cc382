import { FIELD_MANAGER } from '../../components/apiserver/client';
import { isObject, type LiveObject } from '../../components/apiserver/objects';

/**
 * The inputs as the cluster has them now. A field we still own has the value we gave it, whatever form the server stores
 * it in; one that another manager has taken, or that is gone, shows what is there. Fields we never set (defaults, an
 * injected caBundle, a sidecar) are never reported.
 */
export function liveInputs(inputs: Record<string, unknown>, live: LiveObject): Record<string, unknown> {
  const ours = live.metadata.managedFields?.find(({ manager, operation, subresource }) => manager === FIELD_MANAGER && operation === 'Apply' && !subresource);
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(inputs)) {
    const current = key === 'apiVersion' || key === 'kind' ? value : key === 'stringData' ? decoded(value, live['data']) : project(value, live[key], key === 'metadata' ? identified(ours?.fieldsV1?.['f:metadata']) : ours?.fieldsV1?.[`f:${key}`]);
    if (current !== undefined) result[key] = current;
  }
  return result;
}

/** `stringData` is write-only: the server keeps it as `data`. */
function decoded(input: unknown, data: unknown): Record<string, unknown> | undefined {
  if (!isObject(input) || !isObject(data)) return undefined;
  return Object.fromEntries(Object.keys(input).flatMap((key) => {
    const value = data[key];
    return typeof value === 'string' ? [[key, Buffer.from(value, 'base64').toString('utf8')]] : [];
  }));
}

/** Name and namespace are the object's identity; no manager is recorded for them. */
function identified(owned: unknown): Record<string, unknown> {
  return { ...(isObject(owned) ? owned : {}), 'f:name': {}, 'f:namespace': {} };
}

/**
 * @param owned our part of `managedFields` for this value: an object of `f:`, `k:`, `v:` members, empty for a value owned
 * as a whole, nothing when it is not ours
 */
function project(input: unknown, live: unknown, owned: unknown): unknown {
  if (isObject(owned) && isWhole(owned)) return input;
  if (isObject(input) && isObject(live)) {
    const result: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(input)) {
      const current = project(value, live[key], isObject(owned) ? owned[`f:${key}`] : undefined);
      if (current !== undefined) result[key] = current;
    }
    return result;
  }
  if (Array.isArray(input) && Array.isArray(live)) return projectList(input, live, isObject(owned) ? owned : {});
  return live;
}

/** Elements are matched by the keys ownership names; where it names none the list is what the cluster says. */
function projectList(input: readonly unknown[], live: readonly unknown[], owned: Record<string, unknown>): unknown[] {
  const keyed = Object.keys(owned).filter((key) => key.startsWith('k:')).map((key) => ({ match: JSON.parse(key.slice(2)) as unknown, fields: owned[key] }));
  const values = new Set(Object.keys(owned).filter((key) => key.startsWith('v:')).map((key) => JSON.stringify(JSON.parse(key.slice(2)))));
  if (keyed.length === 0 && values.size === 0) return live.map((item, index) => (index < input.length ? project(input[index], item, undefined) : item));
  return input.flatMap((item) => {
    if (values.has(JSON.stringify(item))) return [item];
    // A key with a default (a port's protocol) is in the ownership though the input does not say it.
    const owner = keyed.find(({ match }) => isObject(item) && isObject(match) && Object.entries(match).every(([key, value]) => item[key] === undefined || item[key] === value));
    if (!owner) return [];
    const current = live.find((candidate) => isObject(candidate) && isObject(owner.match) && Object.entries(owner.match).every(([key, value]) => candidate[key] === value));
    return current === undefined ? [] : [project(item, current, owner.fields)];
  });
}

/** Nothing but itself: a scalar, or a list or map that is owned as one. */
function isWhole(owned: Record<string, unknown>): boolean {
  return Object.keys(owned).every((key) => key === '.') && !('.' in owned);
}

/** Inputs that would give the object as it is, for `pulumi import`. */
export function importedInputs(live: LiveObject): Record<string, unknown> {
  const { status: _status, metadata, ...rest } = live;
  const { name, namespace, labels, annotations } = metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration' && key !== 'deployment.kubernetes.io/revision');
  return {
    ...rest,
    metadata: { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}), ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}) },
  };
}
