import * as dbformysql from '@pulumi/azure-native/dbformysql';
import * as dbforpostgresql from '@pulumi/azure-native/dbforpostgresql';
import * as privatedns from '@pulumi/azure-native/privatedns';
import * as pulumi from '@pulumi/pulumi';
import { protectedBy } from '../../retention';
import type { DatabaseArgs } from './args';
import type { ServerSettings } from './settings';

/** A server as resources. */
export interface MadeServer {
  readonly id: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  /** The last parameter that is set. */
  readonly configured: pulumi.Resource;
}

/** Makes a server inside the network, with its zone and its parameters. */
export function makeServer(name: string, args: DatabaseArgs, settings: ServerSettings, administratorLoginPassword: pulumi.Output<string>, parent: pulumi.Resource): MadeServer {
  const { network, retention = 'keep', key, geoBackupKey } = args;
  const { resourceGroupName } = network;
  const zone = new privatedns.PrivateZone(name, { resourceGroupName, privateZoneName: `${settings.logicalName}.${settings.facts.zoneSuffix}`, location: 'global' }, { parent });
  const link = new privatedns.VirtualNetworkLink(
    name,
    { resourceGroupName, privateZoneName: zone.name, location: 'global', registrationEnabled: false, virtualNetwork: { id: network.virtualNetworkId } },
    { parent },
  );
  const common = {
    resourceGroupName,
    location: network.location,
    ...(args.serverName !== undefined && { serverName: args.serverName }),
    version: settings.version,
    sku: settings.sku,
    administratorLogin: settings.administratorLogin,
    administratorLoginPassword,
    backup: { backupRetentionDays: settings.backupRetentionDays, geoRedundantBackup: args.geoRedundantBackup ? ('Enabled' as const) : ('Disabled' as const) },
    highAvailability: { mode: settings.highAvailability },
  };
  const delegated = { delegatedSubnetResourceId: args.subnetId ?? network.databaseSubnetId, publicNetworkAccess: 'Disabled' as const };
  const encryption = key && {
    primaryKeyURI: key.keyUriWithVersion,
    primaryUserAssignedIdentityId: key.identityId,
    ...(geoBackupKey && { geoBackupKeyURI: geoBackupKey.keyUriWithVersion, geoBackupUserAssignedIdentityId: geoBackupKey.identityId }),
  };
  const identities = [...(key ? [key.identityId] : []), ...(geoBackupKey ? [geoBackupKey.identityId] : [])];
  const options = { ...protectedBy(retention, parent), dependsOn: [link] };
  const server =
    settings.engine === 'mysql'
      ? new dbformysql.Server(
          settings.logicalName,
          {
            ...common,
            network: { ...delegated, privateDnsZoneResourceId: zone.id },
            storage: { storageSizeGB: settings.storageGb, autoGrow: 'Enabled', autoIoScaling: 'Enabled' },
            ...(encryption && {
              identity: { type: 'UserAssigned', userAssignedIdentities: identities },
              dataEncryption: { type: dbformysql.DataEncryptionType.AzureKeyVault, ...encryption },
            }),
          },
          options,
        )
      : new dbforpostgresql.Server(
          settings.logicalName,
          {
            ...common,
            network: { ...delegated, privateDnsZoneArmResourceId: zone.id },
            storage: { storageSizeGB: settings.storageGb, autoGrow: 'Enabled' },
            authConfig: { passwordAuth: 'Enabled', activeDirectoryAuth: 'Disabled' },
            ...(encryption && {
              identity: { type: 'UserAssigned', userAssignedIdentities: pulumi.all(identities).apply((ids) => Object.fromEntries(ids.map((id) => [id, {}]))) },
              dataEncryption: { type: 'AzureKeyVault', ...encryption },
            }),
          },
          options,
        );
  return { id: server.id, name: server.name, host: server.fullyQualifiedDomainName, configured: setParameters(name, settings, resourceGroupName, server, parent) };
}

/** Sets parameters one after the other: servers refuse a change while another is under way. */
function setParameters(name: string, settings: ServerSettings, resourceGroupName: pulumi.Input<string>, server: dbformysql.Server | dbforpostgresql.Server, parent: pulumi.Resource): pulumi.Resource {
  const Configuration = settings.engine === 'mysql' ? dbformysql.Configuration : dbforpostgresql.Configuration;
  let last: pulumi.Resource = server;
  for (const [configurationName, value] of settings.facts.parameters) {
    last = new Configuration(
      `${name}-${configurationName.replace(/[._]/g, '-')}`,
      { resourceGroupName, serverName: server.name, configurationName, value, source: 'user-override' },
      { parent, dependsOn: [last] },
    );
  }
  return last;
}
