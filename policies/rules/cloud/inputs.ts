import { type FieldPath, read } from '../../engine/field-path';
import { type CloudResource, isFields } from '../../engine/object';
import type { Setting } from '../../engine/setting';
import { readOr, UnknownValueError } from '../../engine/unknown-value';

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

/** The same with its place. */
export function setting(resource: CloudResource, ...path: FieldPath): Setting {
  return { path, value: input(resource, ...path) };
}

/** The elements of a list input, each with its place. A mapping where a list belongs counts as its only element. */
export function elements(resource: CloudResource, ...path: FieldPath): readonly Setting[] {
  const value = input(resource, ...path);
  if (isFields(value)) return [{ path, value }];
  return Array.isArray(value) ? value.map((_, index) => setting(resource, ...path, index)) : [];
}

/** A list, or the one element that stands for it; nothing for an absent value. */
export function listed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** Whether a switch is on. Providers made from Terraform's, and metadata of machines, take the text "true" for it. */
export function isOn(value: unknown): boolean {
  return value === true || isOneOf(value, 'true');
}

/** Whether a switch is set to off, rather than left to its default. */
export function isOff(value: unknown): boolean {
  return value === false || isOneOf(value, 'false');
}

/** Whether a value is one of some names, whatever their case. */
export function isOneOf(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === 'string' && names.some((name) => name.toLowerCase() === value.toLowerCase());
}

/** Whether an input that names something does so. */
export function isNamed(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Whether anything is stated: a value that is neither absent nor blank. */
export function isStated(value: unknown): boolean {
  return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}

/** The names by which other resources may refer to one: for looking up only, never for a verdict. */
export function nameOf(resource: CloudResource, property = 'name'): string | undefined {
  const name = readOr(undefined, () => read(resource.properties, property));
  return isNamed(name) ? name : undefined;
}

/** A document that is given as JSON text or as what the text says; `undefined` if the text is no JSON. */
export function documentOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
