export { assumedLookups, type AssumedAzure } from './assumed';
export { liveLookups, type LiveLookupsOptions } from './live';
export type { AzureAccount, AzureLookups, FoundCluster, FoundSubnet, FoundVirtualNetwork, OfferedVmSize } from './lookups';
export { MANAGEMENT_ENDPOINT } from './management-api';
