export { AZURE_DATABASE_ROOTS } from './ca';
export type { DatabaseArgs } from './args';
export { Database } from './database';
export { type DatabaseEngine, ENGINES, type EngineFacts } from './engines';
export { existingDatabase, findServer, type ExistingDatabaseArgs } from './existing';
export { assumedServerLookups, liveServerLookups, type FoundServer, type ServerLookups, type ServerName } from './lookups';
export { SERVER_NAME } from './settings';
