import type { App } from 'cdk8s';
import { existingIdentityProvider } from '../../components/identity-provider';
import { existingS3Endpoint, existingSqlServer, PullSecret } from '../../components/onprem';
import { type IdentityProvider, InvalidInputError, type ObjectStore, type SharedFiles, type Sql } from '../../constructs/core';
import { CsiDriverNfs } from '../../constructs/csi-driver-nfs';
import { existingStorageClass, nfsFiles, type StorageClassRef } from '../../constructs/storage-classes';
import type { OnpremConfig } from '../config';
import { fileText } from '../config/file-text';
import { secretInput } from '../config/secret-input';
import { ofSection } from '../config/of-section';

/** The bucket. */
export function objectStore({ objectStore: section }: OnpremConfig): ObjectStore | undefined {
  if (!section) return undefined;
  const { accessKeyId, secretAccessKey } = section;
  const keys = { accessKeyId: secretInput(accessKeyId, 'objectStore.accessKeyId'), secretAccessKey: secretInput(secretAccessKey, 'objectStore.secretAccessKey') };
  return existingS3Endpoint({ ...section, ...keys }, 'objectStore');
}

/** The SQL database. */
export function database({ database: section }: OnpremConfig): Sql | undefined {
  if (!section) return undefined;
  const { caFile, ...server } = section;
  const caCertificates = fileText(caFile, 'database.caFile');
  return ofSection('database', () => existingSqlServer({ ...server, caCertificates, password: secretInput(server.password, 'database.password') }), { caCertificates: 'caFile' });
}

/** Who signs people in. */
export function identityProvider({ signIn }: OnpremConfig): IdentityProvider | undefined {
  return signIn && ofSection('signIn', () => existingIdentityProvider({ ...signIn, clientSecret: secretInput(signIn.clientSecret, 'signIn.clientSecret') }));
}

/** Volumes for one node at a time. */
export function block({ block: section }: OnpremConfig): StorageClassRef | undefined {
  return section && existingStorageClass(section.storageClass);
}

/** Files that many nodes share. */
export function sharedFiles(app: App, { sharedFiles: section }: OnpremConfig): SharedFiles | StorageClassRef | undefined {
  if (!section) return undefined;
  if ('storageClass' in section) return existingStorageClass(section.storageClass);
  const { server, share, driver, replicas, kubeletDirectory, mountOptions } = section.nfs;
  return ofSection('sharedFiles.nfs', () => {
    const installed = driver === 'install' ? new CsiDriverNfs(app, 'csi-driver-nfs', { replicas, kubeletDirectory }) : undefined;
    return nfsFiles({ server, share, driver: installed, mountOptions });
  });
}

/** What images are pulled with; after everything that is pulled. */
export function pullSecret(app: App, { registry, imageRegistry }: OnpremConfig): void {
  if (!registry) return;
  const { username, password } = registry;
  const host = registry.host ?? imageRegistry?.split('/')[0];
  if (host === undefined) throw new InvalidInputError({ property: 'host', value: registry.host, expected: 'the host of the registry, or imageRegistry', where: 'registry' });
  ofSection('registry', () => new PullSecret(app, 'pull-secret', { host, username, password: secretInput(password, 'registry.password') }));
}
