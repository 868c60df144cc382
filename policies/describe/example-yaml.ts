import { stringify } from 'yaml';
import { type CloudResource, isCloudResource } from '../engine/object';
import type { Example } from '../engine/policy';

/** An example as people write it: Kubernetes objects as a manifest, cloud resources as a Pulumi YAML program. */
export function exampleYaml(example: Example): string {
  const subjects = [example].flat();
  const resources = subjects.filter(isCloudResource);
  const documents: unknown[] = subjects.filter((subject) => !isCloudResource(subject));
  if (resources.length > 0) documents.push({ resources: Object.fromEntries(resources.map((resource) => [resource.name, pulumiYaml(resource)])) });
  return documents.map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n').trimEnd();
}

function pulumiYaml({ type, properties, dependencies = {} }: CloudResource): unknown {
  // What came from another resource is written as the reference that it is.
  const references = Object.entries(dependencies).flatMap(([property, [urn]]) => (urn === undefined || property in properties ? [] : [[property, `\${${urn.slice(urn.lastIndexOf('::') + 2)}.id}`]]));
  return { type, properties: { ...properties, ...Object.fromEntries(references) } };
}
