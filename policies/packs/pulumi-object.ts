import { isFields, type KubernetesObject, type ObjectKind } from '../engine/object';
import { withUnknownValues } from '../engine/unknown-value';

/** A Kubernetes object out of a Pulumi resource. */
export interface PulumiObject {
  readonly object: KubernetesObject;
  /** Whether the resource is a patch of an object that something else owns. */
  readonly partial: boolean;
  /** Whether anyone has yet asked for a value that a preview does not know. */
  sawUnknown(): boolean;
}

const TOKEN = /^kubernetes:((?:[a-z0-9.-]+\/)?v\d+(?:(?:alpha|beta)\d+)?):([A-Z]\w*)$/;
/** Resources of the Kubernetes provider that are no objects: what they contain is registered apart, or not seen at all. */
const NOT_OBJECTS = /^(?:helm\.sh|yaml|kustomize)\//;

/** The kind of object that a Pulumi resource type stands for, before its inputs are looked at. */
export function pulumiKind(type: string): (ObjectKind & Pick<PulumiObject, 'partial'>) | undefined {
  const [, version, kind] = TOKEN.exec(type) ?? [];
  if (version === undefined || kind === undefined || NOT_OBJECTS.test(version)) return undefined;
  // Pulumi names the core group, Kubernetes does not.
  return { apiVersion: version.replace(/^core\//, ''), kind: kind.replace(/Patch$/, ''), partial: kind.endsWith('Patch') };
}

/**
 * The Kubernetes object of a Pulumi resource such as `kubernetes:apps/v1:Deployment`; `undefined` if it has none.
 * Values that a preview does not know yet throw when a policy reads them.
 *
 * @param props inputs of the resource, as a policy pack receives them
 */
export function pulumiObject(type: string, props: Readonly<Record<string, unknown>>): PulumiObject | undefined {
  const named = pulumiKind(type);
  if (!named) return undefined;
  let sawUnknown = false;
  const values = withUnknownValues(props, (error) => {
    const unknown = isUnknownValueError(error);
    sawUnknown ||= unknown;
    return unknown;
  });
  if (!isFields(values)) return undefined;
  const statedVersion = values.apiVersion;
  const statedKind = values.kind;
  const object: KubernetesObject = {
    apiVersion: typeof statedVersion === 'string' ? statedVersion : named.apiVersion,
    kind: typeof statedKind === 'string' ? statedKind : named.kind,
  };
  for (const field of Object.keys(values)) {
    // Nothing is read here: an unknown value would throw, and most of an object interests no policy.
    if (!(field in object)) Object.defineProperty(object, field, { enumerable: true, configurable: true, get: () => values[field] });
  }
  return { object, partial: named.partial, sawUnknown: () => sawUnknown };
}

/** The SDK's own error for reading an unknown value is not among its exports; it is known by the field it carries. */
function isUnknownValueError(error: unknown): boolean {
  return error instanceof Error && 'unknownTypeSentinel' in error;
}
