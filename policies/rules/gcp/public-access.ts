import type { ResourcePolicy } from '../../engine/policy';
import { everyone, grantsOf, isPublic } from './grants';

/** A policy over who may reach something: everything but the look at the members. */
export type PublicAccessPolicy = Omit<ResourcePolicy, 'check'> & {
  /** What the members reach, e.g. `the bucket`. */
  readonly what: string;
};

/** Makes a policy that no role is given to everyone. */
export function noPublicGrant({ what, ...about }: PublicAccessPolicy): ResourcePolicy {
  return {
    ...about,
    check(resource, report) {
      for (const { role, member, path } of grantsOf(resource)) {
        if (!isPublic(member)) continue;
        const message = `'${resource.name}' gives ${everyone(member)} ${role === '' ? 'a role' : role} on ${what}`;
        report.finding({ path, found: member, message });
      }
    },
  };
}
