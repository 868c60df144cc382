/** What a flexible server runs. */
export type DatabaseEngine = 'mysql' | 'postgresql';

/** A parameter of a server, and its value. */
export type ServerParameter = readonly [name: string, value: string];

/** Facts of Azure about an engine. */
export interface EngineFacts {
  /** Versions that can be made; the first is the default. */
  readonly versions: readonly [string, ...string[]];
  readonly port: number;
  /** How the name of the private DNS zone ends. */
  readonly zoneSuffix: string;
  readonly storageGb: { readonly least: number; readonly most: number };
  readonly backupRetentionDays: { readonly least: number; readonly most: number };
  /** Names of administrators that Azure refuses. */
  readonly reservedLogins: readonly string[];
  readonly loginLength: number;
  /** Databases of the server itself. */
  readonly reservedDatabases: readonly string[];
  /** Parameters of every server, in the order they are set. */
  readonly parameters: readonly ServerParameter[];
  readonly logs: readonly string[];
}

/**
 * @see https://learn.microsoft.com/azure/mysql/flexible-server/concepts-limitations
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-limits
 */
export const ENGINES: Readonly<Record<DatabaseEngine, EngineFacts>> = {
  mysql: {
    versions: ['8.4', '8.0.21'],
    port: 3306,
    zoneSuffix: 'private.mysql.database.azure.com',
    storageGb: { least: 20, most: 16384 },
    backupRetentionDays: { least: 1, most: 35 },
    reservedLogins: ['azure_superuser', 'admin', 'administrator', 'root', 'guest', 'sa', 'public'],
    loginLength: 32,
    reservedDatabases: ['mysql', 'sys'],
    parameters: [
      ['require_secure_transport', 'ON'],
      ['tls_version', 'TLSv1.2,TLSv1.3'],
      ['audit_log_events', 'CONNECTION'],
      ['audit_log_enabled', 'ON'],
    ],
    logs: ['MySqlAuditLogs', 'MySqlSlowLogs'],
  },
  postgresql: {
    versions: ['17', '18', '16', '15', '14'],
    port: 5432,
    zoneSuffix: 'private.postgres.database.azure.com',
    storageGb: { least: 32, most: 32768 },
    backupRetentionDays: { least: 7, most: 35 },
    reservedLogins: ['azure_superuser', 'azure_pg_admin', 'admin', 'administrator', 'root', 'guest', 'public'],
    loginLength: 63,
    reservedDatabases: ['postgres', 'template0', 'template1'],
    parameters: [
      ['require_secure_transport', 'on'],
      ['ssl_min_protocol_version', 'TLSv1.2'],
      ['log_checkpoints', 'on'],
      ['log_connections', 'on'],
      ['log_disconnections', 'on'],
      ['connection_throttle.enable', 'on'],
      ['logfiles.retention_days', '7'],
    ],
    logs: ['PostgreSQLLogs'],
  },
};
