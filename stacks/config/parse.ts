import { z } from 'zod';
import { suggestion } from './suggestion';

/** Prefix of configuration keys in `Pulumi.<stack>.yaml`. */
export const CONFIG_NAMESPACE = 'kubeflow-cdk';

/** Configuration that cannot be right: every fault at once, each naming its key. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    readonly stackName: string,
    readonly faults: readonly string[],
  ) {
    super(`configuration of stack '${stackName}':\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Checks a stack's configuration against its schema and fills in the defaults.
 *
 * @param values by key, without the `kubeflow-cdk:` prefix
 * @throws ConfigError naming each wrong key, its value, and what would be right
 */
export function parseConfig<T extends z.ZodObject>(stack: string, schema: T, values: Readonly<Record<string, unknown>>): z.infer<T> {
  const structured = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, structuredValue(value)]));
  const result = schema.safeParse(structured);
  if (result.success) return result.data;
  throw new ConfigError(stack, result.error.issues.flatMap((issue) => describe(issue, schema, structured)));
}

/** Pulumi hands mappings and lists over as JSON, and so does the command line. */
export function structuredValue(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

type Keys = readonly (string | number)[];

function describe(issue: z.core.$ZodIssue, schema: z.ZodObject, values: Readonly<Record<string, unknown>>): string[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => `${spell([...path, key])} is not known${suggestion(key, known)}; known keys: ${known.join(', ')}`);
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of several forms, the one that was nearest to being met says what is wrong.
    const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
    if (nearest.some(({ code, path: inner }) => inner.length > 0 || code === 'unrecognized_keys')) {
      return nearest.flatMap((each) => describe({ ...each, path: [...issue.path, ...each.path] }, schema, values));
    }
  }
  const value = valueAt(values, path);
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return [`${spell(path)} ${found}; expected ${issue.message}`];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

/** `kubeflow-cdk:nodes.gpu.type`, as `pulumi config set --path` takes it. */
function spell(path: Keys): string {
  return `${CONFIG_NAMESPACE}:${path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')}`;
}

function valueAt(values: unknown, path: Keys): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), values);
}

/** Keys that a mapping in the configuration may have, of all its forms. */
export function keysAt(schema: z.core.$ZodType, path: Keys): readonly string[] {
  const forms = path.reduce<readonly z.core.$ZodType[]>((all, key) => all.flatMap((form) => childOf(form, key)), formsOf(schema));
  return [...new Set(forms.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : [])))];
}

function childOf(form: z.core.$ZodType, key: string | number): readonly z.core.$ZodType[] {
  if (form instanceof z.ZodObject) return formsOf(form.shape[key]);
  if (form instanceof z.ZodArray) return formsOf(form.element);
  if (form instanceof z.ZodRecord) return formsOf(form.valueType);
  return [];
}

function formsOf(schema: z.core.$ZodType | undefined): readonly z.core.$ZodType[] {
  if (schema === undefined) return [];
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) return formsOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return formsOf(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option: z.core.$ZodType) => formsOf(option));
  return [schema];
}
