import { InvalidInputError } from '../../../constructs/core';

/**
 * Limits of names of storage accounts, which are unique in all of Azure.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage
 */
export const STORAGE_ACCOUNT_NAME = { least: 3, most: 24 } as const;

/** Characters that the provider appends to a name it makes unique. @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
export const AUTO_NAME_SUFFIX = 8;

/** A checked name, or the beginning of one that the provider makes unique. */
export interface StorageAccountName {
  /** Name of the resource in Pulumi, with which a unique name begins. */
  readonly logicalName: string;
  /** Name of the account. @default made unique by the provider */
  readonly accountName?: string;
}

/**
 * The name of a storage account.
 *
 * @param component name of the component: letters and digits of it begin the name of an account that is not named
 * @throws InvalidInputError if Azure would refuse it
 */
export function storageAccountName(component: string, accountName: string | undefined): StorageAccountName {
  const { least, most } = STORAGE_ACCOUNT_NAME;
  const logicalName = component.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (accountName !== undefined) {
    if (!/^[a-z0-9]+$/.test(accountName) || accountName.length < least || accountName.length > most) {
      throw new InvalidInputError({ property: 'accountName', value: accountName, expected: `${least} to ${most} lower-case letters and digits`, where: component });
    }
    return { logicalName, accountName };
  }
  const prefix = most - AUTO_NAME_SUFFIX;
  if (logicalName.length === 0 || logicalName.length > prefix) {
    throw new InvalidInputError({
      property: 'name',
      value: component,
      expected: `1 to ${prefix} letters and digits, so that ${AUTO_NAME_SUFFIX} characters can make it unique; or state accountName`,
      where: component,
    });
  }
  return { logicalName };
}
