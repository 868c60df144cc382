import { readOr } from '../engine/unknown-value';

/** A value as a message shows it, also one that is of the wrong type. */
export function shown(value: unknown): string {
  return typeof value === 'object' ? readOr('a value that is not known yet', () => JSON.stringify(value)) : String(value);
}
