import type { FieldPath } from '../../engine/field-path';
import { type CloudResource, type Fields, isFields, objectOf, type ObjectReference, type Subject } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { pulumiKind, withoutVersion } from './kinds';
import { readValue } from './values';

/** What a resource is for policies. */
export interface PulumiSubject {
  readonly subject: Subject;
  /** Whether it only completes an object of someone else. */
  readonly partial: boolean;
  /** From the resource to the inputs. */
  readonly inputs: FieldPath;
}

const RELEASE = /^kubernetes:helm\.sh\/v\d+:Release$/;
/** Components of the Kubernetes provider; what is in them is registered apart. */
const COMPONENT = /^kubernetes:(?:helm\.sh|yaml|kustomize)[:/]/;

/**
 * What policies judge of a resource; a reason if there is something that they cannot see; `undefined` if there is nothing
 * to judge: components, providers, what is only read, and what is about to be deleted.
 */
export function subjectOf(state: Fields): PulumiSubject | string | undefined {
  const urn = typeof state.urn === 'string' ? state.urn : undefined;
  const type = typeof state.type === 'string' ? state.type : typeOf(urn);
  if (type === undefined || type.startsWith('pulumi:')) return undefined;
  if (state.custom === false || state.external === true || state.delete === true || state.pendingReplacement === true) return undefined;
  if (RELEASE.test(type)) return 'a Helm release: its objects are not among its inputs; check what `helm template` prints';
  if (COMPONENT.test(type)) return undefined;
  const inputs = isFields(state.inputs) ? 'inputs' : 'outputs';
  const values = readValue(state[inputs]);
  const fields = isFields(values) ? values : {};
  const object = kubernetesObject(type, fields);
  return object ? { ...object, inputs: [inputs] } : { subject: cloudResource(withoutVersion(type), urn, fields, state), partial: false, inputs: [inputs] };
}

/** How reports name a resource. */
export function referenceOf({ type, urn }: Fields): ObjectReference {
  const kind = typeof type === 'string' ? type : (typeOf(typeof urn === 'string' ? urn : undefined) ?? '');
  return { apiVersion: kind.split(':', 1)[0] ?? '', kind, name: nameOf(typeof urn === 'string' ? urn : undefined) };
}

/** The Kubernetes object that a resource of a type with these inputs stands for; `undefined` if it is none. */
export function kubernetesObject(type: string, fields: Fields): Pick<PulumiSubject, 'subject' | 'partial'> | undefined {
  const stated = { apiVersion: readOr(undefined, () => fields.apiVersion), kind: readOr(undefined, () => fields.kind) };
  const named = pulumiKind(type, stated.kind);
  if (!named) return undefined;
  const apiVersion = typeof stated.apiVersion === 'string' && stated.apiVersion !== '' ? stated.apiVersion : named.apiVersion;
  const kind = typeof stated.kind === 'string' && stated.kind !== '' ? stated.kind : named.kind;
  return { subject: objectOf({ apiVersion, kind }, fields), partial: named.partial };
}

function cloudResource(type: string, urn: string | undefined, properties: Fields, { id, propertyDependencies }: Fields): CloudResource {
  return {
    type,
    name: nameOf(urn),
    properties,
    ...(urn !== undefined && { urn }),
    ...(typeof id === 'string' && id !== '' && { id }),
    ...(isFields(propertyDependencies) && { dependencies: dependenciesOf(propertyDependencies) }),
  };
}

function dependenciesOf(properties: Fields): Readonly<Record<string, readonly string[]>> {
  const urnsOf = (urns: unknown): string[] => (Array.isArray(urns) ? urns.filter((urn) => typeof urn === 'string') : []);
  return Object.fromEntries(Object.entries(properties).map(([property, urns]) => [property, urnsOf(urns)]));
}

/** The name at the end of `urn:pulumi:stack::project::types::name`; a name may have colons itself. */
function nameOf(urn = ''): string {
  return urn.split('::').slice(3).join('::');
}

/** The last of the types in a URN: those before it are its parents'. */
function typeOf(urn = ''): string | undefined {
  return urn.split('::')[2]?.split('$').at(-1) || undefined;
}
