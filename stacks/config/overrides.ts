import { structuredValue } from './parse';

/**
 * Configuration with `key=value` pairs over it. A key may lead into a mapping: `nodes.gpu.max=4`; a mapping or list is given as
 * JSON.
 *
 * @param pairs the last one wins
 */
export function withOverrides(values: Readonly<Record<string, unknown>>, pairs: readonly string[]): Record<string, unknown> {
  return pairs.reduce<Record<string, unknown>>((merged, pair) => {
    const equals = pair.indexOf('=');
    const [key, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    return put(merged, key.split('.'), value);
  }, { ...values });
}

function put(mapping: Readonly<Record<string, unknown>>, [key = '', ...rest]: readonly string[], value: string): Record<string, unknown> {
  if (rest.length === 0) return { ...mapping, [key]: structuredValue(value) };
  return { ...mapping, [key]: put(mappingOf(mapping[key]), rest, value) };
}

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}
