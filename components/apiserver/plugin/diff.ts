import { isObject } from '../objects';
import { DiffKind } from './messages';
import { isUnknown, plain } from './values';

/** Where a property is: member names and list positions. */
export type PropertyPath = readonly (string | number)[];

/** One place where two property trees differ. */
export interface Change {
  readonly path: PropertyPath;
  readonly kind: DiffKind.Add | DiffKind.Delete | DiffKind.Update;
}

/** Every place where two property trees differ. Secret marks are not a difference; a value not yet known is. */
export function compare(olds: unknown, news: unknown, path: PropertyPath = []): Change[] {
  const before = plain(olds);
  const after = plain(news);
  const changes: Change[] = [];
  walk(before, after, path, changes);
  return changes;
}

function walk(before: unknown, after: unknown, path: PropertyPath, changes: Change[]): void {
  if (before === after && !isUnknown(after)) return;
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) member(before[key], after[key], [...path, key], changes);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) member(before[index], after[index], [...path, index], changes);
  } else {
    changes.push({ path, kind: DiffKind.Update });
  }
}

function member(before: unknown, after: unknown, path: PropertyPath, changes: Change[]): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined) changes.push({ path, kind: DiffKind.Add });
  else if (after === undefined) changes.push({ path, kind: DiffKind.Delete });
  else walk(before, after, path, changes);
}

/** A path as Pulumi writes it, e.g. `metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(path: PropertyPath): string {
  return path.map((part, index) => {
    if (typeof part === 'number') return `[${part}]`;
    if (/^[A-Za-z_$][\w$]*$/.test(part)) return index === 0 ? part : `.${part}`;
    return `[${JSON.stringify(part)}]`;
  }).join('');
}
