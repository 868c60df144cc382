import * as authorization from '@pulumi/azure-native/authorization';
import * as monitor from '@pulumi/azure-native/monitor';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import type { Construct } from 'constructs';
import { checkWholeNumber, type Sql, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import type { DatabaseArgs } from './args';
import { databaseCa } from './ca';
import { ServerConnections } from './connections';
import type { DatabaseEngine } from './engines';
import { makeServer } from './server';
import { serverSettings } from './settings';

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
