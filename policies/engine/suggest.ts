import { distance } from 'fastest-levenshtein';

/** A name cut off earlier could be the start of too many. */
const SHORTEST_START = 4;

/** The candidate that a name begins, or the closest to a mistyped one, if one is close enough to be meant. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const begun = name.length >= SHORTEST_START ? all.find((candidate) => candidate.startsWith(name)) : undefined;
  if (begun !== undefined) return begun;
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(name.length / 3)) + 1;
  for (const candidate of all) {
    const steps = distance(name, candidate);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}
