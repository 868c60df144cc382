import type { Subject } from '../../../policies';
import { objectsIn } from '../../../policies/sources/documents';

export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

/** `Kind/name:line` of each object in a text, or `type/name:line` of each cloud resource. */
export function names(text: string): string[] {
  return objectsIn(text, 'f').objects.map(({ object, line }) => `${nameOf(object)}:${line}`);
}

function nameOf(object: Subject): string {
  return 'properties' in object && 'type' in object ? `${object.type}/${object.name}` : `${object.kind}/${object.metadata?.name}`;
}

/** `line:column reason` of what could not be evaluated in a text. */
export function problems(text: string, named = true): string[] {
  return objectsIn(text, 'f', named).unevaluated.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
}

/** The same of what was ignored in it. */
export function ignored(text: string, named = false): string[] {
  return objectsIn(text, 'f', named).ignored.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
}

/** `line:column` of a path in one of the objects of a text. */
export function place(text: string, path: string, index = 0): string {
  const { line, column } = objectsIn(text, 'f').objects[index]?.locate(path) ?? { line: 0, column: 0 };
  return `${line}:${column}`;
}
