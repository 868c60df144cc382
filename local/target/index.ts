export { reachCluster, UnreachableClusterError, type ReachedCluster, type ReachOptions } from './target';
