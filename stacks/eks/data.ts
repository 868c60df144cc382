import * as pulumi from '@pulumi/pulumi';
import {
  Bucket,
  Database,
  existingBucket,
  existingDatabase,
  existingFileSystem,
  existingHostedZone,
  FileSystem,
  HostedZone,
  type HostedZoneLookups,
  rdsCertificates,
  Registry,
  type ServiceAccountRoles,
  UserPool,
} from '../../components/aws';
import { existingIdentityProvider } from '../../components/identity-provider';
import { type DnsZone, type IdentityProvider, InvalidInputError, type ObjectStore, type SharedFiles, type Sql } from '../../constructs/core';
import { fileText } from '../config/file-text';
import { ofSection } from '../config/of-section';
import { secretInput } from '../config/secret-input';
import type { EksContext, MadeCluster } from './cluster';

type Given = EksContext & MadeCluster & { readonly roles: ServiceAccountRoles; readonly keyArn: pulumi.Output<string> };

/** The bucket. */
export function bucket({ config: { objectStore, region }, roles, keyArn, retention, options }: Given): ObjectStore {
  const { existing, ...made } = objectStore;
  return existing ? ofSection('objectStore.existing', () => existingBucket({ ...existing, region, roles })) : new Bucket('object-store', { ...made, region, roles, keyArn, retention }, options);
}

/** The SQL database. */
export function database({ config, cluster, network, roles, keyArn, retention, options }: Given): Sql {
  const { existing, engine = 'aurora-mysql', storageGib, caFile: authorities, ...made } = config.database;
  if (existing) {
    const { caFile, username, password, ...server } = existing;
    const caCertificates = fileText(caFile, 'database.existing.caFile');
    return ofSection('database.existing', () => existingDatabase('database', { ...server, caCertificates, credentials: { username, password: secretInput(password, 'database.existing.password') } }, options));
  }
  if (engine === 'aurora-mysql' && storageGib !== undefined) {
    throw new InvalidInputError({ property: 'storageGib', value: storageGib, expected: "nothing with engine 'aurora-mysql', whose storage grows with the data", where: 'database' });
  }
  const { region } = config;
  const common = { ...made, region, network, clusterSecurityGroupId: cluster.securityGroupId, keyArn, roles, caCertificates: authorities === undefined ? rdsCertificates(region, 'aws') : fileText(authorities, 'database.caFile'), retention };
  return new Database('database', engine === 'aurora-mysql' ? { ...common, engine } : { ...common, engine, storageGib }, options);
}

/** Files that many nodes share. */
export function sharedFiles({ config: { sharedFiles: files }, cluster, network, keyArn, retention, options }: Given): SharedFiles {
  const { existing, ...made } = files;
  return existing ? ofSection('sharedFiles.existing', () => existingFileSystem(existing)) : new FileSystem('shared-files', { ...made, network, clusterSecurityGroupId: cluster.securityGroupId, keyArn, retention }, options);
}

/** The zone of the platform's names. */
export async function hostedZone({ config: { dns, domain, region }, roles, retention, options }: Given, lookups: HostedZoneLookups): Promise<DnsZone | undefined> {
  switch (dns.zone) {
    case 'none':
      return undefined;
    case 'create':
      return new HostedZone('dns', { domain, region, roles, retention }, options);
    case 'existing':
      return existingHostedZone(lookups, { domain, region, roles, name: 'dns' });
  }
}

/** Who signs people in. */
export function identityProvider({ config: { signIn, domain, clusterName }, retention, options }: Given): IdentityProvider {
  const { existing, domainPrefix = clusterName, ...made } = signIn;
  if (existing) return existingIdentityProvider({ ...existing, clientSecret: secretInput(existing.clientSecret, 'signIn.existing.clientSecret') }, 'signIn.existing');
  return new UserPool('sign-in', { ...made, domain, domainPrefix, retention }, options);
}

/** Repositories for images of people's own. */
export function registry({ config: { registry: { repositories }, region }, keyArn, retention, options }: Given): void {
  if (repositories.length > 0) new Registry('registry', { repositories, region, keyArn, retention }, options);
}
