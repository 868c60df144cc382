import type * as pulumi from '@pulumi/pulumi';
import type { BlockStorage } from '../../constructs/core';
import { asString } from '../bridge';

/** Kinds of managed disks for volumes. `Premium_ZRS` is in three zones at once; the others are in one. @see https://learn.microsoft.com/azure/virtual-machines/disks-types */
export type DiskKind = 'Premium_ZRS' | 'Premium_LRS' | 'StandardSSD_ZRS' | 'StandardSSD_LRS' | 'PremiumV2_LRS';

/** Options of {@link azureDisks}. */
export interface AzureDisksOptions {
  /** @default 'Premium_ZRS', with which a pod can move to another zone */
  readonly kind?: DiskKind;
  /** Key that volumes are encrypted with. @default that of the platform */
  readonly diskEncryptionSetId?: pulumi.Output<string>;
}

/**
 * Volumes on managed disks, by the driver that AKS comes with. Their contents cannot be exported over the network.
 *
 * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
 */
export function azureDisks({ kind = 'Premium_ZRS', diskEncryptionSetId }: AzureDisksOptions = {}): BlockStorage {
  return {
    volumes: {
      provisioner: 'disk.csi.azure.com',
      parameters: {
        skuName: kind,
        networkAccessPolicy: 'DenyAll',
        publicNetworkAccess: 'Disabled',
        // The second version of premium disks has no cache on the host.
        cachingMode: kind === 'PremiumV2_LRS' ? 'None' : 'ReadOnly',
        ...(diskEncryptionSetId && { diskEncryptionSetID: asString(diskEncryptionSetId, 'disk encryption set') }),
      },
      expandable: true,
      waitForConsumer: true,
    },
  };
}
