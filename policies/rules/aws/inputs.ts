import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';
import { input } from '../cloud/inputs';

/** A number as the provider reads it, `undefined` for anything else. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The region a resource is said to be in; `''` is that of the provider. */
export function regionOf(resource: CloudResource): string {
  return String(readOr<unknown>('(not known yet)', () => input(resource, 'region')) ?? '');
}
