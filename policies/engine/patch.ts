import { type FieldPath, read } from './field-path';
import { type Fields, isFields } from './object';
import { readOr } from './unknown-value';

/**
 * A strategic merge patch that sets one field; list elements are found by their name.
 *
 * @returns `undefined` if an element on the way has no name, or shares it with another, so that no patch could reach it
 */
export function patchOf(object: Fields, path: FieldPath, value: unknown): Fields | undefined {
  let patch: unknown = value;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const step = path[depth] ?? '';
    if (typeof step === 'string') {
      patch = { [step]: patch };
      continue;
    }
    const list = readOr(undefined, () => read(object, ...path.slice(0, depth)));
    const name = nameAt(list, step);
    if (name === undefined || !(patch === null || isFields(patch))) return undefined;
    if (Array.isArray(list) && list.some((_, index) => index !== step && nameAt(list, index) === name)) return undefined;
    patch = [patch === null ? { name, $patch: 'delete' } : { name, ...patch }];
  }
  return isFields(patch) ? patch : undefined;
}

function nameAt(list: unknown, index: number): string | undefined {
  const name = readOr(undefined, () => read(list, index, 'name'));
  return typeof name === 'string' ? name : undefined;
}

/**
 * Puts two strategic merge patches together.
 *
 * @param found the list that stands at the one field that both change, if that is known: it tells what each does to it
 * @returns `undefined` if the two cannot hold together
 */
export function mergeFields(a: Fields, b: Fields, found?: readonly string[]): Fields | undefined {
  // What is deleted has no fields to set.
  if (a.$patch === 'delete') return a;
  if (b.$patch === 'delete') return b;
  const merged: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const both = Object.hasOwn(a, key) ? mergeValues(a[key], value, found) : value;
    if (both === undefined) return undefined;
    merged[key] = both;
  }
  return merged;
}

/** `undefined` if the two cannot hold together. */
function mergeValues(a: unknown, b: unknown, found?: readonly string[]): unknown {
  if (isFields(a) && isFields(b)) return mergeFields(a, b, found);
  if (Array.isArray(a) && Array.isArray(b) && [...a, ...b].every(isNamed)) return mergeNamed(a, b, found);
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  return found && mergeTexts(a ?? [], b ?? [], found);
}

/** Of two that take away from a list, what both leave; of two that add to it, all. */
function mergeTexts(a: unknown, b: unknown, found: readonly string[]): readonly string[] | null | undefined {
  if (!isTexts(a) || !isTexts(b)) return undefined;
  if ([...a, ...b].every((text) => found.includes(text))) {
    const kept = a.filter((text) => b.includes(text));
    return kept.length > 0 ? kept : null;
  }
  return found.every((text) => a.includes(text) && b.includes(text)) ? [...new Set([...a, ...b])] : undefined;
}

function mergeNamed(a: readonly Named[], b: readonly Named[], found?: readonly string[]): readonly Named[] | undefined {
  const merged = new Map(a.map((element) => [element.name, element]));
  for (const element of b) {
    const same = merged.get(element.name);
    const both = same ? mergeFields(same, element, found) : element;
    if (!both) return undefined;
    merged.set(element.name, { ...both, name: element.name });
  }
  return [...merged.values()];
}

type Named = Fields & { readonly name: string };

function isNamed(value: unknown): value is Named {
  return isFields(value) && typeof value.name === 'string';
}

/** Whether a value is a list of texts. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
