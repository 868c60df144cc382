import type { CloudResource, Fields } from '../../engine/object';

/** A resource for a policy's examples. */
export function example(type: string, properties: Fields, name = 'main'): CloudResource {
  return { type, name, properties };
}
