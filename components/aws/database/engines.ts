/** Engines a {@link Database} can have. */
export type DatabaseEngine = 'aurora-mysql' | 'mysql' | 'postgresql';

/** What RDS calls an engine, and what it is told. */
export interface EngineFacts {
  /** What constructs call it. */
  readonly sql: 'mysql' | 'postgresql';
  /** What RDS calls it. */
  readonly name: 'aurora-mysql' | 'mysql' | 'postgres';
  /** Version that clients meet. RDS picks the newest minor version and keeps to it. */
  readonly version: string;
  /** Family of parameter groups. */
  readonly family: string;
  readonly port: number;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** Logs that go to CloudWatch: none that would hold statements with passwords. */
  readonly logs: readonly string[];
}

/**
 * Each refuses connections without TLS, and records who connects and what is slow.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
export const ENGINES: Readonly<Record<DatabaseEngine, EngineFacts>> = {
  // Aurora MySQL 3 speaks MySQL 8.0.
  'aurora-mysql': {
    sql: 'mysql',
    name: 'aurora-mysql',
    version: '8.0',
    family: 'aurora-mysql8.0',
    port: 3306,
    parameters: [
      { name: 'require_secure_transport', value: 'ON' },
      { name: 'server_audit_logging', value: '1' },
      { name: 'server_audit_events', value: 'CONNECT,QUERY_DDL,QUERY_DCL' },
      { name: 'slow_query_log', value: '1' },
      { name: 'log_output', value: 'FILE' },
    ],
    logs: ['audit', 'error', 'slowquery'],
  },
  mysql: {
    sql: 'mysql',
    name: 'mysql',
    version: '8.4',
    family: 'mysql8.4',
    port: 3306,
    parameters: [
      { name: 'require_secure_transport', value: '1' },
      { name: 'slow_query_log', value: '1' },
      { name: 'log_output', value: 'FILE' },
    ],
    logs: ['error', 'slowquery'],
  },
  postgresql: {
    sql: 'postgresql',
    name: 'postgres',
    version: '17',
    family: 'postgres17',
    port: 5432,
    parameters: [
      { name: 'rds.force_ssl', value: '1' },
      { name: 'log_connections', value: '1' },
      { name: 'log_disconnections', value: '1' },
    ],
    logs: ['postgresql', 'upgrade'],
  },
};

/** First user of a server. Not `admin`, which PostgreSQL keeps for itself. */
export const MASTER_USERNAME = 'kubeflow';

/** Authority that certificates of servers are issued by: the RSA one that is valid until 2061. */
export const CERTIFICATE_AUTHORITY = 'rds-ca-rsa2048-g1';
