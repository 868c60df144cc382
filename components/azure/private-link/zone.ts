import * as privatedns from '@pulumi/azure-native/privatedns';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterNetwork } from '../contracts';

/**
 * Services that private endpoints lead to: the part of the resource that is connected to, and the zone in which the service's names are then looked up.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 */
export const PRIVATE_LINK_SERVICES = {
  blob: { groupId: 'blob', zone: 'privatelink.blob.core.windows.net' },
  file: { groupId: 'file', zone: 'privatelink.file.core.windows.net' },
  registry: { groupId: 'registry', zone: 'privatelink.azurecr.io' },
} as const;

/** A service that private endpoints lead to. */
export type PrivateLinkService = keyof typeof PRIVATE_LINK_SERVICES;

/** Args of {@link PrivateLinkZone}. */
export interface PrivateLinkZoneArgs {
  readonly service: PrivateLinkService;
  readonly network: Pick<ClusterNetwork, 'resourceGroupName' | 'virtualNetworkId'>;
}

/**
 * The private DNS zone in which names of one service lead to private endpoints. A network can have one zone of a name: resources of the same kind
 * share it.
 */
export class PrivateLinkZone extends pulumi.ComponentResource {
  readonly service: PrivateLinkService;
  /** Resource id of the zone; known when the network looks names up in it. */
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, { service, network }: PrivateLinkZoneArgs, options?: pulumi.ComponentResourceOptions) {
    super('kubeflow-cdk:azure:PrivateLinkZone', name, {}, options);
    this.service = service;
    const { resourceGroupName } = network;
    const zone = new privatedns.PrivateZone(name, { resourceGroupName, privateZoneName: PRIVATE_LINK_SERVICES[service].zone, location: 'global' }, { parent: this });
    const link = new privatedns.VirtualNetworkLink(
      name,
      { resourceGroupName, privateZoneName: zone.name, location: 'global', registrationEnabled: false, virtualNetwork: { id: network.virtualNetworkId } },
      { parent: this },
    );
    this.zoneId = pulumi.all([zone.id, link.id]).apply(([id]) => id);
    this.registerOutputs({ zoneId: this.zoneId });
  }
}
