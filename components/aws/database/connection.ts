import type { Construct } from 'constructs';
import { checkDnsLabel, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import { type DatabaseCredentials, handOut } from './credentials';

/** A server that consumers connect to. */
export interface DatabaseServer {
  /** Name of the component, which grants are called after. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** IPv4 range the server's addresses are in. */
  readonly cidr: string;
  readonly credentials: DatabaseCredentials;
}

/** Names of databases, Secrets and volumes are all of them DNS labels. */
export function connectTo({ name, host, port, cidr, credentials }: DatabaseServer, scope: Construct, id: string, request: SqlRequest): SqlConnection {
  checkDnsLabel('database', request.database, scope.node.path);
  return {
    host,
    port,
    database: request.database,
    ...handOut(name, credentials, scope, id, request),
    egress: { to: [{ ipBlock: { cidr } }], ports: [port] },
  };
}
