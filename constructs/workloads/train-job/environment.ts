import type { EnvValue } from '../../core';

/** Environment variables as the API has them. */
export function environment(env: Readonly<Record<string, EnvValue>>): readonly Record<string, unknown>[] {
  return Object.entries(env).map(([name, value]) => (typeof value === 'string' ? { name, value } : { name, valueFrom: source(value) }));
}

function source(value: Exclude<EnvValue, string>): Record<string, unknown> {
  if ('field' in value) return { fieldRef: { fieldPath: value.field } };
  if ('resource' in value) return { resourceFieldRef: { resource: value.resource, divisor: value.divisor } };
  if ('secret' in value) return { secretKeyRef: { name: value.secret, key: value.key, optional: value.optional } };
  return { configMapKeyRef: { name: value.configMap, key: value.key, optional: value.optional } };
}
