import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { checkDnsLabel, InvalidInputError, type Sql, type SqlConnection, type SqlRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { Consumers } from './consumers';
import { bundle } from './database';
import { type DatabaseEngine, ENGINES } from './engines';
import type { DatabaseLookups, FoundDatabase } from './lookups';
import { certifiedName, privateName } from './private-name';

/** A server of Cloud SQL there is already. */
export interface ExistingDatabaseArgs {
  /** Name of the server. */
  readonly instance: string;
  readonly engine: DatabaseEngine;
  /** The VPC of the cluster, in which the server must have an address. */
  readonly network: Pick<ClusterNetwork, 'networkId'>;
  /** Whether the VPC finds the server by the name in its certificate already; if not, a private zone of that name is made. @default false */
  readonly named?: boolean;
  /** What becomes of the databases that are made on it. @default 'keep' */
  readonly retention?: Retention;
}

/** Zones that are made have 63 characters, of which some are ours and Pulumi's. */
const NAME_LENGTH = 50;

/** A server under a name that clients can check. */
interface UsableDatabase extends FoundDatabase {
  readonly certifiedName: string;
}

/** What is made on a server there is already. */
class ExistingDatabase extends pulumi.ComponentResource implements Sql {
  readonly engine: DatabaseEngine;
  readonly version: string;
  readonly host: string;
  readonly port: number;
  private readonly consumers: Consumers;

  constructor(name: string, { instance, engine, network, named = false, retention = 'keep' }: ExistingDatabaseArgs, project: string, found: UsableDatabase, options?: pulumi.ComponentResourceOptions) {
    const caCertificates = pulumi.output(bundle(found.authorities));
    super('kubeflow-cdk:gcp:ExistingDatabase', name, {}, options);
    this.engine = engine;
    this.version = versionOf(found.databaseVersion);
    this.port = ENGINES[engine].port;
        const zone = { project, networkId: network.networkId, name: pulumi.output(found.certifiedName), address: found.address };
    this.host = named ? found.certifiedName.replace(/\.$/, '') : asString(privateName(name, zone, this), `the name of database server '${instance}'`);
    this.consumers = new Consumers({ name, engine, project, instance, host: this.host, address: pulumi.output(found.address), caCertificates, retention, parent: this });
    this.registerOutputs({});
  }

  connect(scope: Construct, id: string, request: SqlRequest): SqlConnection {
    return this.consumers.connect(scope, id, request);
  }
}

/**
 * A server of Cloud SQL there is already. Its settings are left alone; databases and users are made on it as on one of ours.
 *
 * @param name what they are called after; the configuration section that errors name
 * @throws InvalidInputError if there is no such server, it is of another engine, a replica, has no address in a VPC, takes connections without TLS, asks clients for
 *   certificates, or has a certificate whose name cannot be checked
 */
export async function existingDatabase(lookups: DatabaseLookups, name: string, args: ExistingDatabaseArgs, options?: pulumi.ComponentResourceOptions): Promise<Sql> {
  checkDnsLabel('name', name, name, NAME_LENGTH);
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property: 'instance', value: args.instance, expected, where: name });
  };
  const found = await lookups.instance(args.instance);
  if (!found) return refuse(`a server that project '${lookups.project}' has, and that you may see (roles/cloudsql.viewer)`);
  const problem = problemOf(found, args.engine);
  if (problem !== undefined) return refuse(problem);
  const certified = certifiedName(found.names);
  if (certified === undefined) return refuse('a server that Cloud SQL states a name of for private services access; this one has none');
  return new ExistingDatabase(name, args, lookups.project, { ...found, certifiedName: certified }, options);
}

/** What would have to be otherwise. */
function problemOf({ databaseVersion, replica, address, network, sslMode, serverCaMode }: FoundDatabase, engine: DatabaseEngine): string | undefined {
  const [kind] = ENGINES[engine].databaseVersion.split('_');
  if (!databaseVersion.startsWith(`${kind}_`)) return `a server of ${engine}; this one is ${databaseVersion}`;
  if (replica) return 'a primary server; this one is a replica, which takes no changes';
  if (address === '' || network === '') return 'a server with a private address by private services access in the VPC of the cluster; this one has none';
  if (sslMode === 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED') return 'sslMode ENCRYPTED_ONLY: consumers have passwords, and no certificates of their own';
  if (sslMode !== 'ENCRYPTED_ONLY') return `sslMode ENCRYPTED_ONLY, not ${sslMode || 'the default'}: it takes connections without TLS`;
  if (serverCaMode !== 'GOOGLE_MANAGED_CAS_CA' && serverCaMode !== 'CUSTOMER_MANAGED_CAS_CA') {
    return `serverCaMode GOOGLE_MANAGED_CAS_CA or CUSTOMER_MANAGED_CAS_CA, not ${serverCaMode || 'the default'}: only those have certificates with a name that clients can check`;
  }
  return undefined;
}

/** `8.4` of `MYSQL_8_4`, `17` of `POSTGRES_17`. */
function versionOf(databaseVersion: string): string {
  return databaseVersion.split('_').slice(1).filter((part) => /^\d+$/.test(part)).join('.');
}
