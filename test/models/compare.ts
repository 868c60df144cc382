import * as fc from 'fast-check';
import { matches, type Schema } from './schema';

/** What came of comparing a value with a model. */
export interface Comparison {
  /** Paths of the values that the model says something of. */
  readonly compared: readonly string[];
  /** What it says otherwise. */
  readonly contradictions: readonly Contradiction[];
}

/** A value that a model has otherwise. */
export interface Contradiction {
  readonly path: string;
  readonly value: string;
  /** Why the model does not have it. */
  readonly says: string;
}

/** Where the model has a field that the provider calls otherwise, or has elsewhere: by path without indices, a path in the model. */
export type Renames = Readonly<Record<string, string>>;

/** Compares the inputs of a resource with what its API takes. Fields that the model does not have are the provider's own, and passed over. */
export function compare(value: unknown, schema: Schema, renames: Renames = {}, path = ''): Comparison {
  if (value === null || value === undefined) return NOTHING;
  if (Array.isArray(value)) return all(value.map((item, index) => compare(item, schema.items?.() ?? schema, renames, `${path}[${index}]`)));
  if (typeof value === 'object') return compareFields(Object.entries(value), schema.field ? schema : (schema.items?.() ?? schema), renames, path);
  return compareScalar(String(value), typeof value === 'number', constrains(schema) ? schema : (schema.items?.() ?? schema), path);
}

const NOTHING: Comparison = { compared: [], contradictions: [] };

function compareFields(fields: readonly (readonly [string, unknown])[], schema: Schema, renames: Renames, path: string): Comparison {
  return all(
    fields.map(([name, value]) => {
      const at = path === '' ? name : `${path}.${name}`;
      const inModel = (renames[at.replace(/\[\d+\]/g, '')] ?? name).split('.');
      const found = inModel.reduce<Schema | undefined>((of, step) => memberOf(of, step), schema);
      return found ? compare(value, found, renames, at) : NOTHING;
    }),
  );
}

function memberOf(schema: Schema | undefined, name: string): Schema | undefined {
  return schema?.field?.(name) ?? schema?.items?.()?.field?.(name);
}

function compareScalar(value: string, isNumber: boolean, schema: Schema, path: string): Comparison {
  if (!constrains(schema)) return NOTHING;
  const wrong = (says: string) => ({ compared: [path], contradictions: [{ path, value, says }] });
  const size = isNumber ? Number(value) : value.length;
  if (schema.values && !schema.values.includes(value)) return wrong(`not one of ${schema.values.join(', ')}`);
  if (!isNumber && schema.pattern !== undefined && !matches(value, schema.pattern)) return wrong(`does not match ${schema.pattern}`);
  if (schema.least !== undefined && size < schema.least) return wrong(`below ${schema.least}`);
  if (schema.most !== undefined && size > schema.most) return wrong(`above ${schema.most}`);
  return { compared: [path], contradictions: [] };
}

function constrains({ values, pattern, least, most }: Schema): boolean {
  return values !== undefined || pattern !== undefined || least !== undefined || most !== undefined;
}

function all(comparisons: readonly Comparison[]): Comparison {
  return { compared: comparisons.flatMap(({ compared }) => compared), contradictions: comparisons.flatMap(({ contradictions }) => contradictions) };
}

/** A rule of ours for names. */
export interface OurName {
  /** What all begin with. @default nothing */
  readonly prefix?: string;
  /** Characters after it, at least and at most. */
  readonly least: number;
  readonly most: number;
  accepts(name: string): boolean;
  /** Characters that names are tried with: those accepted, and some that are not. */
  readonly characters: string;
}

/** Names that we accept and the model refuses, of many that are tried, always the same. */
export function wronglyAccepted({ prefix = '', least, most, accepts, characters }: OurName, model: Schema): readonly string[] {
  const lengths = fc.oneof(fc.integer({ min: Math.max(least - 1, 0), max: Math.min(least + 6, most) }), fc.integer({ min: Math.max(most - 1, 0), max: most + 1 }));
  const names = lengths.chain((length) => fc.string({ unit: fc.constantFrom(...characters), minLength: length, maxLength: length }));
  const accepted = fc.sample(names, { seed: 1, numRuns: 3000 }).map((name) => `${prefix}${name}`).filter(accepts);
  if (accepted.length < 100) throw new Error(`only ${accepted.length} of the tried names are accepted: choose their characters better`);
  return accepted.filter((name) => compare(name, model).contradictions.length > 0);
}
