import type { CloudResource } from '../../engine/object';
import { readOr } from '../../engine/unknown-value';

/** Whether one of some resources is what is asked for; `undefined` if none is for certain, and one of them may be. */
export function someIs(resources: readonly CloudResource[], is: (resource: CloudResource) => boolean): boolean | undefined {
  let mayBe = false;
  for (const resource of resources) {
    const verdict = readOr<boolean | undefined>(undefined, () => is(resource));
    if (verdict) return true;
    mayBe ||= verdict === undefined;
  }
  return mayBe ? undefined : false;
}
