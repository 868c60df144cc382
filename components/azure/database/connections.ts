import * as dbformysql from '@pulumi/azure-native/dbformysql';
import * as dbforpostgresql from '@pulumi/azure-native/dbforpostgresql';
import * as pulumi from '@pulumi/pulumi';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { ANYWHERE, type EgressRule, InvalidInputError, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import { credentialsName } from '../../sql';
import { type DatabaseEngine, ENGINES } from './engines';

/** A server that databases are made on. */
export interface ConnectedServer {
  readonly name: string;
  readonly engine: DatabaseEngine;
  readonly resourceGroupName: pulumi.Input<string>;
  readonly serverName: pulumi.Input<string>;
  readonly host: pulumi.Output<string>;
  readonly username: pulumi.Input<string>;
  /** Secret. */
  readonly password: pulumi.Output<string>;
  /** PEM. */
  readonly ca: string;
  /** Range that the server's address is in. @default not known */
  readonly cidr?: string;
  readonly retention: Retention;
  /** What is set on the server before there are databases. */
  readonly after: pulumi.Resource | undefined;
}

/** Databases of a server, and what pods need to connect to them. */
export class ServerConnections {
  readonly host: string;
  private readonly databases = new Map<string, pulumi.Output<string>>();
  private last: pulumi.Resource | undefined;

  constructor(private readonly server: ConnectedServer, private readonly parent: pulumi.Resource) {
    this.host = asString(server.host, 'the host of the database server');
    this.last = server.after;
  }

  /** @throws InvalidInputError if the name cannot be one of a database and of a Secret, or is taken by the server itself */
  connect(scope: Construct, id: string, { database, serviceAccount: { namespace } }: SqlRequest): SqlConnection {
    const { engine, name, username, password, ca } = this.server;
    const { port, reservedDatabases } = ENGINES[engine];
    const secretName = credentialsName(database, name);
    if (!/^[a-z]/.test(database) || reservedDatabases.includes(database)) {
      throw new InvalidInputError({ property: 'database', value: database, expected: `a name that begins with a letter and is none of ${reservedDatabases.join(', ')}`, where: name });
    }
    // Known when the database is there, so that nothing that names it starts before.
    const made = asString(this.database(database), `the database '${database}'`);
    new k8s.KubeSecret(scope, id, {
      metadata: { name: secretName, namespace },
      type: 'Opaque',
      stringData: {
        username: asString(pulumi.secret(username), 'the name of the database administrator'),
        password: asString(pulumi.secret(password), 'the password of the database administrator'),
        'ca.crt': ca,
        host: this.host,
        port: String(port),
        database: made,
      },
    });
    return {
      host: this.host,
      port,
      database: made,
      credentials: { name: `${secretName.slice(0, 51)}-credentials`, secret: { secretName } },
      secretName,
      identity: { serviceAccountAnnotations: {}, podLabels: {}, egress: [] },
      egress: this.egress(port),
    };
  }

  private egress(port: number): EgressRule {
    const { cidr } = this.server;
    return { to: cidr === undefined ? ANYWHERE : [{ ipBlock: { cidr } }], ports: [port] };
  }

  private database(databaseName: string): pulumi.Output<string> {
    const known = this.databases.get(databaseName);
    if (known) return known;
    const { engine, name, resourceGroupName, serverName, retention } = this.server;
    // Servers refuse a change while another is under way.
    const options = { ...protectedBy(retention, this.parent), ...(this.last && { dependsOn: [this.last] }) };
    const args = { resourceGroupName, serverName, databaseName };
    const database =
      engine === 'mysql'
        ? new dbformysql.Database(`${name}-${databaseName}`, { ...args, charset: 'utf8mb4', collation: 'utf8mb4_0900_ai_ci' }, options)
        : new dbforpostgresql.Database(`${name}-${databaseName}`, { ...args, charset: 'UTF8', collation: 'en_US.utf8' }, options);
    this.last = database;
    this.databases.set(databaseName, database.name);
    return database.name;
  }
}
