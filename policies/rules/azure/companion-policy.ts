import type { CloudResource } from '../../engine/object';
import type { PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { type Companion, mustHave } from '../cloud/companion';

/** A policy over a resource that another has to go with. */
export interface CompanionPolicy extends Omit<PolicyDescription, 'reach'>, Pick<Companion, 'among' | 'meets' | 'path'> {
  /** Types of the resource that needs a companion, without their package. */
  readonly types: readonly string[];
  readonly noun: string;
  /** Whether the policy has anything to say about a resource. @default about all */
  applies?(resource: CloudResource): boolean;
  /** What is wrong with a resource that has none, after its name. */
  readonly problem: string;
}

/** The policy that a resource has a companion. */
export function companionPolicy({ types, noun, applies, among, meets, path, problem, ...description }: CompanionPolicy): ResourcePolicy {
  return {
    ...description,
    reach: 'stack',
    resourceTypes: types.map((type) => `azure-native:${type}`),
    check(resource, report, context) {
      if (applies && !applies(resource)) return;
      mustHave(resource, { among, meets, path, message: `${noun} '${resource.name}' ${problem}` }, report, context);
    },
  };
}
