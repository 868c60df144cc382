/** Everything, as rules write it. */
export const ALL = '*';

/** Whether an entry of a rule stands for more than what it says. */
export function hasWildcard(entry: string): boolean {
  return entry.includes(ALL);
}

/**
 * Whether an entry of a rule is, or stands for, a name. The API server knows `*` alone, and `*` before the slash of a
 * subresource; whoever writes one elsewhere (`nodes/*`, `p*ds`) means it, whether or not it is granted.
 */
export function matches(entry: string, name: string): boolean {
  if (entry === ALL || entry === name) return true;
  return hasWildcard(entry) && matchesParts(entry.split(ALL), name);
}

/** Whether a name is made of these parts with anything between them. Linear in its length for each part. */
function matchesParts(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
