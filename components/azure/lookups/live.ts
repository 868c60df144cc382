import * as pulumi from '@pulumi/pulumi';
import * as authorization from '@pulumi/azure-native/authorization';
import * as containerservice from '@pulumi/azure-native/containerservice';
import * as network from '@pulumi/azure-native/network';
import * as resources from '@pulumi/azure-native/resources';
import { unlessMissing } from '../not-found';
import type { AzureLookups, FoundCluster, FoundSubnet, FoundVirtualNetwork, OfferedVmSize } from './lookups';
import { listKubernetesVersions, listVmSkus, MANAGEMENT_ENDPOINT, type ManagementApi, type ResourceSku } from './management-api';

/** Options of {@link liveLookups}. */
export interface LiveLookupsOptions {
  /**
   * Where Azure is managed, e.g. `https://management.usgovcloudapi.net` for its US government cloud.
   * @default 'https://management.azure.com'
   */
  readonly managementEndpoint?: string;
  /** What sends requests to it. @default the platform's own */
  readonly fetch?: typeof fetch;
}

/**
 * Asks Azure, as the provider is signed in. What the SDK has no function for (offered machine sizes and versions) is read from
 * the management API with the provider's own token.
 *
 * @param provider explicit provider for the subscription that resources go to
 */
export function liveLookups(provider: pulumi.ProviderResource, options: LiveLookupsOptions = {}): AzureLookups {
  const invoke = { provider };
  const endpoint = (options.managementEndpoint ?? MANAGEMENT_ENDPOINT).replace(/\/$/, '');
  const account = once(async () => {
    const { subscriptionId, tenantId, objectId } = await authorization.getClientConfig(invoke);
    return { subscriptionId, tenantId, objectId };
  });
  const token = once(async () => (await authorization.getClientToken({ endpoint: `${endpoint}/` }, invoke)).token);
  const api = async (): Promise<ManagementApi> => ({ endpoint, subscriptionId: (await account()).subscriptionId, token, fetch: options.fetch });
  return {
    live: true,
    account,
    vmSizes: async (location) => (await listVmSkus(await api(), location)).flatMap((sku) => offered(sku, location)),
    kubernetesVersions: async (location) => listKubernetesVersions(await api(), location),
    hasResourceGroup: async (resourceGroupName) => (await unlessMissing(resources.getResourceGroup({ resourceGroupName }, invoke))) !== undefined,
    virtualNetwork: async (resourceGroupName, virtualNetworkName) => foundNetwork(await network.getVirtualNetwork({ resourceGroupName, virtualNetworkName }, invoke)),
    cluster: async (resourceGroupName, resourceName) => foundCluster(await containerservice.getManagedCluster({ resourceGroupName, resourceName }, invoke)),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

/** The size, unless the subscription may not use it anywhere in the location. */
function offered({ name, locationInfo = [], capabilities = [], restrictions = [] }: ResourceSku, location: string): OfferedVmSize[] {
  if (restrictions.some(({ type }) => type === 'Location')) return [];
  const refused = new Set(restrictions.flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []));
  const here = locationInfo.find((info) => info.location.toLowerCase() === location.toLowerCase());
  const capability = (key: string): string | undefined => capabilities.find((each) => each.name === key)?.value.toLowerCase();
  return [
    {
      name,
      zones: [...(here?.zones ?? [])].filter((zone) => !refused.has(zone)).sort(),
      encryptionAtHost: capability('EncryptionAtHostSupported') === 'true',
      // Sizes of the second generation have it, unless they say otherwise.
      trustedLaunch: (capability('HyperVGenerations') ?? '').includes('v2') && capability('TrustedLaunchDisabled') !== 'true',
    },
  ];
}

function foundNetwork({ id, location, addressSpace, subnets, name }: network.GetVirtualNetworkResult): FoundVirtualNetwork {
  if (id === undefined || location === undefined) throw new Error(`Azure says neither id nor location of the virtual network ${name}`);
  return { id, location, cidrs: addressSpace?.addressPrefixes ?? [], subnets: (subnets ?? []).flatMap(foundSubnet) };
}

type Subnet = NonNullable<network.GetVirtualNetworkResult['subnets']>[number];

function foundSubnet({ id, name, addressPrefix, addressPrefixes, delegations, networkSecurityGroup, natGateway, routeTable }: Subnet): FoundSubnet[] {
  if (id === undefined || name === undefined) return [];
  return [
    {
      id,
      name,
      cidrs: addressPrefixes ?? (addressPrefix === undefined ? [] : [addressPrefix]),
      delegations: (delegations ?? []).flatMap(({ serviceName }) => (serviceName === undefined ? [] : [serviceName])),
      hasSecurityGroup: networkSecurityGroup !== undefined,
      hasNatGateway: natGateway !== undefined,
      hasRouteTable: routeTable !== undefined,
    },
  ];
}

function foundCluster(found: containerservice.GetManagedClusterResult): FoundCluster {
  return {
    id: found.id,
    location: found.location,
    kubernetesVersion: found.currentKubernetesVersion,
    provisioningState: found.provisioningState,
    powerState: found.powerState.code ?? 'Running',
    oidcIssuer: found.oidcIssuerProfile?.enabled === true ? found.oidcIssuerProfile.issuerURL : undefined,
    workloadIdentity: found.securityProfile?.workloadIdentity?.enabled === true,
    localAccounts: found.disableLocalAccounts !== true,
    entraId: found.aadProfile?.managed === true,
    networkPolicy: found.networkProfile?.networkPolicy,
    secretsStore: found.addonProfiles?.['azureKeyvaultSecretsProvider']?.enabled === true,
    nodeIdentityPrincipalId: found.identityProfile?.['kubeletidentity']?.objectId,
    controlPlanePrincipalId: found.identity?.principalId ?? Object.values(found.identity?.userAssignedIdentities ?? {})[0]?.principalId,
  };
}
