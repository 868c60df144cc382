export { existingNetwork, type ExistingNetwork, type ExistingNetworkArgs } from './existing';
export { Network, type NetworkArgs } from './network';
