import type * as pulumi from '@pulumi/pulumi';
import {
  assumedBuckets,
  assumedDatabases,
  assumedFileStores,
  assumedZones,
  Bucket,
  Database,
  existingBucket,
  existingDatabase,
  existingFileStore,
  existingManagedZone,
  FileStore,
  GoogleSignIn,
  liveBuckets,
  liveDatabases,
  liveFileStores,
  liveZones,
  ManagedZone,
  Registry,
  type WorkloadPrincipals,
} from '../../components/gcp';
import { existingIdentityProvider } from '../../components/identity-provider';
import type { DnsZone, IdentityProvider, ObjectStore, SharedFiles, Sql } from '../../constructs/core';
import { askedOfSection } from '../config/of-section';
import { secretInput } from '../config/secret-input';
import type { Facts } from '../stack';
import type { GkeContext, MadeCluster } from './cluster';
import { encryptsFiles, hasRegistry } from './keys';

type Given = GkeContext & MadeCluster & { readonly principals: WorkloadPrincipals; readonly facts: Facts; readonly provider: pulumi.ProviderResource };

/** The bucket. */
export async function bucket({ config: { objectStore }, place: { project, region }, key, principals, retention, options, facts, provider }: Given): Promise<ObjectStore> {
  const { existing, ...made } = objectStore;
  if (!existing) return new Bucket('object-store', { ...made, project, region, principals, key: key('objects'), retention }, options);
  return askedOfSection('objectStore.existing', () => existingBucket(facts === 'live' ? liveBuckets(provider) : assumedBuckets(region), 'object-store', { ...existing, principals }, options));
}

/** The SQL database. */
export async function database({ config, place: { project, region }, network, key, retention, options, facts, provider }: Given): Promise<Sql> {
  const { existing, engine = 'mysql', ...made } = config.database;
  if (!existing) return new Database('database', { ...made, engine, project, region, network, key: key('database'), retention }, options);
  const lookups = facts === 'live' ? liveDatabases(provider, project) : assumedDatabases(project, existing.engine);
  return askedOfSection('database.existing', () => existingDatabase(lookups, 'database', { ...existing, network, retention }, options));
}

/** Files that many nodes share. */
export async function sharedFiles({ config, place: { project }, network, key, facts, provider }: Given): Promise<SharedFiles> {
  const { existing, ...made } = config.sharedFiles;
  if (!existing) return new FileStore('shared-files', { ...made, project, network, ...(encryptsFiles(config) && { key: key('files') }) });
  return askedOfSection('sharedFiles.existing', () => existingFileStore(facts === 'live' ? liveFileStores(provider, project) : assumedFileStores(existing.share), 'shared-files', existing));
}

/** The zone of the platform's names. */
export async function managedZone({ config: { dns, domain }, place: { project }, principals, retention, options, facts, provider }: Given): Promise<DnsZone | undefined> {
  switch (dns.zone) {
    case 'none':
      return undefined;
    case 'create':
      return new ManagedZone('dns', { project, domain, principals, retention }, options);
    case 'existing':
      return existingManagedZone(facts === 'live' ? liveZones(provider, project) : assumedZones(project, domain), 'dns', { domain, principals }, options);
  }
}

/** Who signs people in. */
export async function identityProvider({ config: { signIn } }: Given): Promise<IdentityProvider> {
  if (signIn.kind === 'google') return new GoogleSignIn('sign-in', { ...signIn, clientSecret: secretInput(signIn.clientSecret, 'signIn.clientSecret') });
  return askedOfSection('signIn.existing', () => existingIdentityProvider({ ...signIn, clientSecret: secretInput(signIn.clientSecret, 'signIn.existing.clientSecret') }));
}

/** A repository for images of people's own. */
export function registry({ config, place, key, nodeAccounts, retention, options }: Given): void {
  if (!hasRegistry(config)) return;
  const { repository = config.clusterName, pullThrough } = config.registry;
  new Registry('registry', { ...place, repository, pullThrough: pullThrough.map((each) => ({ registry: each })), pulledBy: nodeAccounts, key: key('registry'), retention }, options);
}
