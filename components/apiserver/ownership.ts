import { FIELD_MANAGER } from './client';
import type { LiveObject } from './objects';

/** Whether fields of an object are ours already: a run that was killed had made it. */
export function isOurs(object: LiveObject): boolean {
  return (object.metadata.managedFields ?? []).some(({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply');
}

/** Who owns fields of an object, apart from us and from whoever only reports its status. */
export function otherManagers(object: LiveObject): string[] {
  const managers = (object.metadata.managedFields ?? [])
    .filter(({ manager, subresource }) => manager !== FIELD_MANAGER && subresource === undefined)
    .map(({ manager }) => manager ?? 'unknown');
  return [...new Set(managers)];
}
