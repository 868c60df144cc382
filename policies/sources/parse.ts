import { checkJson } from './json/check';
import { isMeantAsJson, looksLikeJson, measureJson, skipSpace } from './json/scan';
import { Lines } from './text/lines';
import type { Position } from './source';
import { DEEPEST, loadYaml } from './yaml/load';
import type { YamlPositions } from './yaml/positions';

/** What a document holds, or why and where it cannot be read. */
export type Parsed =
  | {
      readonly value: unknown;
      /** Where a name stands that an object has already; the last one counts. @default every name is there once */
      readonly repeated?: Position;
      /** Whether it is JSON; all that is not is YAML. @default false */
      readonly json?: boolean;
      /** Where everything is, if that was found out already. @default not yet */
      readonly positions?: YamlPositions;
    }
  | ({ readonly reason: string } & Position);

const TEMPLATE_HINT = '; it looks like a template: render it first';

/** What is meant to be JSON, is broken, and is longer than this, is not tried as YAML, which has braces and quotes too. */
const LARGEST_DOUBT = 16 * 1024 * 1024;
const NO_JSON = { reason: 'not valid JSON', line: 1, column: 1 };

/** Parses one YAML or JSON document. Duplicate keys, alias bombs and documents nested too deeply are refused. */
export function parseDocument(text: string): Parsed {
  const parsed = readDocument(text);
  return 'repeated' in parsed && parsed.repeated ? { reason: 'not valid YAML: duplicated mapping key', ...parsed.repeated } : parsed;
}

/** Like {@link parseDocument}, but of a name that an object has twice the last one counts, as it does for `kubectl`. */
export function readDocument(text: string): Parsed {
  const json = looksLikeJson(text) ? readJson(text) : undefined;
  if (json) return json;
  const parsed = text.length > LARGEST_DOUBT && isMeantAsJson(text) ? NO_JSON : loadYaml(text);
  if ('reason' in parsed) return explain(text, parsed);
  return text.includes('{{') && hasMappingAsKey(parsed.value) ? unrendered(text) : parsed;
}

/** `undefined` if the text is no JSON; it may still be YAML. */
function readJson(text: string): Parsed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { names, depth } = measureJson(text);
  if (depth > DEEPEST) return { reason: `nested more than ${DEEPEST} levels deep`, line: 1, column: 1 };
  if (names === countNames(value)) return { value, json: true };
  const check = checkJson(text, 0, { deepest: DEEPEST });
  const repeated = 'repeated' in check ? check.repeated : undefined;
  return { value, json: true, repeated: new Lines(text).at(repeated?.offset ?? 0) };
}

/** How many names the objects in a value have. */
function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countNames(item);
  } else {
    for (const part of Object.values(value)) count += 1 + countNames(part);
  }
  return count;
}

/** Says what is wrong in the terms of what the text was meant to be. */
function explain(text: string, problem: { readonly reason: string } & Position): Parsed {
  if (text.includes('{{')) return { ...problem, reason: `${problem.reason}${TEMPLATE_HINT}` };
  if (!isMeantAsJson(text)) return problem;
  const check = checkJson(text, skipSpace(text, 0), { deepest: DEEPEST });
  return 'reason' in check ? { reason: `not valid JSON: ${check.reason}`, ...new Lines(text).at(check.offset) } : problem;
}

/** `{{ x }}` without quotes is a mapping whose key is a mapping: valid YAML, but no JSON. */
function hasMappingAsKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '[object Object]') || Object.values(value).some(hasMappingAsKey);
}

function unrendered(text: string): Parsed {
  return { reason: `a mapping stands for a key${TEMPLATE_HINT}`, ...new Lines(text).at(text.indexOf('{{')) };
}
