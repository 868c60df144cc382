import { closest, distance } from 'fastest-levenshtein';

/** "; did you mean 'x'?" if one of the known words is near, nothing otherwise. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(word.toLowerCase(), [...known].map((each) => each.toLowerCase()));
  const original = known.find((each) => each.toLowerCase() === nearest);
  const near = distance(word.toLowerCase(), nearest) <= Math.max(2, Math.floor(word.length / 3));
  return near && original ? `; did you mean '${original}'?` : '';
}
