export { existingNetwork, type ExistingNetworkArgs } from './existing';
export { FlowLogs, type FlowLogsArgs } from './flow-logs';
export { DELEGATIONS, Network, type AksNetwork, type NetworkArgs } from './network';
export { NETWORK_SIZES, planAddresses, SERVICE_SIZES, SUBNET_SIZES, type AddressArgs, type AddressPlan, type SubnetName } from './plan';
export { existingResourceGroup } from './resource-group';
