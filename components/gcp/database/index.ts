export type { DatabaseArgs } from './args';
export { Database } from './database';
export type { DatabaseEngine } from './engines';
export { existingDatabase, type ExistingDatabaseArgs } from './existing';
export { assumedDatabases, type DatabaseLookups, type FoundDatabase, liveDatabases } from './lookups';
