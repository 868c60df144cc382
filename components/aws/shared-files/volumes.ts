import type { VolumeStorage } from '../../../constructs/core';

/** What volumes of an EFS file system are like. */
export interface FileVolumes {
  /** Mode of the directory of a volume, in octal. @default '700': its own user and nobody else */
  readonly directoryPermissions?: string;
}

/**
 * What a StorageClass says of volumes that are access points of a file system: each has a directory and a user id of its own, so that one pod cannot
 * read what another one wrote to its volume.
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md
 */
export function accessPointVolumes(fileSystemId: string, { directoryPermissions = '700' }: FileVolumes): VolumeStorage {
  return {
    provisioner: 'efs.csi.aws.com',
    parameters: {
      provisioningMode: 'efs-ap',
      fileSystemId,
      directoryPerms: directoryPermissions,
      subPathPattern: '${.PVC.namespace}/${.PVC.name}',
      ensureUniqueDirectory: 'true',
    },
    mountOptions: ['tls'],
    // A file system has no size of its own to change, and is in every zone.
    expandable: false,
    waitForConsumer: false,
  };
}
