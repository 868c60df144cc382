import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from '../data/not-found';
import { type DatabaseEngine, ENGINES } from './engines';
import type { ServerName } from './private-name';

/** A server that exists. */
export interface FoundDatabase {
  /** Engine and version as Cloud SQL names them, e.g. `MYSQL_8_4`. */
  readonly databaseVersion: string;
  /** Its address in a VPC; empty if it has none. */
  readonly address: string;
  /** The VPC. */
  readonly network: string;
  readonly sslMode: string;
  readonly serverCaMode: string;
  readonly names: readonly ServerName[];
  readonly authorities: readonly { readonly cert: string }[];
  /** Whether it copies another, and takes no changes. */
  readonly replica: boolean;
}

/** What is asked of Cloud SQL about servers that exist. */
export interface DatabaseLookups {
  readonly project: string;
  /** `undefined` if the project has none of that name. */
  instance(name: string): Promise<FoundDatabase | undefined>;
}

/** Asks Cloud SQL, by the provider given and so with its credentials. */
export function liveDatabases(provider: pulumi.ProviderResource, project: string): DatabaseLookups {
  return {
    project,
    async instance(name) {
      const found = await unlessMissing(() => gcp.sql.getDatabaseInstance({ project, name }, { provider }));
      return found?.databaseVersion ? describe(found) : undefined;
    },
  };
}

function describe(found: gcp.sql.GetDatabaseInstanceResult): FoundDatabase {
  const addressing = found.settings[0]?.ipConfigurations[0];
  return {
    databaseVersion: found.databaseVersion,
    address: found.privateIpAddress,
    network: addressing?.privateNetwork ?? '',
    sslMode: addressing?.sslMode ?? '',
    serverCaMode: addressing?.serverCaMode ?? '',
    names: found.dnsNames,
    authorities: found.serverCaCerts,
    replica: found.masterInstanceName !== '',
  };
}

/** Takes it for granted that servers of an engine are there and fine: for synthesis without an account. */
export function assumedDatabases(project: string, engine: DatabaseEngine): DatabaseLookups {
  return {
    project,
    instance: (name) =>
      Promise.resolve({
        databaseVersion: ENGINES[engine].databaseVersion,
        address: '10.9.0.3',
        network: `projects/${project}/global/networks/assumed`,
        sslMode: 'ENCRYPTED_ONLY',
        serverCaMode: 'GOOGLE_MANAGED_CAS_CA',
        names: [{ name: `${name}.assumed.sql-psa.goog.`, connectionType: 'PRIVATE_SERVICES_ACCESS', dnsScope: 'INSTANCE' }],
        authorities: [{ cert: '-----BEGIN CERTIFICATE-----\nassumed\n-----END CERTIFICATE-----' }],
        replica: false,
      }),
  };
}
