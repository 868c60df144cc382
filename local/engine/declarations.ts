import { resourceName, typeToken } from '../../components/bridge/type-token';
import type { SynthesizedObject } from '../../constructs/core';

const DEFINITION = 'CustomResourceDefinition';

/** Leads from what the engine names back to what the user declared. */
export class Declarations {
  private readonly byResource = new Map<string, SynthesizedObject>();
  private readonly definitions = new Map<string, SynthesizedObject>();

  constructor(objects: readonly SynthesizedObject[]) {
    for (const object of objects) {
      const { manifest } = object;
      this.byResource.set(`${typeToken(manifest)}::${resourceName(manifest)}`, object);
      if (manifest.kind === DEFINITION) this.definitions.set(manifest.metadata.name, object);
    }
  }

  /** Component of a resource; undefined for what belongs to none. */
  componentOf(urn: string, type: string): string | undefined {
    const name = nameOf(urn);
    // The CRDs of a component are one resource, named after it.
    return type.endsWith(':CustomResourceDefinitions') ? name : this.byResource.get(`${type}::${name}`)?.component;
  }

  /** An error message with the construct paths of the objects it is about. */
  explain(message: string, urn?: string): string {
    const named = message.replaceAll(/CustomResourceDefinition\/([-.a-z0-9]+):/g, (text, name: string) => {
      const declared = this.definitions.get(name);
      return declared ? `${text.slice(0, -1)} (declared at ${declared.path}):` : text;
    });
    const declared = urn === undefined ? undefined : this.byResource.get(`${typeOf(urn)}::${nameOf(urn)}`);
    return declared ? `${declared.manifest.kind}/${resourceName(declared.manifest)} (declared at ${declared.path}): ${named}` : named;
  }
}

/** `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>` */
function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

function typeOf(urn: string): string {
  const qualified = urn.slice(0, urn.lastIndexOf('::'));
  return qualified.slice(Math.max(qualified.lastIndexOf('$') + 1, qualified.lastIndexOf('::') + 2));
}
