import { load, YAMLException } from 'js-yaml';
import type { Parsed } from '../parse';
import { YamlPositions } from './positions';
import { KUBERNETES_SCHEMA } from './schema';

/** Documents nested more deeply than this are refused: nothing that Kubernetes knows is, and policies walk them. */
export const DEEPEST = 500;
/** Aliases may make a document this many nodes large, if that is far more than its text could say without them. */
const MOST_NODES = 1_000_000;
/** Keys that merge keys may copy in all. */
const MOST_MERGED_KEYS = 1_000_000;

export const LOAD_OPTIONS = { schema: KUBERNETES_SCHEMA, maxDepth: DEEPEST, maxTotalMergeKeys: MOST_MERGED_KEYS };

/** A list of objects as large as this is parsed but once, with positions: it surely has findings. */
const LARGE_LIST = 1024 * 1024;
const LIST_ITEMS = /^items:[ \t]*$/m;

const REPEATED = 'duplicated mapping key';
/** Both are needed for an alias; text that only mentions them is far more common. */
const ANCHOR = /(?:^|[\s[{,:-])&[^\s,[\]{}]/;
const ALIAS = /(?:^|[\s[{,:-])\*[^\s,[\]{}]/;

/** Parses one YAML document. Of a key that a mapping has twice the last one counts, as for `kubectl`, and it is said. */
export function loadYaml(text: string): Parsed {
  try {
    if (text.length < LARGE_LIST || !LIST_ITEMS.test(text)) return loaded(text, load(text, LOAD_OPTIONS));
    const { value, positions } = YamlPositions.read(text, LOAD_OPTIONS);
    const parsed = loaded(text, value);
    return 'value' in parsed ? { ...parsed, positions } : parsed;
  } catch (error) {
    if (error instanceof RangeError) return { reason: 'nested too deeply', line: 1, column: 1 };
    if (!(error instanceof YAMLException)) throw error;
    if (error.reason !== REPEATED) return broken(error);
    return again(text, positionOf(error));
  }
}

function again(text: string, repeated: { line: number; column: number }): Parsed {
  try {
    const parsed = loaded(text, load(text, { ...LOAD_OPTIONS, json: true }));
    return 'reason' in parsed ? parsed : { ...parsed, repeated };
  } catch (error) {
    if (error instanceof YAMLException) return broken(error);
    throw error;
  }
}

function loaded(text: string, value: unknown): Parsed {
  const reason = ANCHOR.test(text) && ALIAS.test(text) ? refuseAliases(value) : undefined;
  return reason === undefined ? { value } : { reason, line: 1, column: 1 };
}

function broken(error: YAMLException): Parsed {
  const tooDeep = error.reason.startsWith('nesting exceeded');
  return { reason: tooDeep ? `nested more than ${DEEPEST} levels deep` : `not valid YAML: ${error.reason}`, ...positionOf(error) };
}

function positionOf({ mark }: Partial<Pick<YAMLException, 'mark'>>): { line: number; column: number } {
  return { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 };
}

/** Where the nodes of a document are that {@link loadYaml} could parse. */
export function positionsIn(text: string): YamlPositions {
  return YamlPositions.read(text, { ...LOAD_OPTIONS, json: true }).positions;
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
