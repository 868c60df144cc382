import { k8s } from 'cdk8s-plus-27';

/** Value of an environment variable. */
export type EnvValue =
  | string
  | { readonly field: string }
  | { readonly resource: string; readonly divisor?: string }
  | { readonly secret: string; readonly key: string; readonly optional?: boolean }
  | { readonly configMap: string; readonly key: string; readonly optional?: boolean };

/** Environment variables of a container. */
export function environment(env: Readonly<Record<string, EnvValue>>): k8s.EnvVar[] {
  return Object.entries(env).map(([name, value]) => (typeof value === 'string' ? { name, value } : { name, valueFrom: source(value) }));
}

/** The same as JSON, for custom resources. */
export function environmentJson(env: Readonly<Record<string, EnvValue>>): readonly object[] {
  return environment(env).map((variable) => ({ ...k8s.toJson_EnvVar(variable) }));
}

function source(value: Exclude<EnvValue, string>): k8s.EnvVarSource {
  if ('field' in value) return { fieldRef: { fieldPath: value.field } };
  if ('resource' in value) {
    const divisor = value.divisor === undefined ? {} : { divisor: k8s.Quantity.fromString(value.divisor) };
    return { resourceFieldRef: { resource: value.resource, ...divisor } };
  }
  const optional = value.optional === undefined ? {} : { optional: value.optional };
  return 'secret' in value
    ? { secretKeyRef: { name: value.secret, key: value.key, ...optional } }
    : { configMapKeyRef: { name: value.configMap, key: value.key, ...optional } };
}
