import type * as pulumi from '@pulumi/pulumi';
import { type BlockStorage, InvalidInputError } from '../../constructs/core';
import { asString } from '../bridge';

/**
 * Disks that pods can have, by GKE's CSI driver. Persistent Disks (`pd-…`) go with every series but the newest (n4, c4, a3-ultragpu, a4, g4), which take
 * Hyperdisks alone.
 *
 * @see https://cloud.google.com/compute/docs/disks
 */
export const DISK_TYPES = ['pd-balanced', 'pd-ssd', 'pd-standard', 'hyperdisk-balanced'] as const;

/** Kind of disk. */
export type DiskType = (typeof DISK_TYPES)[number];

/** What volumes are made as. */
export interface PersistentDisksArgs {
  /** Key that they are encrypted with, which the service agent of Compute Engine may use. */
  readonly key: pulumi.Output<string>;
  /** @default 'pd-balanced' */
  readonly type?: DiskType;
}

/** Volumes on disks of Compute Engine, for one node at a time. @throws InvalidInputError for a type that is not known */
export function persistentDisks({ key, type = 'pd-balanced' }: PersistentDisksArgs): BlockStorage {
  if (!DISK_TYPES.includes(type)) throw new InvalidInputError({ property: 'type', value: type, expected: `one of ${DISK_TYPES.join(', ')}`, where: 'persistentDisks' });
  return {
    volumes: {
      provisioner: 'pd.csi.storage.gke.io',
      parameters: { type, 'disk-encryption-kms-key': asString(key, 'the key of volumes') },
    },
  };
}
