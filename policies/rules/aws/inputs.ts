import { type FieldPath, read } from '../../engine/field-path';
import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';

/** An input of a resource. @throws UnknownValueError if its value is not known yet */
export function input(resource: CloudResource, ...path: FieldPath): unknown {
  return read(resource.properties, ...path);
}

/** Whether a value is true as the provider reads it: some of its booleans are declared as text. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** Whether a value is false as the provider reads it. */
export function isFalse(value: unknown): boolean {
  return value === false || (typeof value === 'string' && value.toLowerCase() === 'false');
}

/** A list, or the one element that stands for it; nothing for an absent value. */
export function listed(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A number as the provider reads it, `undefined` for anything else. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The region a resource is said to be in; `''` is that of the provider. */
export function regionOf(resource: CloudResource): string {
  return String(readOr<unknown>('(not known yet)', () => input(resource, 'region')) ?? '');
}
