export { ClusterDrain, type ClusterDrainArgs, type Leftovers } from './drain';
