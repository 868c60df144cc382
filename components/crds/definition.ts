import { createHash } from 'node:crypto';

/** A CustomResourceDefinition as plain data, as far as its life cycle needs to look into it. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly spec: DefinitionSpec;
  readonly [field: string]: unknown;
}

/** What a CRD says about its kind. */
export interface DefinitionSpec {
  readonly group: string;
  readonly scope: string;
  readonly names: { readonly kind: string; readonly plural: string };
  readonly versions: readonly DefinitionVersion[];
  readonly [field: string]: unknown;
}

/** One version of a kind. */
export interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly [field: string]: unknown;
}

/**
 * Reads a CRD.
 * @throws Error when it lacks what every CRD has.
 */
export function asDefinition(object: unknown): Definition {
  const name = object !== null && typeof object === 'object' && 'metadata' in object && isRecord(object.metadata) ? String(object.metadata['name'] ?? '') : '';
  const what = `CustomResourceDefinition/${name || '(without a name)'}`;
  if (!isRecord(object) || object['kind'] !== 'CustomResourceDefinition' || object['apiVersion'] !== 'apiextensions.k8s.io/v1') {
    throw new Error(`${what} is not a CustomResourceDefinition of apiextensions.k8s.io/v1`);
  }
  const spec = object['spec'];
  if (name === '' || !isRecord(spec) || typeof spec['group'] !== 'string' || !isRecord(spec['names']) || !Array.isArray(spec['versions']) || spec['versions'].length === 0) {
    throw new Error(`${what} lacks one of metadata.name, spec.group, spec.names, spec.versions`);
  }
  // Whatever else is in it is the API server's to judge.
  return object as unknown as Definition;
}

/** SHA-256 of the content; the order of members does not matter. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, (_key, item: unknown) => (isRecord(item) ? sorted(item) : item))).digest('hex');
}

/** The name by which messages speak of a CRD; programs look for it to find where it was declared. */
export function definitionLabel(name: string): string {
  return `CustomResourceDefinition/${name}`;
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
