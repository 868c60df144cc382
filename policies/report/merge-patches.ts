import type { Finding } from '../engine/finding';
import type { Fields } from '../engine/object';
import { isTexts, mergeFields } from '../engine/patch';

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
