import { stringify } from 'yaml';
import type { Manifest } from '../../constructs/core';

/** Words that YAML 1.1 takes for booleans are quoted: kubectl reads them so. */
const STYLE = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/**
 * An object as YAML. The schemas of a CRD are written as JSON, which YAML includes: nobody reads them there, and they are
 * most of the output.
 */
export function manifestYaml(manifest: Manifest): string {
  if (manifest.kind !== 'CustomResourceDefinition') return stringify(manifest, STYLE);
  const schemas: string[] = [];
  const { versions, ...spec } = manifest['spec'] as { versions: { schema?: { openAPIV3Schema: unknown } }[] };
  const outlined = versions.map(({ schema, ...version }) => {
    if (!schema) return version;
    schemas.push(JSON.stringify(schema.openAPIV3Schema));
    return { ...version, schema: { openAPIV3Schema: placeholder(schemas.length - 1) } };
  });
  const text = stringify({ ...manifest, spec: { ...spec, versions: outlined } }, STYLE);
  return schemas.reduce((result, schema, index) => result.replace(placeholder(index), () => schema), text);
}

function placeholder(index: number): string {
  return `__schema-${index}__`;
}
