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
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new ConfigError(stack, result.error.issues.flatMap((issue) => describe(issue, schema, values)));
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodObject, values: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(schema.shape);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${CONFIG_NAMESPACE}:${key} is not known${suggestion(key, known)}; known keys: ${known.join(', ')}`);
  }
  const key = issue.path.join('.');
  const value = values[String(issue.path[0])];
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return [`${CONFIG_NAMESPACE}:${key} ${found}; expected ${issue.message}`];
}
