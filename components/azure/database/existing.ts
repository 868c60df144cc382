import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { InvalidInputError, type Sql, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import { databaseCa } from './ca';
import { ServerConnections } from './connections';
import { type DatabaseEngine, ENGINES } from './engines';
import type { FoundServer, ServerLookups, ServerName } from './lookups';

/** Args of {@link existingDatabase}. */
export interface ExistingDatabaseArgs extends ServerName {
  readonly administratorLogin: string;
  /** Password of the administrator: a secret of the configuration. */
  readonly administratorPassword: pulumi.Output<string>;
  /** CA certificates (PEM) that clients check the server's with. @default the public roots that Azure names, as Node.js carries them */
  readonly caCertificates?: string;
}

/**
 * A flexible server that exists. Nothing about it is changed; databases that are asked for are made on it, and are never deleted with the stack.
 *
 * @param where the section of the configuration that names it
 * @throws InvalidInputError if there is none, or if it is not ready, reachable from outside, takes connections without TLS, or has another version
 */
export async function existingDatabase(lookups: ServerLookups, args: ExistingDatabaseArgs, options?: pulumi.ComponentResourceOptions, where = 'database'): Promise<Sql> {
  const found = await findServer(lookups, args, where);
  return new ExistingDatabase(where, args, found, databaseCa(args.caCertificates, where), options);
}

/**
 * Looks for a server.
 *
 * @throws InvalidInputError if there is none, or if it is not ready, reachable from outside, takes connections without TLS, or has another version
 */
export async function findServer(lookups: ServerLookups, { engine, resourceGroup, serverName }: ServerName, where = 'database'): Promise<FoundServer> {
  const { versions } = ENGINES[engine];
  const found = await lookups.server({ engine, resourceGroup, serverName });
  const fail = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  if (!found) return fail('serverName', serverName, `a flexible server for ${engine} in the resource group '${resourceGroup}'`);
  if (found.state !== 'Ready') fail('serverName', serverName, `a server that is Ready; this one is ${found.state}`);
  if (found.publicNetworkAccess) fail('serverName', serverName, 'a server without public network access');
  if (!found.secureTransport) fail('serverName', serverName, 'a server whose parameter require_secure_transport is on');
  // Azure says `8.4`, or `17.6`: what counts is how it begins.
  if (!versions.some((version) => found.version === version || found.version.startsWith(`${version}.`))) {
    fail('serverName', serverName, `a server with a version of ${engine} out of ${versions.join(', ')}; this one has ${found.version}`);
  }
  return found;
}

class ExistingDatabase extends pulumi.ComponentResource implements Sql {
  readonly engine: DatabaseEngine;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  private readonly connections: ServerConnections;

  constructor(name: string, args: ExistingDatabaseArgs, found: FoundServer, ca: string, options?: pulumi.ComponentResourceOptions) {
    super('kubeflow-cdk:azure:ExistingDatabase', name, {}, options);
    this.connections = new ServerConnections(
      {
        name,
        engine: args.engine,
        resourceGroupName: args.resourceGroup,
        serverName: args.serverName,
        host: pulumi.output(found.host),
        username: args.administratorLogin,
        password: args.administratorPassword,
        ca,
        retention: 'keep',
        after: undefined,
      },
      this,
    );
    this.engine = args.engine;
    this.version = found.version;
    this.host = this.connections.host;
    this.port = ENGINES[args.engine].port;
    this.registerOutputs({});
  }

  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection {
    return this.connections.connect(scope, id, request);
  }
}
