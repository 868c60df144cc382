import { isIP } from 'node:net';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, InvalidInputError, type Sql } from '../../constructs/core';
import { checkCaCertificates, credentialsSecret } from '../sql';
import { egressTo } from './egress';

/** Args of {@link existingSqlServer}. */
export interface ExistingSqlServerArgs {
  readonly engine: Sql['engine'];
  /** E.g. `8.4`. */
  readonly version: string;
  /** Name or address of the server; what its certificate is for. */
  readonly host: string;
  /** @default 3306 for MySQL, 5432 for PostgreSQL */
  readonly port?: number;
  /** A user that may make databases. */
  readonly username: string;
  readonly password: pulumi.Input<string>;
  /** Certificates of the authorities that the server has its own from, in PEM. */
  readonly caCertificates: string;
}

const PORTS = { mysql: 3306, postgresql: 5432 } as const;

/**
 * A SQL server that somebody runs already. Every consumer gets the one user: users of their own are for whoever runs the server to make.
 *
 * @param where configuration key, for errors
 * @throws InvalidInputError for a version, host or port that is none, or certificates that are no authorities'
 */
export function existingSqlServer(args: ExistingSqlServerArgs, where = 'existingSqlServer'): Sql {
  const { engine, version, host, port = PORTS[engine], username } = args;
  if (!/^\d+(\.\d+){0,2}$/.test(version)) throw new InvalidInputError({ property: 'version', value: version, expected: "a version such as '8.4'", where });
  if (isIP(host) === 0 && !/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*[a-z0-9]([-a-z0-9]*[a-z0-9])?$/i.test(host)) {
    throw new InvalidInputError({ property: 'host', value: host, expected: 'the name or address of the server, without scheme and port', where });
  }
  checkWholeNumber('port', port, where, { least: 1, most: 65_535 });
  const caCertificates = checkCaCertificates(args.caCertificates, where);
  const password = pulumi.secret(args.password);
  return {
    engine,
    version,
    host,
    port,
    connect: (scope, id, request) => ({
      host,
      port,
      database: request.database,
      ...credentialsSecret({ username, password, caCertificates }, scope, id, request),
      egress: egressTo(host, port),
    }),
  };
}
