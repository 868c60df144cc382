import { z } from 'zod';
import { secret } from './schemas/values';

/** What a configuration can say under one key. */
export interface ConfigRow {
  /** As errors spell it: `nodes.cpu.max`; `nodes.<name>.atLeast` below a name of one's own, `taints[].key` in a list. */
  readonly key: string;
  /** What it is; empty if the schema does not say. */
  readonly what: string;
  /** What it may be, in words. */
  readonly values: string;
  /** What it is if it is left out: by the schema, or by the component that the description speaks of. @default none, or the section's own */
  readonly default?: string;
  /** Whether it must be given: `in-section` if its section is, `in-form` if its section has the form it belongs to. */
  readonly required: 'always' | 'in-section' | 'in-form' | 'no';
}

/** Every key that a schema knows, sections before what is in them. */
export function describeConfig(schema: z.ZodObject): readonly ConfigRow[] {
  return rowsOf([schema], '', 'always');
}

type Schema = z.core.$ZodType;
type Demand = Exclude<ConfigRow['required'], 'no'>;

/** A schema without what is around it. */
interface Core {
  readonly schema: Schema;
  /** Whether a configuration may do without. */
  readonly optional: boolean;
  /** Whether it is read as an empty section where it is left out. */
  readonly assumed: boolean;
  readonly default?: string;
}

/** Rows of a section, which has one of these forms. */
function rowsOf(forms: readonly z.ZodObject[], prefix: string, demand: Demand): ConfigRow[] {
  const keys = [...new Set(forms.flatMap(({ shape }) => Object.keys(shape)))];
  return keys.flatMap((key) => {
    const having = forms.flatMap(({ shape }) => (shape[key] === undefined ? [] : [shape[key]]));
    return keyRows(`${prefix}${key}`, having, having.length < forms.length ? 'in-form' : demand);
  });
}

function keyRows(key: string, schemas: readonly Schema[], demand: Demand): ConfigRow[] {
  const cores = schemas.map(coreOf);
  const optional = cores.some((core) => core.optional);
  const { text, byDefault } = explained(schemas.map(descriptionOf).find((each) => each !== undefined) ?? '');
  const row: ConfigRow = {
    key,
    what: text,
    values: valuesOf(cores.map(({ schema }) => schema)),
    default: cores.find((core) => core.default !== undefined)?.default ?? byDefault,
    required: optional ? 'no' : demand,
  };
  const certain = demand === 'always' && cores.every((core) => core.assumed || !core.optional);
  const inner = certain ? 'always' : 'in-section';
  return [row, ...cores.flatMap(({ schema }) => nested(schema, key, inner))];
}

function nested(schema: Schema, key: string, demand: Demand): ConfigRow[] {
  if (schema instanceof z.ZodRecord) return nested(coreOf(schema.valueType).schema, `${key}.<name>`, 'in-section');
  if (schema instanceof z.ZodArray) return nested(coreOf(schema.element).schema, `${key}[]`, 'in-section');
  return rowsOf(sectionsOf(schema), `${key}.`, demand);
}

/** Forms that are sections; a secret is one text, however Pulumi writes it. */
function sectionsOf(schema: Schema): z.ZodObject[] {
  if (schema instanceof z.ZodObject) return [schema];
  if (schema instanceof z.ZodUnion && !isSecret(schema)) return schema.options.flatMap((option: Schema) => sectionsOf(coreOf(option).schema));
  return [];
}

function coreOf(schema: Schema): Core {
  if (schema instanceof z.ZodOptional) return { ...coreOf(schema.unwrap()), optional: true };
  if (schema instanceof z.ZodPrefault) return { ...coreOf(schema.unwrap()), optional: true, assumed: true };
  if (schema instanceof z.ZodDefault) return { ...coreOf(schema.unwrap()), optional: true, default: shown(schema.def.defaultValue) };
  // What is read is then either changed, or looked at once more, more closely.
  if (schema instanceof z.ZodPipe) return coreOf(schema.out instanceof z.ZodTransform ? schema.in : schema.out);
  return { schema, optional: false, assumed: false };
}

function descriptionOf(schema: Schema): string | undefined {
  const said = z.globalRegistry.get(schema)?.description;
  if (said !== undefined) return said;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? descriptionOf(schema.unwrap()) : undefined;
}

/** Components have defaults that a schema does not know; descriptions end with them. */
function explained(description: string): { readonly text: string; readonly byDefault?: string } {
  const [, text, byDefault] = /^(.*) \(default (.*)\)$/.exec(description) ?? [];
  return text === undefined ? { text: description } : { text, byDefault };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Several schemas are the same key in several forms of its section. */
function valuesOf(schemas: readonly Schema[]): string {
  const words = schemas.flatMap((schema) => (schema instanceof z.ZodEnum ? schema.options.map(String) : []));
  if (words.length > 0) return `one of ${words.join(', ')}`;
  return [...new Set(schemas.map(valueOf))].join(', or ');
}

function valueOf(schema: Schema): string {
  if (schema instanceof z.ZodUnion) return unionValue(schema);
  if (schema instanceof z.ZodLiteral) return `one of ${[...schema.values].join(', ')}`;
  if (schema instanceof z.ZodNumber) return schema.isInt ? `whole number ${schema.minValue} to ${schema.maxValue}` : withHint('number', schema);
  if (schema instanceof z.ZodString) return withHint('text', schema);
  if (schema instanceof z.ZodArray) return listOf(coreOf(schema.element).schema);
  if (schema instanceof z.ZodRecord) return coreOf(schema.valueType).schema instanceof z.ZodString ? 'texts by name' : 'sections by name';
  if (schema instanceof z.ZodObject) return 'section';
  throw new Error(`no words for a value of type ${schema._zod.def.type}`);
}

function unionValue(schema: z.ZodUnion): string {
  if (isSecret(schema)) return 'secret';
  const options: readonly Schema[] = schema.options;
  if (options.some((option) => option instanceof z.ZodBoolean)) return 'true or false';
  return withHint(options.every((option) => option instanceof z.ZodObject) ? 'section' : 'text or section', schema);
}

function listOf(element: Schema): string {
  if (element instanceof z.ZodObject) return 'list of sections';
  if (element instanceof z.ZodString) return withHint('list of texts', element, ', each ');
  return `list, each ${valuesOf([element])}`;
}

function isSecret(schema: z.ZodUnion): boolean {
  // A description makes a copy, which has the same options.
  return schema.options === secret.options;
}

function withHint(kind: string, schema: z.ZodType, between = ': '): string {
  const hint = hintOf(schema);
  return hint === undefined ? kind : `${kind}${between}${hint}`;
}

/** What a schema itself says was expected, of an empty text, or of what is nothing at all: not even a text can be made of it. */
function hintOf(schema: z.ZodType): string | undefined {
  const answers = ['', Object.create(null)].flatMap((wrong) => schema.safeParse(wrong).error?.issues.slice(0, 1) ?? []);
  return answers.map(({ message }) => message).find((message) => !/^(Invalid|Too small)/.test(message));
}
