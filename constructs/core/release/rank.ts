import { DuplicateObjectError, UnknownComponentError } from './errors';
import { kindWeight } from './kind-weights';
import { type ComponentNode, type ObjectNode, type SynthesizedObject, apiGroup, objectIdentity, objectName } from './model';

/**
 * Nodes of the objects, ranked: by component (what is required first), then kind, namespace and name. The rank decides
 * between objects that do not wait for each other, so nothing later depends on the order the objects came in.
 *
 * @throws DuplicateObjectError if two objects have one identity
 * @throws UnknownComponentError if a component requires one that is not given
 */
export function rankObjects(objects: readonly SynthesizedObject[], components: readonly ComponentNode[]): ObjectNode[] {
  const depths = componentDepths(components);
  const keyed = objects.map((object) => ({
    object,
    id: objectIdentity(object.manifest),
    depth: depths.get(object.component) ?? 0,
    weight: kindWeight(object.manifest.kind),
  }));
  keyed.sort(
    (a, b) =>
      a.depth - b.depth ||
      compareText(a.object.component, b.object.component) ||
      a.weight - b.weight ||
      compareText(a.object.manifest.kind, b.object.manifest.kind) ||
      compareText(a.object.manifest.metadata.namespace ?? '', b.object.manifest.metadata.namespace ?? '') ||
      compareText(a.object.manifest.metadata.name, b.object.manifest.metadata.name) ||
      compareText(a.id, b.id) ||
      compareText(a.object.path, b.object.path),
  );
  rejectDuplicates(keyed);
  return keyed.map(({ object, id }, index) => ({ type: 'object', index, id, object, group: apiGroup(object.manifest) }));
}

/** By code unit: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rejectDuplicates(keyed: readonly { readonly id: string; readonly object: SynthesizedObject }[]): void {
  const seen = new Map<string, SynthesizedObject>();
  for (const { id, object } of keyed) {
    const other = seen.get(id);
    if (other) {
      const [first, second] = [other.path, object.path].sort(compareText);
      throw new DuplicateObjectError(objectName(object.manifest), [first ?? '', second ?? '']);
    }
    seen.set(id, object);
  }
}

/** Length of the longest chain of required components; components that require each other share their depth. */
function componentDepths(components: readonly ComponentNode[]): ReadonlyMap<string, number> {
  const byId = new Map(components.map((component) => [component.id, component]));
  for (const { id, requires } of components) {
    const unknown = requires.find((required) => !byId.has(required));
    if (unknown !== undefined) throw new UnknownComponentError(id, unknown, [...byId.keys()].sort(compareText));
  }
  const depths = new Map<string, number>();
  const visiting = new Set<string>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return 0; // a cycle: reported with its objects once the edges are there
    visiting.add(id);
    let depth = 0;
    for (const required of [...(byId.get(id)?.requires ?? [])].sort(compareText)) depth = Math.max(depth, depthOf(required) + 1);
    visiting.delete(id);
    depths.set(id, depth);
    return depth;
  };
  for (const id of [...byId.keys()].sort(compareText)) depthOf(id);
  return depths;
}
