/**
 * A value that is known only at deploy time (a Pulumi Output, say) travels through constructs as a marker inside
 * ordinary strings. Consumers that can resolve it (the Pulumi bridge) do; the others refuse it.
 */
const MARKER = /\$\{KubeflowToken\[(\d+)\](\|json)?\}/g;

interface Entry {
  readonly value: unknown;
  readonly description: string;
}

const entries: Entry[] = [];
const markers = new WeakMap<object, string>();

/**
 * The marker that stands for a deploy-time value. The same value always has the same marker.
 *
 * @param value the deploy-time value; constructs never look into it
 * @param description what it is, for error messages
 */
export function createToken(value: object, description: string): string {
  const known = markers.get(value);
  if (known !== undefined) return known;
  const marker = `\${KubeflowToken[${entries.length}]}`;
  entries.push({ value, description });
  markers.set(value, marker);
  return marker;
}

/** Whether a string holds at least one marker. */
export function hasToken(text: string): boolean {
  return text.includes('${KubeflowToken[');
}

/** A string cut at its markers. `json` says the value stands inside JSON text and must be escaped as such. */
export type TokenPart = string | { readonly value: unknown; readonly description: string; readonly json: boolean };

/** Cuts a string at its markers; the parts joined are the string. */
export function splitTokens(text: string): TokenPart[] {
  const parts: TokenPart[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKER)) {
    const entry = entries[Number(match[1])];
    if (!entry) throw new Error(`${match[0]} stands for no value known to this process`);
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ ...entry, json: match[2] !== undefined });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** Marks every marker in JSON text as standing inside JSON, so that its value is escaped when it is put in. */
export function markTokensAsJson(json: string): string {
  return json.replace(MARKER, (_, index: string) => `\${KubeflowToken[${index}]|json}`);
}

/** Paths of all markers in a value, for refusals. */
export function findTokens(value: unknown, path = ''): { readonly path: string; readonly description: string }[] {
  if (typeof value === 'string') {
    if (!hasToken(value)) return [];
    return splitTokens(value).flatMap((part) => (typeof part === 'string' ? [] : [{ path, description: part.description }]));
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => findTokens(item, `${path}[${index}]`));
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, item]) => findTokens(item, path ? `${path}.${key}` : key));
  }
  return [];
}
