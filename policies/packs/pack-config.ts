import type { ResourceValidationArgs, ResourceValidationPolicy } from '@pulumi/policy';
import type { Policy } from '../engine/policy';
import { suggest } from '../engine/suggest';

type ConfigSchema = NonNullable<ResourceValidationPolicy['configSchema']>;

const IDS: ConfigSchema['properties'][string] = { type: 'array', items: { type: 'string' }, default: [] };

/** Configuration of the Pulumi policy `violations`. */
export const VIOLATIONS_SCHEMA: ConfigSchema = { properties: { disabled: IDS } };
/** Configuration of the Pulumi policy `advice`. */
export const ADVICE_SCHEMA: ConfigSchema = { properties: { disabled: IDS, advisory: IDS } };

/** Policy ids by property, as one Pulumi policy was configured. */
export type PackConfig = ReadonlyMap<string, ReadonlySet<string>>;

/** A pack was configured with what it does not have. */
export class PackConfigError extends Error {
  override readonly name = 'PackConfigError';
}

/**
 * The policy ids that the configuration of one of the pack's Pulumi policies lists, by property; none where it says nothing.
 *
 * @param name the Pulumi policy, for errors
 * @throws PackConfigError for a property, a value or a policy id that does not exist: it would otherwise do nothing, unseen
 */
export function readConfig(args: Pick<ResourceValidationArgs, 'getConfig'>, name: string, schema: ConfigSchema, policies: readonly Policy[]): PackConfig {
  const properties = Object.keys(schema.properties);
  const known = policies.map(({ id }) => id);
  return new Map(
    Object.entries(args.getConfig<Record<string, unknown>>()).map(([property, value]) => {
      if (!properties.includes(property)) throw unknown(`${name}: '${property}' is no property of its configuration`, property, properties);
      if (!isList(value)) throw new PackConfigError(`${name}.${property} is ${JSON.stringify(value)}; expected a list of policy ids`);
      return [property, new Set(value.map((id, index) => knownId(id, `${name}.${property}[${index}]`, known)))];
    }),
  );
}

function knownId(id: unknown, where: string, known: readonly string[]): string {
  if (typeof id === 'string' && known.includes(id)) return id;
  throw unknown(`${where}: this pack has no policy ${JSON.stringify(id)}`, String(id), known);
}

function unknown(message: string, given: string, candidates: readonly string[]): PackConfigError {
  const meant = suggest(given, candidates);
  return new PackConfigError(`${message}; ${meant === undefined ? `expected one of ${candidates.join(', ')}` : `did you mean '${meant}'?`}`);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
