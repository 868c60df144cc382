import * as dbformysql from '@pulumi/azure-native/dbformysql';
import * as dbforpostgresql from '@pulumi/azure-native/dbforpostgresql';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from '../not-found';
import { type DatabaseEngine, ENGINES } from './engines';

/** Which server. */
export interface ServerName {
  readonly engine: DatabaseEngine;
  readonly resourceGroup: string;
  readonly serverName: string;
}

/** What there is to know about a server. */
export interface FoundServer {
  readonly host: string;
  readonly version: string;
  /** `Ready`, if it can be connected to. */
  readonly state: string;
  readonly publicNetworkAccess: boolean;
  /** Whether connections without TLS are refused. */
  readonly secureTransport: boolean;
}

/** What is asked about servers that exist. */
export interface ServerLookups {
  /** The server; `undefined` if there is none. */
  server(name: ServerName): Promise<FoundServer | undefined>;
}

/** Asks Azure through a provider. */
export function liveServerLookups(provider: pulumi.ProviderResource): ServerLookups {
  return {
    async server({ engine, resourceGroup: resourceGroupName, serverName }) {
      const { getServer, getConfiguration } = engine === 'mysql' ? dbformysql : dbforpostgresql;
      const server = await unlessMissing<dbformysql.GetServerResult | dbforpostgresql.GetServerResult>(getServer({ resourceGroupName, serverName }, { provider }));
      if (!server) return undefined;
      const { value } = await getConfiguration({ resourceGroupName, serverName, configurationName: 'require_secure_transport' }, { provider });
      return {
        host: server.fullyQualifiedDomainName,
        version: server.version ?? '',
        state: server.state,
        publicNetworkAccess: server.network?.publicNetworkAccess !== 'Disabled',
        secureTransport: value?.toLowerCase() === 'on',
      };
    },
  };
}

/** Takes it that whatever is named exists, in the newest version that is made by default, and is fine. */
export function assumedServerLookups(): ServerLookups {
  return {
    async server({ engine, serverName }) {
      const [version] = ENGINES[engine].versions;
      const domain = engine === 'mysql' ? 'mysql.database.azure.com' : 'postgres.database.azure.com';
      return { host: `${serverName}.${domain}`, version, state: 'Ready', publicNetworkAccess: false, secureTransport: true };
    },
  };
}
