import * as pulumi from '@pulumi/pulumi';
import { Netmask } from 'netmask';
import { checkWholeNumber, InvalidInputError, type Sql } from '../../../constructs/core';
import type { ServiceAccountRoles } from '../contracts';
import { checkRegion } from '../data/regions';
import { checkCaCertificates } from './ca-certificates';
import { caSecret } from './ca-secret';
import { connectTo } from './connection';
import type { DatabaseCredentials } from './credentials';

/** Credentials of a server there is already. */
export type ExistingDatabaseCredentials =
  /** In Secrets Manager, as JSON with `username` and `password`. Pods mount it through the Secrets Store CSI driver. */
  | { readonly secretArn: pulumi.Input<string>; readonly keyArn?: pulumi.Input<string>; readonly region: string; readonly roles: ServiceAccountRoles }
  /** Given by the program. The password is kept secret in state. */
  | { readonly username: string; readonly password: pulumi.Input<string> };

/** A server there is already. */
export interface ExistingDatabaseArgs {
  readonly engine: 'mysql' | 'postgresql';
  /** Version of the engine, e.g. `8.4`. */
  readonly version: string;
  /** Name of the server, as it is in its certificate. */
  readonly host: string;
  /** @default 3306 for MySQL, 5432 for PostgreSQL */
  readonly port?: number;
  /** IPv4 range its addresses are in, which consumers are let out to, e.g. `10.0.0.0/16`. */
  readonly cidr: string;
  /** Certificates (PEM) of the authorities its own is from. */
  readonly caCertificates: string;
  readonly credentials: ExistingDatabaseCredentials;
}

const PORTS = { mysql: 3306, postgresql: 5432 } as const;
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;

/**
 * A SQL server there is already: nothing of it is changed. It must let in the cluster, and speak TLS.
 *
 * @param name of the secret with the authorities' certificates, where credentials are in Secrets Manager
 * @throws InvalidInputError if the version, host, port, range or certificates are none
 */
export function existingDatabase(name: string, args: ExistingDatabaseArgs, options: pulumi.CustomResourceOptions = {}): Sql {
  const { engine, version, host, port = PORTS[engine], cidr } = args;
  const pem = check(name, args, port);
  const server = { name, host, port, cidr, credentials: credentialsOf(name, args.credentials, pem, options) };
  return { engine, version, host, port, connect: (scope, id, request) => connectTo(server, scope, id, request) };
}

function credentialsOf(name: string, given: ExistingDatabaseCredentials, pem: string, options: pulumi.CustomResourceOptions): DatabaseCredentials {
  if ('password' in given) return { kind: 'password', username: given.username, password: pulumi.secret(given.password), caCertificates: pem };
  const { keyArn } = given;
  const key = keyArn !== undefined && { keyArn };
  return { kind: 'secrets-manager', ...given, caSecretArn: caSecret(name, { pem, ...key, retention: 'delete' }, options) };
}

function check(name: string, { version, host, cidr, caCertificates, credentials }: ExistingDatabaseArgs, port: number): string {
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where: name });
  };
  if (!/^\d+(\.\d+)*$/.test(version)) refuse('version', version, "a version such as '8.4'");
  if (!HOST.test(host)) refuse('host', host, "the server's name in the DNS, as its certificate has it");
  if (!isRange(cidr)) refuse('cidr', cidr, "an IPv4 range such as '10.0.0.0/16'");
  checkWholeNumber('port', port, name, { least: 1, most: 65_535 });
  if ('region' in credentials) checkRegion(credentials.region, name);
  if ('username' in credentials && credentials.username === '') refuse('credentials.username', '', 'the name of a user');
  return checkCaCertificates(caCertificates, name);
}

function isRange(cidr: string): boolean {
  try {
    return /^[\d.]+\/\d+$/.test(cidr) && new Netmask(cidr).bitmask <= 32;
  } catch {
    return false;
  }
}
