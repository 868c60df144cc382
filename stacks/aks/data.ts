import * as azuread from '@pulumi/azuread';
import {
  BlobContainer,
  Database,
  DataKey,
  EntraApplication,
  existingContainer,
  existingDatabase,
  existingFileShare,
  existingZone,
  FileShare,
  PublicZone,
  Registry,
  type ServiceAccountIdentities,
} from '../../components/azure';
import { existingIdentityProvider } from '../../components/identity-provider';
import type { DnsZone, IdentityProvider, ObjectStore, SharedFiles, Sql } from '../../constructs/core';
import { fileText } from '../config/file-text';
import { secretInput } from '../config/secret-input';
import type { AksContext, MadeCluster } from './cluster';

type Given = AksContext & MadeCluster & { readonly identities: ServiceAccountIdentities };

/** A key for the data of one part. */
function keyOf(part: string, { config, network, keys: { vaultId, vaultName }, retention, options }: Given): DataKey {
  return new DataKey(`${part}-key`, { ...config.keys, network, vaultId, vaultName, retention }, options);
}

/** The container of blobs. */
export async function container(given: Given): Promise<ObjectStore> {
  const { config: { objectStore }, lookups, network, identities, workspaceId, retention, options } = given;
  const { existing, ...made } = objectStore;
  if (existing) return existingContainer(lookups.containers, { ...existing, identities }, 'objectStore.existing');
  return new BlobContainer('object-store', { ...made, network, identities, key: keyOf('object-store', given), logWorkspaceId: workspaceId, retention }, options);
}

/** The SQL database. */
export async function database(given: Given): Promise<Sql> {
  const { config, lookups, network, databaseCidr, workspaceId, retention, options } = given;
  const { existing, caFile, ...made } = config.database;
  if (existing) {
    const { caFile: authorities, administratorPassword, ...server } = existing;
    const caCertificates = authorities === undefined ? undefined : fileText(authorities, 'database.existing.caFile');
    return existingDatabase(lookups.servers, { ...server, caCertificates, administratorPassword: secretInput(administratorPassword, 'database.existing.administratorPassword') }, options, 'database-existing');
  }
  const caCertificates = caFile === undefined ? undefined : fileText(caFile, 'database.caFile');
  return new Database('database', { ...made, network, subnetCidr: databaseCidr, key: keyOf('database', given), caCertificates, logWorkspaceId: workspaceId, retention }, options);
}

/** Files that many nodes share. */
export async function sharedFiles(given: Given): Promise<SharedFiles> {
  const { config, lookups, network, cluster, retention, options } = given;
  const { existing, ...made } = config.sharedFiles;
  if (existing) return existingFileShare(lookups.shareAccounts, existing, 'sharedFiles.existing');
  return new FileShare('shared-files', { ...made, network, driverPrincipalId: cluster.controlPlanePrincipalId, key: keyOf('shared-files', given), retention }, options);
}

/** The zone of the platform's names. */
export async function zone({ config: { dns, domain }, account, lookups, network, identities, retention, options }: Given): Promise<DnsZone | undefined> {
  const { subscriptionId, tenantId } = account;
  switch (dns.zone) {
    case 'none':
      return undefined;
    case 'create':
      return new PublicZone('dns', { domain, resourceGroupName: network.resourceGroupName, subscriptionId, tenantId, identities, customRoles: dns.customRoles, retention }, options);
    case 'existing':
      return existingZone(lookups.zones, { name: 'dns', domain, resourceGroup: dns.resourceGroup, subscriptionId, tenantId, identities, customRoles: dns.customRoles }, options, 'azure');
  }
}

/** Who signs people in. */
export function identityProvider({ config: { signIn, domain }, account: { tenantId } }: Given): IdentityProvider {
  const { existing, ...made } = signIn;
  if (existing) return existingIdentityProvider({ ...existing, clientSecret: secretInput(existing.clientSecret, 'signIn.existing.clientSecret') }, 'signIn.existing');
  return new EntraApplication('sign-in', { ...made, tenantId, domain }, { provider: new azuread.Provider('entra', { tenantId }) });
}

/** A registry for images of people's own. */
export function registry(given: Given): void {
  const { config, network, cluster, workspaceId, retention, options } = given;
  if (config.registry) new Registry('registry', { ...config.registry, network, kubeletPrincipalId: cluster.nodeIdentityPrincipalId, key: keyOf('registry', given), logWorkspaceId: workspaceId, retention }, options);
}
