/** A JSON object whose fields have not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a JSON object, else an empty one: manifests are user input and may be malformed. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a non-empty string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item): item is string => typeof item === 'string');
}

/** A string map such as labels; entries that are not strings are left out. */
export function textMapOf(value: unknown): Readonly<Record<string, string>> {
  const map: Record<string, string> = {};
  for (const [key, item] of Object.entries(fieldsOf(value))) if (typeof item === 'string') map[key] = item;
  return map;
}

type Segment = { readonly key: string } | 'items' | 'values';

const parsed = new Map<string, readonly Segment[]>();

/** `a.b[*].c` (items of a list), `a.*.b` (values of a map), `a["x/y"]` (a key with dots). */
function segmentsOf(pattern: string): readonly Segment[] {
  let segments = parsed.get(pattern);
  if (!segments) {
    segments = [...pattern.matchAll(/\["([^"]+)"\]|(\[\*\])|([^.[\]]+)/g)].map(([, quoted, items, key]) => {
      if (items) return 'items';
      if (key === '*') return 'values';
      return { key: quoted ?? key ?? '' };
    });
    parsed.set(pattern, segments);
  }
  return segments;
}

/** Calls `visit` with each value the pattern matches, and its concrete path below `base`. */
export function visitFields(
  root: unknown,
  pattern: string,
  visit: (value: unknown, path: string) => void,
  base = '',
): void {
  const segments = segmentsOf(pattern);
  const walk = (value: unknown, depth: number, path: string): void => {
    if (value === undefined || value === null) return;
    const segment = segments[depth];
    if (segment === undefined) visit(value, path);
    else if (segment === 'items') listOf(value).forEach((item, i) => walk(item, depth + 1, `${path}[${i}]`));
    else if (segment === 'values') {
      for (const [key, item] of Object.entries(fieldsOf(value))) walk(item, depth + 1, joinPath(path, key));
    } else if (isFields(value)) walk(value[segment.key], depth + 1, joinPath(path, segment.key));
  };
  walk(root, 0, base);
}

export function joinPath(base: string, key: string): string {
  if (/[./]/.test(key)) return `${base}["${key}"]`;
  return base ? `${base}.${key}` : key;
}
