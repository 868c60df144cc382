import * as storage from '@pulumi/azure-native/storage';
import type * as pulumi from '@pulumi/pulumi';
import { InvalidInputError, type SharedFiles } from '../../../constructs/core';
import { unlessMissing } from '../not-found';
import { storageAccountName } from '../object-store/account-name';
import { nfsVolumes } from './volumes';

/** Which account shares are made in. */
export interface ShareAccountName {
  readonly resourceGroup: string;
  readonly accountName: string;
}

/** What there is to know about an account for shares. */
export interface FoundShareAccount {
  /** E.g. `FileStorage`. */
  readonly kind: string;
  /** E.g. `Premium_ZRS`. */
  readonly sku: string;
  readonly publicNetworkAccess: boolean;
  /** Whether what is not encrypted on its way is refused. */
  readonly secureTransfer: boolean;
}

/** What is asked about accounts that exist. */
export interface ShareAccountLookups {
  /** The account; `undefined` if there is none. */
  shareAccount(name: ShareAccountName): Promise<FoundShareAccount | undefined>;
}

/** Asks Azure through a provider. */
export function liveShareAccountLookups(provider: pulumi.ProviderResource): ShareAccountLookups {
  return {
    async shareAccount({ resourceGroup: resourceGroupName, accountName }) {
      const account = await unlessMissing(storage.getStorageAccount({ resourceGroupName, accountName }, { provider }));
      return account && { kind: account.kind, sku: account.sku.name, publicNetworkAccess: account.publicNetworkAccess !== 'Disabled', secureTransfer: account.enableHttpsTrafficOnly !== false };
    },
  };
}

/** Takes it that whatever is named exists and is fine. */
export function assumedShareAccountLookups(): ShareAccountLookups {
  return {
    shareAccount: async () => ({ kind: 'FileStorage', sku: 'Premium_ZRS', publicNetworkAccess: false, secureTransfer: true }),
  };
}

/**
 * NFS shares in an account that exists, with a private endpoint of its own. The CSI driver's identity has to be Storage Account Contributor on it.
 *
 * @param where the section of the configuration that names it
 * @throws InvalidInputError if there is none, if it cannot hold NFS shares, or if public networks reach it
 */
export async function existingFileShare(lookups: ShareAccountLookups, { resourceGroup, accountName }: ShareAccountName, where = 'sharedFiles'): Promise<SharedFiles> {
  storageAccountName(where, accountName);
  const found = await lookups.shareAccount({ resourceGroup, accountName });
  const fail = (expected: string): never => {
    throw new InvalidInputError({ property: 'accountName', value: accountName, expected, where });
  };
  if (!found) return fail(`a storage account in the resource group '${resourceGroup}'`);
  if (found.kind !== 'FileStorage') fail(`an account of the kind FileStorage, which alone holds NFS shares; this one is of the kind ${found.kind}`);
  if (found.publicNetworkAccess) fail('an account without public network access: whoever reaches an NFS share may use it');
  return { volumes: nfsVolumes({ resourceGroup, accountName, sku: found.sku, encryptInTransit: found.secureTransfer }) };
}
