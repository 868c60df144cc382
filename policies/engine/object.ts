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

/** A resource of a cloud, as Pulumi registers it: its type and its inputs. Nothing in the inputs is taken on trust. */
export interface CloudResource {
  /** Pulumi type, e.g. `aws:eks/cluster:Cluster`; without the API version that Azure's types may carry. */
  readonly type: string;
  /** Name in the stack. */
  readonly name: string;
  /** Inputs of the resource. Reading one that is not known yet throws an `UnknownValueError`. */
  readonly properties: Fields;
  /** Pulumi's own name of the resource. @default none */
  readonly urn?: string;
  /** The cloud's id of the resource, if it exists already. @default not known */
  readonly id?: string;
  /** By input, the URNs of the resources whose outputs went into it. @default none are known */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** What a policy may be about. */
export type Subject = KubernetesObject | CloudResource;

/** What a finding says about the object it is on. */
export interface ObjectReference {
  /** Of a cloud resource: its Pulumi package, e.g. `aws`. */
  readonly apiVersion: string;
  /** Of a cloud resource: its Pulumi type. */
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

/** Whether a value is a cloud resource rather than a Kubernetes object. */
export function isCloudResource(value: unknown): value is CloudResource {
  return isFields(value) && !('apiVersion' in value) && isText(value.type) && typeof value.name === 'string' && isFields(value.properties);
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
export function referenceTo(object: Subject): ObjectReference {
  if (isCloudResource(object)) return { apiVersion: object.type.split(':', 1)[0] ?? '', kind: object.type, name: object.name };
  const field = (key: string): unknown => readOr('(not known yet)', () => (isFields(object.metadata) ? object.metadata[key] : undefined));
  const [name, generateName, namespace] = [shown(field('name')), shown(field('generateName')), shown(field('namespace'))];
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    ...(namespace !== '' && { namespace }),
    name: name !== '' || generateName === '' ? name : `${generateName}*`,
  };
}

/** A name as it stands there: YAML reads some names as numbers or booleans, which the API server refuses. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An object with the fields of another mapping. None of them is read before someone asks: one that is not known yet would throw. */
export function objectOf({ apiVersion, kind }: ObjectKind, fields: Fields): KubernetesObject {
  const object: KubernetesObject = { apiVersion, kind };
  for (const field of Object.keys(fields)) {
    if (!(field in object)) Object.defineProperty(object, field, { enumerable: true, configurable: true, get: () => fields[field] });
  }
  return object;
}

/** `Kind/namespace/name`, as people name an object on the command line. */
export function showReference(reference: Pick<ObjectReference, 'kind' | 'namespace' | 'name'>): string {
  return [reference.kind, reference.namespace, reference.name || '(no name)'].filter((part) => part !== undefined).join('/');
}
