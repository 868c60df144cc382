import type { Sql } from '../../../constructs/core';

/** SQL engines on Cloud SQL, each in the version that is deployed. */
export type DatabaseEngine = Sql['engine'];

/** What Cloud SQL says of an engine. */
export interface EngineFacts {
  /** Version as Cloud SQL names it. */
  readonly databaseVersion: string;
  readonly version: string;
  readonly port: number;
  /** Longest name of a user. */
  readonly userLength: number;
  /** Character set of databases. */
  readonly charset: string;
  /** Databases that the server keeps for itself. */
  readonly reserved: readonly string[];
  /** Flags that the CIS benchmark asks for and that are not so by default. @see https://cloud.google.com/sql/docs/mysql/flags @see https://cloud.google.com/sql/docs/postgres/flags */
  readonly flags: Readonly<Record<string, string>>;
}

/** @see https://cloud.google.com/sql/docs/db-versions */
export const ENGINES: Readonly<Record<DatabaseEngine, EngineFacts>> = {
  mysql: {
    databaseVersion: 'MYSQL_8_4',
    version: '8.4',
    port: 3306,
    userLength: 32,
    charset: 'utf8mb4',
    reserved: ['mysql', 'information_schema', 'performance_schema', 'sys'],
    flags: { skip_show_database: 'on', local_infile: 'off' },
  },
  postgresql: {
    databaseVersion: 'POSTGRES_17',
    version: '17',
    port: 5432,
    userLength: 63,
    charset: 'UTF8',
    reserved: ['postgres', 'template0', 'template1', 'cloudsqladmin'],
    flags: { log_connections: 'on', log_disconnections: 'on', log_statement: 'ddl', 'cloudsql.enable_pgaudit': 'on' },
  },
};
