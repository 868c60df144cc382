import { CORE_SCHEMA, load, Type, YAMLException } from 'js-yaml';
import type { Position } from './source';

/** What a document holds, or why and where it cannot be read. */
export type Parsed = { readonly value: unknown } | ({ readonly reason: string } & Position);

/** Aliases may make a document this many times larger than its text could say without them. */
const MOST_NODES = 1_000_000;
const TEMPLATE_HINT = '; it looks like a template: render it first';

const TRUE = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y']);
const FALSE = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N']);

/**
 * YAML as Kubernetes' own tools read it: `privileged: yes` is true there, and merge keys are merged.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go
 */
const KUBERNETES = CORE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:bool', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && (TRUE.has(text) || FALSE.has(text)),
      construct: (text: string) => TRUE.has(text),
    }),
    new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }),
  ],
});

/** Parses one YAML or JSON document. Duplicate keys, unknown tags and alias bombs are refused. */
export function parseDocument(text: string): Parsed {
  let value: unknown;
  try {
    value = load(text, { schema: KUBERNETES });
  } catch (error) {
    if (error instanceof YAMLException) return broken(text, error);
    if (error instanceof RangeError) return { reason: 'nested too deeply', line: 1, column: 1 };
    throw error;
  }
  const reason = text.includes('*') ? refuseAliases(value) : undefined;
  if (reason !== undefined) return { reason, line: 1, column: 1 };
  return text.includes('{{') && hasMappingAsKey(value) ? unrendered(text) : { value };
}

/** `{{ x }}` without quotes is a mapping whose key is a mapping: valid YAML, but no JSON. */
function hasMappingAsKey(value: unknown): boolean {
  return JSON.stringify(value).includes('"[object Object]":');
}

function unrendered(text: string): Parsed {
  const before = text.slice(0, text.indexOf('{{')).split('\n');
  return { reason: `a mapping stands for a key${TEMPLATE_HINT}`, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function broken(text: string, error: YAMLException): Parsed {
  // Tabs may indent JSON, but not YAML.
  if (/^\s*[[{]/.test(text) && /\btab/.test(error.reason)) {
    try {
      return { value: JSON.parse(text) };
    } catch {
      // What the YAML parser said has a position.
    }
  }
  const template = text.includes('{{') ? TEMPLATE_HINT : '';
  return { reason: `not valid YAML: ${error.reason}${template}`, line: error.mark.line + 1, column: error.mark.column + 1 };
}

/** Says why a value with aliases must not be walked: it contains itself, or is far larger than its text. */
function refuseAliases(value: unknown): string | undefined {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const size = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1;
    if (open.has(node)) return Number.POSITIVE_INFINITY;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    open.add(node);
    let sum = 1;
    for (const part of Object.values(node)) sum += size(part);
    open.delete(node);
    sizes.set(node, sum);
    return sum;
  };
  const total = size(value);
  if (total === Number.POSITIVE_INFINITY) return 'an alias refers to what contains it';
  return total > MOST_NODES && sizes.size * 10 < total ? `aliases expand to ${total} nodes; at most ${MOST_NODES} are read` : undefined;
}
