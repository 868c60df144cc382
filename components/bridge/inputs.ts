import * as pulumi from '@pulumi/pulumi';
import { hasToken, splitTokens, type Manifest } from '../../constructs/core';

/** Fields whose whole value is secret, by `group/kind`. */
const SECRET_FIELDS: Readonly<Record<string, readonly string[]>> = { 'v1/Secret': ['data', 'stringData'] };

/** The inputs of the Pulumi resource for an object: deploy-time tokens become Outputs, at the leaf they stand at. */
export function resourceInputs(manifest: Manifest): pulumi.Inputs {
  const secret = secretFields(manifest);
  return Object.fromEntries(
    Object.entries(manifest).map(([field, value]) => [field, secret.includes(field) ? pulumi.secret(resolve(value)) : resolve(value)]),
  );
}

/** Fields of an object that must never be plain in state. */
export function secretFields(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): readonly string[] {
  return SECRET_FIELDS[`${manifest.apiVersion}/${manifest.kind}`] ?? [];
}

function resolve(value: unknown): pulumi.Input<unknown> {
  if (typeof value === 'string') return hasToken(value) ? resolveText(value) : value;
  if (Array.isArray(value)) return value.map(resolve);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
}

function resolveText(text: string): pulumi.Output<string> {
  const parts = splitTokens(text).map((part) => {
    if (typeof part === 'string') return part;
    if (!pulumi.Output.isInstance(part.value)) throw new Error(`${part.description} is no Pulumi Output`);
    return part.json ? part.value.apply((value) => JSON.stringify(String(value)).slice(1, -1)) : part.value.apply(String);
  });
  return pulumi.all(parts).apply((values) => values.join(''));
}
