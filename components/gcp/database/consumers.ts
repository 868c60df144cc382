import { createHash } from 'node:crypto';
import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import type { Construct } from 'constructs';
import { InvalidInputError, type ServiceAccountRef, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import { credentialsSecret } from '../../sql';
import { grantKey } from '../data/grant-key';
import { Once } from '../data/once';
import { type DatabaseEngine, ENGINES } from './engines';

/** A server that consumers connect to. */
export interface DatabaseServer {
  /** Name of the component, which databases and users are called after. */
  readonly name: string;
  readonly engine: DatabaseEngine;
  readonly project: string;
  /** Name of the server in Cloud SQL. */
  readonly instance: pulumi.Input<string>;
  /** Name in its certificate, as it goes into constructs. */
  readonly host: string;
  readonly address: pulumi.Output<string>;
  /** Certificates of the authorities that its own is from, in PEM. */
  readonly caCertificates: pulumi.Output<string>;
  readonly retention: Retention;
  readonly parent: pulumi.Resource;
}

/** Longest name of a database that is the name of a Secret and a volume too. */
const DATABASE_LENGTH = 63;
const DATABASE = /^[a-z]([a-z0-9_-]*[a-z0-9])?$/;
/** Long enough never to be guessed; MySQL takes up to 41 characters in what it hashes the old way. */
const PASSWORD_LENGTH = 32;

/** Databases of a server, and the users that its consumers are. */
export class Consumers {
  private readonly databases = new Once<gcp.sql.Database>();
  private readonly credentials = new Once<{ readonly username: pulumi.Output<string>; readonly password: pulumi.Output<string> }>();
  private readonly cidr: string;

  constructor(private readonly server: DatabaseServer) {
    this.cidr = `${asString(server.address, `the address of database server '${server.name}'`)}/32`;
  }

  /** @throws InvalidInputError for a name that no database can have */
  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection {
    const { engine, host, caCertificates } = this.server;
    this.check(request.database, scope.node.path);
    const credentials = this.user(request.database, request.serviceAccount);
    const { port } = ENGINES[engine];
    return {
      host,
      port,
      database: request.database,
      ...credentialsSecret({ ...credentials, caCertificates }, scope, id, request),
      egress: { to: [{ ipBlock: { cidr: this.cidr } }], ports: [port] },
    };
  }

  private user(database: string, consumer: ServiceAccountRef) {
    const { name, engine, project, instance, parent } = this.server;
    const key = grantKey(name, consumer, database);
    return this.credentials.get(key, () => {
      const { result: password } = new random.RandomPassword(key, { length: PASSWORD_LENGTH, special: false }, { parent });
      const username = userName(engine, database, consumer);
      const user = new gcp.sql.User(key, { project, instance, name: username, password, ...this.deletion() }, { parent });
      // Whoever knows the user finds the database there.
      return { username: pulumi.all([user.id, this.database(database).id]).apply(() => username), password };
    });
  }

  private database(database: string): gcp.sql.Database {
    const { name, engine, project, instance, retention, parent } = this.server;
    return this.databases.get(
      database,
      () => new gcp.sql.Database(`${name}/${database}`, { project, instance, name: database, charset: ENGINES[engine].charset, ...this.deletion() }, protectedBy(retention, parent)),
    );
  }

  /** PostgreSQL keeps users that own something, and databases that somebody is connected to; both go with the server. */
  private deletion() {
    return this.server.engine === 'postgresql' && { deletionPolicy: 'ABANDON' };
  }

  private check(database: string, where: string): void {
    const { reserved } = ENGINES[this.server.engine];
    if (database.length <= DATABASE_LENGTH && DATABASE.test(database) && !reserved.includes(database)) return;
    const expected = `lower-case letters, digits, '_' and '-', a letter first, at most ${DATABASE_LENGTH} characters, and none of ${reserved.join(', ')}`;
    throw new InvalidInputError({ property: 'database', value: database, expected, where });
  }
}

/** Readable in front, and behind it what tells consumers apart. */
function userName(engine: DatabaseEngine, database: string, { namespace, name }: ServiceAccountRef): string {
  const end = createHash('sha256').update(`${namespace}/${name}/${database}`).digest('hex').slice(0, 8);
  return `${database.replaceAll('-', '_').slice(0, ENGINES[engine].userLength - end.length - 1)}_${end}`;
}
