export { DEFAULT_SERVICE_CIDR, SERVICE_PREFIX, VPC_PREFIX } from './cidr';
export { INTERFACE_ENDPOINTS, type InterfaceEndpoint } from './endpoints';
export { existingNetwork, type ExistingNetworkArgs } from './existing';
export { Network, type NetworkArgs } from './network';
export { chooseZones, ZONES_WITHOUT_EKS } from './zones';
