import { UnknownObjectError } from './errors';
import { type ObjectNode, objectName } from './model';

const SUGGESTIONS = 5;

/**
 * The object of the name `Kind/name`, `Kind/namespace/name`, or with `Kind.group` in place of `Kind`. The case of the
 * kind does not matter.
 *
 * @throws UnknownObjectError if there is none, or more than one
 */
export function findObject(objects: readonly ObjectNode[], reference: string): ObjectNode {
  const wanted = withLowerKind(reference);
  const found = objects.filter((node) => wanted === withLowerKind(objectName(node.object.manifest)) || wanted === withLowerKind(fullName(node)));
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1) throw new UnknownObjectError(reference, found.map(fullName), 'is the name of several objects. Say which:');
  throw unknown(objects, reference);
}

function unknown(objects: readonly ObjectNode[], reference: string): UnknownObjectError {
  const wanted = reference.toLowerCase();
  const close = objects
    .map((node) => ({ name: objectName(node.object.manifest), distance: distance(wanted, objectName(node.object.manifest).toLowerCase()) }))
    .filter(({ name, distance: away }) => away <= Math.max(3, wanted.length / 3) || name.toLowerCase().endsWith(`/${wanted}`))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);
  const problem = close.length > 0 ? 'is no object here. Did you mean' : 'is no object here. Write Kind/name or Kind/namespace/name.';
  return new UnknownObjectError(reference, close, problem);
}

function fullName({ object: { manifest }, group }: ObjectNode): string {
  return objectName({ ...manifest, kind: group ? `${manifest.kind}.${group}` : manifest.kind });
}

function withLowerKind(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash).toLowerCase() + name.slice(slash);
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
