import { isFields, type Subject } from '../engine/object';
import { readOr, withUnknownValues } from '../engine/unknown-value';
import { pulumiKind, withoutVersion } from '../sources/pulumi/kinds';
import { kubernetesObject } from '../sources/pulumi/resource';

/** What policies look at, out of a Pulumi resource. */
export interface PulumiSubject {
  readonly subject: Subject;
  /** Whether the resource is a patch of an object that something else owns. */
  readonly partial: boolean;
  /** Whether anyone has yet asked for a value that a preview does not know. */
  sawUnknown(): boolean;
}

/** A resource as a policy pack receives it. */
export interface PackResource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly urn: string;
  readonly name: string;
  readonly propertyDependencies?: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

/** Resources of Pulumi itself, and those that only group others. A Helm release tells at least what is installed. */
const NOT_RESOURCES = /^(?:pulumi|kubeflow-cdk|kubernetes(?!:helm\.sh\/)):/;

/** The type by which policies know a cloud resource; `undefined` if it is no resource of a cloud. */
export function cloudType(type: string): string | undefined {
  return NOT_RESOURCES.test(type) ? undefined : withoutVersion(type);
}

/**
 * What policies look at in a Pulumi resource: the Kubernetes object of one such as `kubernetes:apps/v1:Deployment`, or
 * the resource of a cloud; `undefined` if it is neither. Values that a preview does not know yet throw when a policy
 * reads them.
 */
export function pulumiSubject({ type, props, urn, name, propertyDependencies = {} }: PackResource): PulumiSubject | undefined {
  const cloud = pulumiKind(type) ? undefined : cloudType(type);
  if (!pulumiKind(type) && cloud === undefined) return undefined;
  let unknown = false;
  const values = withUnknownValues(props, (error) => {
    const means = isUnknownValueError(error);
    unknown ||= means;
    return means;
  });
  if (!isFields(values)) return undefined;
  const sawUnknown = (): boolean => unknown;
  const object = kubernetesObject(type, values);
  if (object) return { ...object, sawUnknown };
  if (cloud === undefined) return undefined;
  const id = Object.hasOwn(values, 'id') ? readId(values) : undefined;
  const dependencies = Object.fromEntries(Object.entries(propertyDependencies).map(([property, from]) => [property, from.map((resource) => resource.urn)]));
  return { subject: { type: cloud, name, urn, properties: values, dependencies, ...(id !== undefined && { id }) }, partial: false, sawUnknown };
}

function readId(values: Readonly<Record<string, unknown>>): string | undefined {
  const id = readOr(undefined, () => values.id);
  return typeof id === 'string' ? id : undefined;
}

/** The SDK's own error for reading an unknown value is not among its exports; it is known by the field it carries. */
function isUnknownValueError(error: unknown): boolean {
  return error instanceof Error && 'unknownTypeSentinel' in error;
}
