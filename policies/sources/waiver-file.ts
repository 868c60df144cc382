import { readFileSync } from 'node:fs';
import { isFields } from '../engine/object';
import { checkTerms, type ObjectWaiver, type WaivedObject } from '../engine/waivers/waiver';
import { locator } from './locate';
import { parseDocument } from './parse';

/** A waiver file that cannot be used: nothing is waived by guessing. */
export class WaiverFileError extends Error {
  override readonly name = 'WaiverFileError';
}

const OBJECT_FIELDS = ['apiVersion', 'kind', 'namespace', 'name'];

/**
 * Reads waivers for objects that cannot be edited: a YAML or JSON file with a list `waivers`, each with `policy`,
 * `object` (`kind`, `name` and, if wanted, `namespace` and `apiVersion`), `reason`, and optional `containers`,
 * `expires` and `owner`.
 *
 * @throws WaiverFileError with file, line and column, if it cannot be read or an entry is malformed
 */
export function readWaiverFile(file: string): readonly ObjectWaiver[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new WaiverFileError(`${file} cannot be read`, { cause: error });
  }
  const parsed = parseDocument(text);
  if ('reason' in parsed) throw new WaiverFileError(`${file}:${parsed.line}:${parsed.column}: ${parsed.reason}`);
  const entries = isFields(parsed.value) ? parsed.value.waivers : undefined;
  if (!Array.isArray(entries)) throw new WaiverFileError(`${file}:1:1: expected a list 'waivers'`);
  const locate = locator(text, parsed);
  return entries.map((entry: unknown, index) => {
    const source = { file, ...locate(`waivers[${index}]`) };
    const waiver = readEntry(entry);
    if (typeof waiver === 'string') throw new WaiverFileError(`${file}:${source.line}:${source.column}: waivers[${index}]: ${waiver}`);
    return { ...waiver, source };
  });
}

function readEntry(entry: unknown): ObjectWaiver | string {
  if (!isFields(entry)) return 'expected policy, object and reason';
  const { policy, object } = entry;
  if (typeof policy !== 'string' || policy === '') return 'policy is missing; expected the id of a policy';
  const waived = readObject(object);
  if (typeof waived === 'string') return waived;
  const { policy: _policy, object: _object, ...rest } = entry;
  const terms = checkTerms(rest);
  return typeof terms === 'string' ? terms : { policy, object: waived, ...terms };
}

function readObject(object: unknown): WaivedObject | string {
  if (!isFields(object)) return 'object is missing; expected its kind and name';
  const unknown = Object.keys(object).find((field) => !OBJECT_FIELDS.includes(field));
  if (unknown !== undefined) return `object.${unknown} is no field of it; expected ${OBJECT_FIELDS.join(', ')}`;
  const { kind, name, namespace, apiVersion } = object;
  if (typeof kind !== 'string' || typeof name !== 'string') return 'object.kind and object.name must be text';
  if (namespace !== undefined && typeof namespace !== 'string') return 'object.namespace must be text';
  if (apiVersion !== undefined && typeof apiVersion !== 'string') return 'object.apiVersion must be text';
  return { kind, name, ...(namespace && { namespace }), ...(apiVersion && { apiVersion }) };
}
