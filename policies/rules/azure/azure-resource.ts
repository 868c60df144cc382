import { type FieldPath, read } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import { UnknownValueError } from '../../engine/unknown-value';

/** A resource for a policy's examples. */
export function azureResource(type: string, properties: Fields, name = 'example'): CloudResource {
  return { type: `azure-native:${type}`, name, properties };
}

/**
 * An input of a resource, `undefined` where it is not set.
 *
 * @throws UnknownValueError with the input's path, if its value is not known yet
 */
export function input(resource: CloudResource, ...path: FieldPath): unknown {
  try {
    return read(resource.properties, ...path);
  } catch (error) {
    throw error instanceof UnknownValueError ? new UnknownValueError(error.message, path) : error;
  }
}

/** Elements of a list, with their place; none of anything that is no list. */
export function inputList(resource: CloudResource, ...path: FieldPath): readonly { readonly path: FieldPath; readonly value: unknown }[] {
  const list = input(resource, ...path);
  if (!Array.isArray(list)) return [];
  return list.map((_, index) => ({ path: [...path, index], value: input(resource, ...path, index) }));
}

/** Whether a value is one of some names. Azure compares the names in its enumerations without regard to case. */
export function isOneOf(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'string' && names.some((name) => name.toLowerCase() === value.toLowerCase());
}

/** Whether something is stated: neither absent nor empty. */
export function isStated(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}
