import type * as pulumi from '@pulumi/pulumi';
import {
  assumedContainerLookups,
  assumedLookups,
  assumedServerLookups,
  assumedShareAccountLookups,
  assumedZoneLookups,
  type AzureLookups,
  type ContainerLookups,
  DELEGATIONS,
  type FoundSubnet,
  liveContainerLookups,
  liveLookups,
  liveServerLookups,
  liveShareAccountLookups,
  liveZoneLookups,
  planAddresses,
  type ServerLookups,
  type ShareAccountLookups,
  type SubnetName,
  type ZoneLookups,
} from '../../components/azure';
import type { AksConfig } from '../config/schemas/aks';
import { PLATFORM_KUBERNETES } from '../kubernetes';

/** What is asked of Azure. */
export interface AksLookups {
  readonly azure: AzureLookups;
  readonly containers: ContainerLookups;
  readonly servers: ServerLookups;
  readonly shareAccounts: ShareAccountLookups;
  readonly zones: ZoneLookups;
}

/** Asks Azure, as the provider is signed in. */
export function live(provider: pulumi.ProviderResource): AksLookups {
  return {
    azure: liveLookups(provider),
    containers: liveContainerLookups(provider),
    servers: liveServerLookups(provider),
    shareAccounts: liveShareAccountLookups(provider),
    zones: liveZoneLookups(provider),
  };
}

/** Takes it that whatever the configuration names exists and is fine. */
export async function assumed({ location, subscription, network: { existing } }: AksConfig): Promise<AksLookups> {
  const azure = assumedLookups({
    location,
    subscriptionId: subscription,
    subnets: existing ? assumedSubnets(existing.virtualNetwork.subnets) : [],
    networkCidrs: [],
    kubernetesVersion: `${PLATFORM_KUBERNETES.versions.at(-1)}.0`,
  });
  const { subscriptionId } = await azure.account();
  return {
    azure,
    containers: assumedContainerLookups({ subscriptionId, location }),
    servers: assumedServerLookups(),
    shareAccounts: assumedShareAccountLookups(),
    zones: assumedZoneLookups({ subscriptionId }),
  };
}

/** Subnets as the network component would make them. */
function assumedSubnets(names: Readonly<Record<SubnetName, string>>): readonly Omit<FoundSubnet, 'id'>[] {
  const { subnets } = planAddresses({}, 'network');
  const subnet = (purpose: SubnetName): Omit<FoundSubnet, 'id'> => {
    const service = DELEGATIONS[purpose];
    return { name: names[purpose], cidrs: [subnets[purpose]], delegations: service === undefined ? [] : [service], hasSecurityGroup: true, hasNatGateway: true, hasRouteTable: false };
  };
  return [subnet('nodes'), subnet('apiServer'), subnet('endpoints'), subnet('database')];
}
