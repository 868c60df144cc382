import { InvalidInputError, type SharedFiles } from '../../../constructs/core';
import type { FileLookups } from './lookups';

/** An instance of Filestore there is already. */
export interface ExistingFileStoreArgs {
  /** Name of the instance. */
  readonly instance: string;
  /** Zone or region it is in, e.g. `europe-west4-a`. */
  readonly location: string;
  /** Name of its share. @default its first one */
  readonly share?: string;
}

/** Makes a directory a volume. The Filestore driver could make whole instances only. */
const PROVISIONER = 'nfs.csi.k8s.io';

/** Versions of NFS by protocol of the instance. */
const NFS_VERSIONS: Readonly<Record<string, string>> = { NFS_V3: '3', NFS_V4_1: '4.1' };

/**
 * One instance of Filestore there is already, of which each volume is a directory. csi-driver-nfs makes them (`CsiDriverNfs`), which the cluster must have.
 * Volumes have no size of their own: together they have what the instance has.
 *
 * @param where the configuration section that errors name
 * @throws InvalidInputError if there is no such instance or share, or it has no address
 */
export async function existingFileStore(lookups: FileLookups, where: string, { instance, location, share }: ExistingFileStoreArgs): Promise<SharedFiles> {
  const refuse = (property: string, value: string, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  const found = await lookups.instance(instance, location);
  if (!found) return refuse('instance', instance, `an instance that '${location}' has, and that you may see (roles/file.viewer)`);
  const { address, protocol, shares } = found;
  const chosen = share ?? shares[0];
  if (address === undefined) return refuse('instance', instance, 'an instance with an address; this one has none yet');
  if (chosen === undefined || !shares.includes(chosen)) return refuse('share', chosen ?? '', `one of the shares of '${instance}': ${shares.join(', ') || 'it has none'}`);
  return {
    volumes: {
      provisioner: PROVISIONER,
      parameters: { server: address, share: `/${chosen}` },
      mountOptions: [`nfsvers=${NFS_VERSIONS[protocol] ?? '3'}`, 'hard'],
      expandable: false,
      waitForConsumer: false,
    },
  };
}
