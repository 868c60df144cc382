import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { PolicyDescription, ResourcePolicy } from '../../engine/policy';
import { azureResource, input } from './azure-resource';

/** A policy that one input of a resource decides. */
export interface InputPolicy extends Omit<PolicyDescription, 'reach' | 'examples'> {
  /** Pulumi types without their package, e.g. `storage:StorageAccount`; the first is that of the examples. */
  readonly types: readonly [string, ...string[]];
  /** What people call such a resource, e.g. `storage account`. */
  readonly noun: string;
  readonly input: FieldPath;
  /** Where else the input may stand: other API versions have it there. @default nowhere */
  readonly otherwise?: readonly FieldPath[];
  /** Whether the policy has anything to say about a resource. @default about all */
  applies?(resource: CloudResource): boolean;
  /** Whether a value is right; `undefined` is an absent one. */
  meets(value: unknown, resource: CloudResource): boolean;
  /** What is wrong with the resource, after its name: `accepts plain HTTP`. */
  problem(value: unknown): string;
  /** What would be right. @default no patch is offered */
  readonly fix?: unknown;
  /** Inputs of a resource that fails, and of one that passes. */
  readonly examples: { readonly fails: Fields; readonly passes: Fields };
}

/** The policy over one input. */
export function inputPolicy({ types, noun, input: stated, otherwise = [], applies, meets, problem, fix, examples, ...description }: InputPolicy): ResourcePolicy {
  const [type] = types;
  return {
    ...description,
    resourceTypes: types.map((each) => `azure-native:${each}`),
    examples: { fails: azureResource(type, examples.fails), passes: azureResource(type, examples.passes) },
    check(resource, report) {
      if (applies && !applies(resource)) return;
      const path = [stated, ...otherwise].find((each) => input(resource, ...each) !== undefined) ?? stated;
      const value = input(resource, ...path);
      if (meets(value, resource)) return;
      report.finding({ path, found: value, message: `${noun} '${resource.name}' ${problem(value)}`, fix });
    },
  };
}

/** For an input that is safe unless it is set. */
export const notTrue = (value: unknown): boolean => value === undefined || value === false;
/** For an input that is safe unless it is turned off. */
export const notFalse = (value: unknown): boolean => value === undefined || value === true;
/** For an input that must be turned on. */
export const isTrue = (value: unknown): boolean => value === true;
/** For an input that must be turned off. */
export const isFalse = (value: unknown): boolean => value === false;
