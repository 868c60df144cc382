import { InvalidInputError } from '../../../constructs/core';
import type { AzureLookups } from '../lookups';

/**
 * The name of a resource group, once it is known that there is one. What is in it may be in other locations than it is itself.
 *
 * @param where section of the configuration, for errors
 * @throws InvalidInputError if there is none, or the name cannot be one
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources
 */
export async function existingResourceGroup(lookups: AzureLookups, name: string, where = 'network'): Promise<string> {
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property: 'resourceGroup', value: name, expected, where });
  };
  if (!/^[\w().-]{0,89}[\w()-]$/.test(name)) return refuse("1 to 90 letters, digits and any of '_().-', not ending in a dot");
  if (!(await lookups.hasResourceGroup(name))) return refuse("the name of a resource group of the subscription ('az group list' shows them)");
  return name;
}
