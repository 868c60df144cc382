export type { ApiAccess, AuthorizedNetwork } from './access';
export { GkeCluster, type GkeClusterArgs } from './cluster';
export { existingGkeCluster, type ExistingClusterArgs } from './existing';
export type { MaintenanceWindow, Weekday } from './maintenance';
export type { GkeTarget } from './target';
export { chooseVersion, type VersionCheck } from './version';
