export type { AuroraArgs, DatabaseArgs, DatabaseBaseArgs, RdsArgs } from './args';
export { rdsCertificates } from './region-certificates';
export { Database } from './database';
export type { DatabaseEngine } from './engines';
export { existingDatabase, type ExistingDatabaseArgs, type ExistingDatabaseCredentials } from './existing';
