import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import type { Sql, SqlConnection, SqlRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy } from '../../retention';
import { checkDatabaseArgs, type DatabaseArgs, LOG_DAYS } from './args';
import { Consumers } from './consumers';
import { type DatabaseEngine, ENGINES } from './engines';
import { certifiedName, privateName } from './private-name';
import type { Edition } from './tiers';

/**
 * Servers have certificates from the authorities that Google shares among all of a region. Those alone are for the server's name; the certificates of the other
 * kind, from an authority for the one server, are for no name that a client inside the VPC could check.
 */
const SHARED_AUTHORITIES = 'GOOGLE_MANAGED_CAS_CA';

/** How long the last backup of a deleted server is kept, in days. */
const LAST_BACKUP_DAYS = 30;

/**
 * A server of Cloud SQL without a public address: reachable from the VPC only, over TLS only, under the name in its certificate, encrypted with a key of one's own,
 * with a standby in another zone, backed up every day and restorable to any moment of the last week.
 *
 * Each consumer has a user of its own. Cloud SQL makes every user an administrator of all databases of the server (`cloudsqlsuperuser`): consumers that must not
 * get at one another's data need servers of their own.
 *
 * @throws InvalidInputError for what Cloud SQL would refuse: names, machines, sizes
 */
export class Database extends pulumi.ComponentResource implements Sql {
  readonly engine: DatabaseEngine;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** Name of the server in Cloud SQL. */
  readonly instanceName: pulumi.Output<string>;
  private readonly consumers: Consumers;

  constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    const edition = checkDatabaseArgs(name, args);
    super('kubeflow-cdk:gcp:Database', name, {}, options);
    const { project, engine, network, retention = 'keep' } = args;
    const instance = this.instance(name, edition, args);
    const { privateIpAddress: address } = instance;
    const certified = pulumi.all([instance.dnsNames, instance.name]).apply(([names, server]) => certifiedName(names) ?? nameless(server));
    const host = privateName(name, { project, networkId: network.networkId, name: certified, address }, this);
    this.engine = engine;
    this.version = ENGINES[engine].version;
    this.port = ENGINES[engine].port;
    this.host = asString(host, `the name of database server '${name}'`);
    this.instanceName = instance.name;
    const caCertificates = instance.serverCaCerts.apply((authorities) => bundle(authorities));
    this.consumers = new Consumers({ name, engine, project, instance: instance.name, host: this.host, address, caCertificates, retention, parent: this });
    this.registerOutputs({ instanceName: instance.name, host });
  }

  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection {
    return this.consumers.connect(scope, id, request);
  }

  private instance(name: string, edition: Edition, args: DatabaseArgs): gcp.sql.DatabaseInstance {
    const { project, region, engine, network, key, tier = 'db-custom-2-8192', highAvailability = true, storageGib = 20, maxStorageGib, retention = 'keep' } = args;
    const keep = retention === 'keep';
    return new gcp.sql.DatabaseInstance(
      name,
      {
        project,
        region,
        databaseVersion: ENGINES[engine].databaseVersion,
        encryptionKeyName: key,
        deletionProtection: keep,
        settings: {
          tier,
          edition,
          availabilityType: highAvailability ? 'REGIONAL' : 'ZONAL',
          diskType: 'PD_SSD',
          diskSize: storageGib,
          diskAutoresize: true,
          ...(maxStorageGib !== undefined && { diskAutoresizeLimit: maxStorageGib }),
          deletionProtectionEnabled: keep,
          retainBackupsOnDelete: keep,
          finalBackupConfig: keep ? { enabled: true, retentionDays: LAST_BACKUP_DAYS } : { enabled: false },
          ipConfiguration: {
            ipv4Enabled: false,
            privateNetwork: network.networkId,
            sslMode: 'ENCRYPTED_ONLY',
            serverCaMode: SHARED_AUTHORITIES,
            serverCertificateRotationMode: 'AUTOMATIC_ROTATION_DURING_MAINTENANCE',
          },
          backupConfiguration: backups(args),
          databaseFlags: Object.entries(ENGINES[engine].flags).map(([flag, value]) => ({ name: flag, value })),
          // On Sundays, when the fewest people work.
          maintenanceWindow: { day: 7, hour: 2, updateTrack: 'stable' },
        },
      },
      // The disk has grown since it was made: to make it small again, Cloud SQL would have to make another.
      { ...protectedBy(retention, this), dependsOn: network.serviceConnection, ignoreChanges: ['settings.diskSize'] },
    );
  }
}

/** MySQL restores to a moment by its binary log, PostgreSQL by what is called that. */
function backups({ engine, region, backups: kept = 14 }: DatabaseArgs): gcp.types.input.sql.DatabaseInstanceSettingsBackupConfiguration {
  return {
    enabled: true,
    location: region,
    startTime: '01:00',
    ...(engine === 'mysql' ? { binaryLogEnabled: true } : { pointInTimeRecoveryEnabled: true }),
    transactionLogRetentionDays: LOG_DAYS,
    backupRetentionSettings: { retainedBackups: kept, retentionUnit: 'COUNT' },
  };
}

function nameless(server: string): never {
  throw new Error(`Cloud SQL states no name of server '${server}' for private services access, so that its certificate cannot be checked`);
}

/** Certificates of authorities in one text. @throws Error if there are none */
export function bundle(authorities: readonly { readonly cert: string }[]): string {
  const certificates = authorities.map(({ cert }) => cert.trim()).filter((cert) => cert !== '');
  if (certificates.length === 0) throw new Error('Cloud SQL states no certificate of the authorities of its server, so that its certificate cannot be checked');
  return `${certificates.join('\n')}\n`;
}
