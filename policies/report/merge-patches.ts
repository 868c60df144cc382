import type { Finding } from '../engine/finding';
import { type Fields, isFields } from '../engine/object';

/**
 * Puts the patches of findings on one object together: as one, or as several to be applied in turn, where two of them
 * want the same field to be something else.
 */
export function mergePatches(findings: readonly Pick<Finding, 'patch' | 'path' | 'found'>[]): readonly Fields[] {
  const merged: Fields[] = [];
  let left = perField(findings);
  while (left.length > 0) {
    const disagreeing: Fields[] = [];
    let all: Fields = {};
    for (const patch of left) {
      const both = mergeFields(all, patch);
      if (both) all = both;
      else disagreeing.push(patch);
    }
    merged.push(all);
    left = disagreeing;
  }
  return merged;
}

/** The patches, those for one field as one where what is found there tells how. */
function perField(findings: readonly Pick<Finding, 'patch' | 'path' | 'found'>[]): Fields[] {
  const byPath = new Map<string, Fields>();
  const others: Fields[] = [];
  for (const { path, patch, found } of findings) {
    if (!patch) continue;
    const before = byPath.get(path);
    const both = before ? mergeFields(before, patch, isTexts(found) ? found : []) : patch;
    if (both) byPath.set(path, both);
    else others.push(patch);
  }
  return [...byPath.values(), ...others];
}

/** @param found the list that stands at the one field that both change */
function mergeFields(a: Fields, b: Fields, found?: readonly string[]): Fields | undefined {
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

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
