import * as authorization from '@pulumi/azure-native/authorization';
import * as monitor from '@pulumi/azure-native/monitor';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import type { Construct } from 'constructs';
import { checkWholeNumber, type Sql, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import type { CustomerKey } from '../customer-key';
import { databaseCa } from './ca';
import { ServerConnections } from './connections';
import type { DatabaseEngine } from './engines';
import { makeServer } from './server';
import { serverSettings } from './settings';

/** Args of {@link Database}. */
export interface DatabaseArgs {
  readonly network: ClusterNetwork;
  /** @default 'mysql' */
  readonly engine?: DatabaseEngine;
  /** MySQL `8.4` or `8.0.21`; PostgreSQL `14` to `18`. @default '8.4', and '17' of PostgreSQL */
  readonly version?: string;
  /** Name of the server, unique in all of Azure: 3 to 63 lower-case letters, digits and `-`. @default the component's name and 8 characters that make it unique */
  readonly serverName?: string;
  /** Size of the server, of the families B, D or E. @default 'Standard_D2ads_v5': 2 cores, 8 GiB */
  readonly sku?: string;
  /** Storage at the beginning, in GiB: it grows by itself. @default 64 */
  readonly storageGb?: number;
  /** Where a standby is. Burstable sizes (B) have none. @default 'zone-redundant' */
  readonly highAvailability?: 'none' | 'same-zone' | 'zone-redundant';
  /** Days that backups are kept: 1 to 35, of PostgreSQL 7 to 35. @default 14 */
  readonly backupRetentionDays?: number;
  /** Whether backups are copied to the paired region. Decided when the server is made. @default false */
  readonly geoRedundantBackup?: boolean;
  /** Key that data and backups are encrypted with. @default keys of the platform */
  readonly key?: CustomerKey;
  /** Key, in the paired region, that copies of backups are encrypted with. Needed with `key` and `geoRedundantBackup`. */
  readonly geoBackupKey?: CustomerKey;
  /** Delegated subnet the server is in. @default that of the network, for MySQL; PostgreSQL needs one of its own */
  readonly subnetId?: pulumi.Input<string>;
  /** Range of that subnet, to which pods are then let out, e.g. `10.0.64.0/24`. @default pods are let out to any address on the server's port */
  readonly subnetCidr?: string;
  /** @default 'kubeflow' */
  readonly administratorLogin?: string;
  /** Change it to have a new password. @default 1 */
  readonly passwordGeneration?: number;
  /** CA certificates (PEM) that clients check the server's with. @default the public roots that Azure names, as Node.js carries them */
  readonly caCertificates?: string;
  /** Log Analytics workspace that is sent the server's logs. @default none */
  readonly logWorkspaceId?: pulumi.Input<string>;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * Azure Database for MySQL or PostgreSQL (flexible server) inside the network, without a public address, that refuses connections without TLS.
 *
 * @see https://learn.microsoft.com/azure/mysql/flexible-server/
 */
export class Database extends pulumi.ComponentResource implements Sql {
  readonly engine: DatabaseEngine;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  /** Resource id of the server. */
  readonly serverId: pulumi.Output<string>;
  private readonly connections: ServerConnections;

  /** @throws InvalidInputError for what Azure would refuse, and for CA certificates that are none */
  constructor(name: string, args: DatabaseArgs, options?: pulumi.ComponentResourceOptions) {
    const settings = serverSettings(name, args);
    const ca = databaseCa(args.caCertificates, name);
    const generation = checkWholeNumber('passwordGeneration', args.passwordGeneration ?? 1, name, { least: 1 });
    super('kubeflow-cdk:azure:Database', name, {}, options);
    const { retention = 'keep' } = args;
    // Azure asks for three kinds of characters. Punctuation is left out: it would have to be escaped in the connection strings of some programs.
    const password = new random.RandomPassword(
      name,
      { length: 32, special: false, minLower: 1, minUpper: 1, minNumeric: 1, keepers: { generation: String(generation) } },
      { parent: this },
    );
    const server = makeServer(name, args, settings, pulumi.secret(password.result), this);
    if (retention === 'keep') {
      new authorization.ManagementLockByScope(
        name,
        { scope: server.id, level: authorization.LockLevel.CanNotDelete, notes: 'Holds data of Kubeflow: set retention to delete before the server is deleted.' },
        // What the server is inherits the lock: it is the last to come.
        { parent: this, dependsOn: [server.configured] },
      );
    }
    if (args.logWorkspaceId !== undefined) {
      new monitor.DiagnosticSetting(name, { resourceUri: server.id, workspaceId: args.logWorkspaceId, logs: settings.facts.logs.map((category) => ({ category, enabled: true })) }, { parent: this });
    }
    this.connections = new ServerConnections(
      {
        name,
        engine: settings.engine,
        resourceGroupName: args.network.resourceGroupName,
        serverName: server.name,
        host: server.host,
        username: settings.administratorLogin,
        password: password.result,
        ca,
        cidr: args.subnetCidr,
        retention,
        after: server.configured,
      },
      this,
    );
    this.engine = settings.engine;
    this.version = settings.version;
    this.host = this.connections.host;
    this.port = settings.facts.port;
    this.serverId = server.id;
    this.registerOutputs({ serverId: server.id });
  }

  /** @throws InvalidInputError if the name cannot be one of a database and of a Secret, or is taken by the server itself */
  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection {
    return this.connections.connect(scope, id, request);
  }
}
