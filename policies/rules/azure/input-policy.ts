import type { Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { inputPolicy, type InputPolicy } from '../cloud/input-policy';
import { azureResource } from './azure-resource';

/** A policy that one input of a resource of Azure decides. */
export interface AzureInputPolicy extends Omit<InputPolicy, 'resourceTypes' | 'examples'> {
  /** Pulumi types without their package, e.g. `storage:StorageAccount`; the first is that of the examples. */
  readonly types: readonly [string, ...string[]];
  /** Inputs of a resource that fails, and of one that passes. */
  readonly examples: { readonly fails: Fields; readonly passes: Fields };
}

/** Makes the policy over one input. */
export function azureInputPolicy({ types, examples, ...about }: AzureInputPolicy): ResourcePolicy {
  const [type] = types;
  return inputPolicy({
    ...about,
    resourceTypes: types.map((each) => `azure-native:${each}`),
    examples: { fails: azureResource(type, examples.fails), passes: azureResource(type, examples.passes) },
  });
}
