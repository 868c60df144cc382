import type { FieldPath } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyDescription, ResourcePolicy } from '../../engine/policy';
import type { Referrers, Target } from './references';

/** A policy over a resource that another has to go with: a setting that Azure keeps in a resource of its own. */
export interface CompanionPolicy extends Omit<PolicyDescription, 'reach'> {
  /** Types of the resource that needs a companion, without their package. */
  readonly types: readonly string[];
  readonly noun: string;
  readonly called: Target;
  /** Index of the companions; see {@link referrers}. */
  readonly companions: (inventory: Inventory) => Referrers;
  /** Whether the policy has anything to say about a resource. @default about all */
  applies?(resource: CloudResource): boolean;
  /** Whether a companion is what is asked for. @default any is */
  meets?(companion: CloudResource): boolean;
  /** What is wrong with a resource that has none, after its name. */
  readonly problem: string;
  /** Input that comes nearest. @default none */
  readonly path?: FieldPath;
}

/** The policy that a resource has a companion. */
export function companionPolicy({ types, noun, called, companions, applies, meets, problem, path = [], ...description }: CompanionPolicy): ResourcePolicy {
  return {
    ...description,
    reach: 'stack',
    resourceTypes: types.map((type) => `azure-native:${type}`),
    check(resource, report, context) {
      if (applies && !applies(resource)) return;
      const found = context.derive(companions);
      if (found.of(resource, called).some((companion) => meets?.(companion) ?? true)) return;
      if (found.unattributed) report.undecided({ path, reason: 'it is not known yet which resource another one is for' });
      else report.finding({ path, found: undefined, message: `${noun} '${resource.name}' ${problem}` });
    },
  };
}
