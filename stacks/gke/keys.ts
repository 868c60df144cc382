import type * as pulumi from '@pulumi/pulumi';
import { EncryptionKeys, type GcpLocation, type KeyUser } from '../../components/gcp';
import type { Retention } from '../../components/retention';
import type { GkeConfig } from '../config/schemas/gke';

/** Gives the key of one kind of data. */
export type KeyOf = (user: KeyUser) => pulumi.Output<string>;

/** Keys of all that is made; none if nothing is, since key rings never go away again. */
export function encryptionKeys(config: GkeConfig, place: GcpLocation, retention: Retention, options: pulumi.ComponentResourceOptions): KeyOf {
  const users = usersOf(config);
  if (users.length === 0) return (user) => { throw new Error(`there is no key for '${user}': nothing of it is made`); };
  const keys = new EncryptionKeys('keys', { ...place, users, retention }, options);
  return (user) => keys.key(user);
}

function usersOf(config: GkeConfig): readonly KeyUser[] {
  const made: Readonly<Partial<Record<KeyUser, boolean>>> = {
    cluster: !config.cluster.existing,
    disks: !config.cluster.existing,
    objects: !config.objectStore.existing,
    database: !config.database.existing,
    files: encryptsFiles(config),
    registry: hasRegistry(config),
  };
  const kinds: readonly KeyUser[] = ['cluster', 'disks', 'objects', 'database', 'files', 'registry'];
  return kinds.filter((user) => made[user]);
}

/** Whether files are encrypted with a key of one's own: basic tiers of Filestore cannot be. */
export function encryptsFiles({ sharedFiles: { existing, tier = 'shared' } }: GkeConfig): boolean {
  return !existing && !tier.startsWith('basic-');
}

/** Whether anybody wants a registry. */
export function hasRegistry({ registry: { repository, pullThrough } }: GkeConfig): boolean {
  return repository !== undefined || pullThrough.length > 0;
}
