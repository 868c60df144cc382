import * as dns from '@pulumi/azure-native/dns';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from '../not-found';

/** A zone that exists. */
export interface FoundZone {
  readonly id: string;
  readonly isPublic: boolean;
}

/** What is asked about zones that exist. */
export interface ZoneLookups {
  /** The zone of exactly this name; `undefined` if there is none. */
  zone(resourceGroup: string, zoneName: string): Promise<FoundZone | undefined>;
}

/** Asks Azure through a provider. */
export function liveZoneLookups(provider: pulumi.ProviderResource): ZoneLookups {
  return {
    async zone(resourceGroupName, zoneName) {
      const zone = await unlessMissing(dns.getZone({ resourceGroupName, zoneName }, { provider }));
      return zone && { id: zone.id, isPublic: (zone.zoneType ?? 'Public') === 'Public' };
    },
  };
}

/** Takes it that whatever is named exists. */
export function assumedZoneLookups(assumed: { readonly subscriptionId: string }): ZoneLookups {
  return {
    zone: async (resourceGroup, zoneName) => ({
      id: `/subscriptions/${assumed.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/dnszones/${zoneName}`,
      isPublic: true,
    }),
  };
}
