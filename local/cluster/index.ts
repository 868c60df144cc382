export type { LocalCluster, StartedCluster, StartOutcome } from './cluster';
export { ClusterStartError, UnsupportedPlatformError, type ProgramFailure } from './errors';
export { clustersRoot } from './layout';
export { listClusters, removeCluster, stopCluster, type ListedCluster } from './lifecycle';
export { CLUSTER_TOOLS, type ClusterTool } from './programs';
export { startCluster, type ClusterProgress, type StartClusterOptions } from './start';
