import { isFields } from '../engine/object';

const INDENT = '  ';

/** A value as JSON, whatever it is: what JSON has no form for becomes text. */
export function toJson(value: unknown, indent?: string): string {
  try {
    return JSON.stringify(value, undefined, indent) ?? JSON.stringify(String(value));
  } catch {
    return JSON.stringify(withoutCycles(value, new Set()), undefined, indent);
  }
}

/**
 * A value as indented JSON, in parts. Lists may be any iterable, so that they need never exist as a whole.
 *
 * @param lists how many lists inside each other are opened; the items of the innermost are one part each
 */
export function* jsonPieces(value: unknown, lists: number, indent = ''): Iterable<string> {
  const inner = indent + INDENT;
  if (lists === 0 || typeof value !== 'object' || value === null) {
    yield toJson(value, INDENT).replaceAll('\n', `\n${indent}`);
  } else if (isIterable(value)) {
    let started = false;
    for (const item of value) {
      yield `${started ? ',' : '['}\n${inner}`;
      started = true;
      yield* jsonPieces(item, lists - 1, inner);
    }
    yield started ? `\n${indent}]` : '[]';
  } else {
    let started = false;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      yield `${started ? ',' : '{'}\n${inner}${JSON.stringify(key)}: `;
      started = true;
      yield* jsonPieces(item, lists, inner);
    }
    yield started ? `\n${indent}}` : '{}';
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** A copy that JSON has a form for. */
function withoutCycles(value: unknown, above: ReadonlySet<unknown>): unknown {
  if (typeof value === 'bigint') return String(value);
  if (above.has(value)) return '(refers to itself)';
  const path = new Set([...above, value]);
  if (Array.isArray(value)) return value.map((item) => withoutCycles(item, path));
  if (!isFields(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCycles(item, path)]));
}
