import * as storage from '@pulumi/azure-native/storage';
import * as pulumi from '@pulumi/pulumi';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import type { CustomerKey } from '../customer-key';
import type { StorageAccountName } from './account-name';

/** What differs between accounts. */
export interface StorageAccountSettings {
  readonly name: StorageAccountName;
  readonly network: ClusterNetwork;
  readonly kind: 'StorageV2' | 'FileStorage';
  readonly sku: 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS' | 'Premium_LRS' | 'Premium_ZRS';
  readonly retention: Retention;
  readonly key?: CustomerKey;
  /** Whether what is not encrypted on its way is refused. @default true */
  readonly secureTransfer?: boolean;
}

/**
 * A storage account that is reached through private endpoints only, by identities only. It carries no lock, also where data is kept: a lock on it
 * would keep role assignments from being withdrawn.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export function storageAccount(settings: StorageAccountSettings, parent: pulumi.Resource): storage.StorageAccount {
  const { name, network, key } = settings;
  return new storage.StorageAccount(
    name.logicalName,
    {
      resourceGroupName: network.resourceGroupName,
      location: network.location,
      ...(name.accountName !== undefined && { accountName: name.accountName }),
      kind: settings.kind,
      sku: { name: settings.sku },
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      allowedCopyScope: 'AAD',
      defaultToOAuthAuthentication: true,
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      enableHttpsTrafficOnly: settings.secureTransfer ?? true,
      minimumTlsVersion: 'TLS1_2',
      publicNetworkAccess: 'Disabled',
      networkRuleSet: { defaultAction: storage.DefaultAction.Deny, bypass: 'AzureServices' },
      ...(key && { identity: { type: 'UserAssigned', userAssignedIdentities: [key.identityId] } }),
      encryption: {
        requireInfrastructureEncryption: true,
        services: { blob: { enabled: true, keyType: 'Account' }, file: { enabled: true, keyType: 'Account' } },
        ...(key
          ? {
              keySource: 'Microsoft.Keyvault',
              // Without a version, the account follows rotations of the key.
              keyVaultProperties: { keyVaultUri: key.vaultUri, keyName: key.keyName },
              encryptionIdentity: { encryptionUserAssignedIdentity: key.identityId },
            }
          : { keySource: 'Microsoft.Storage' }),
      },
    },
    protectedBy(settings.retention, parent),
  );
}
