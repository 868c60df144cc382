import type { VolumeStorage } from '../../../constructs/core';

/** CSI driver of Azure Files. */
export const AZURE_FILES_DRIVER = 'file.csi.azure.com';

/** Where the driver makes shares. */
export interface ShareAccount {
  readonly resourceGroup: string;
  readonly accountName: string;
  readonly sku: string;
  readonly encryptInTransit: boolean;
}

/**
 * Volumes as NFS shares of one account. The driver asks the management API for a share and mounts it by its address: it reads no account key, and
 * stores none.
 *
 * @see https://github.com/kubernetes-sigs/azurefile-csi-driver/blob/master/docs/driver-parameters.md
 */
export function nfsVolumes({ resourceGroup, accountName, sku, encryptInTransit }: ShareAccount): VolumeStorage {
  return {
    provisioner: AZURE_FILES_DRIVER,
    parameters: {
      protocol: 'nfs',
      skuName: sku,
      resourceGroup,
      storageAccount: accountName,
      // Without it, the driver would add service endpoints to every subnet of the network.
      networkEndpointType: 'privateEndpoint',
      // Pods that run as different users share a volume: the driver leaves ownership to fsGroup, and the top directory open to all of them.
      rootSquashType: 'NoRootSquash',
      mountPermissions: '0777',
      encryptInTransit: String(encryptInTransit),
    },
    mountOptions: ['nconnect=4', 'noresvport', 'actimeo=30'],
    expandable: true,
    // Shares are in the whole region.
    waitForConsumer: false,
  };
}
