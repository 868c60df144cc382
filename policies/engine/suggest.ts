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

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
