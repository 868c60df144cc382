import { readOr } from './unknown-value';

/** A Kubernetes object as plain data. Nothing in it but `apiVersion` and `kind` is taken on trust. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** The part of an object's metadata that policies read. */
export interface ObjectMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What kind of object it is. */
export type ObjectKind = Pick<KubernetesObject, 'apiVersion' | 'kind'>;

/** What a finding says about the object it is on. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for cluster-scoped objects, and where the manifest leaves it to the context. */
  readonly namespace?: string;
  /** `''` if the object has none. */
  readonly name: string;
}

/** A mapping of unknown content. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping (not a list, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value has what every Kubernetes object has. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return isFields(value) && isText(value.apiVersion) && isText(value.kind);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** API group of an object (`''` for the core group). */
export function apiGroup(object: Pick<ObjectKind, 'apiVersion'>): string {
  const slash = object.apiVersion.indexOf('/');
  return slash < 0 ? '' : object.apiVersion.slice(0, slash);
}

/** The reference a finding names an object by. */
export function referenceTo(object: KubernetesObject): ObjectReference {
  const field = (key: string): unknown => readOr('(not known yet)', () => (isFields(object.metadata) ? object.metadata[key] : undefined));
  const [name, generateName, namespace] = [field('name'), field('generateName'), field('namespace')];
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
    name: typeof name === 'string' ? name : typeof generateName === 'string' ? `${generateName}*` : '',
  };
}

/** `Kind/namespace/name`, as people name an object on the command line. */
export function showReference(reference: Pick<ObjectReference, 'kind' | 'namespace' | 'name'>): string {
  return [reference.kind, reference.namespace, reference.name || '(no name)'].filter((part) => part !== undefined).join('/');
}
