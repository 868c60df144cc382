import { type FieldPath, read } from './field-path';
import { type Fields, isFields } from './object';
import { readOr } from './unknown-value';

/**
 * A strategic merge patch that sets one field; list elements are found by their name.
 *
 * @returns `undefined` if a list on the way has an element without a name, so that no patch could reach it
 */
export function patchOf(object: Fields, path: FieldPath, value: unknown): Fields | undefined {
  let patch: unknown = value;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const step = path[depth];
    if (typeof step === 'string') {
      patch = { [step]: patch };
      continue;
    }
    const name = readOr(undefined, () => read(object, ...path.slice(0, depth + 1), 'name'));
    if (typeof name !== 'string' || !(patch === null || isFields(patch))) return undefined;
    patch = [patch === null ? { name, $patch: 'delete' } : { name, ...patch }];
  }
  return isFields(patch) ? patch : undefined;
}
