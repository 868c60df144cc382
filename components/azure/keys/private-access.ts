import * as pulumi from '@pulumi/pulumi';
import * as network from '@pulumi/azure-native/network';
import * as privatedns from '@pulumi/azure-native/privatedns';
import type { ClusterNetwork } from '../contracts';

/** Zone that private endpoints of vaults have their names in. @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
export const VAULT_ZONE = 'privatelink.vaultcore.azure.net';

/** An address of a vault inside a network, and its name there. Returned is what clients wait for. */
export function privateVaultAccess(name: string, vaultId: pulumi.Output<string>, { resourceGroupName, location, endpointSubnetId, virtualNetworkId }: ClusterNetwork, parent: pulumi.Resource): readonly pulumi.Resource[] {
  const endpoint = new network.PrivateEndpoint(
    name,
    { resourceGroupName, location, subnet: { id: endpointSubnetId }, privateLinkServiceConnections: [{ name: 'vault', privateLinkServiceId: vaultId, groupIds: ['vault'] }] },
    { parent },
  );
  const zone = new privatedns.PrivateZone(name, { resourceGroupName, location: 'Global', privateZoneName: VAULT_ZONE }, { parent });
  const link = new privatedns.VirtualNetworkLink(
    name,
    { resourceGroupName, location: 'Global', privateZoneName: zone.name, registrationEnabled: false, virtualNetwork: { id: virtualNetworkId } },
    { parent },
  );
  const group = new network.PrivateDnsZoneGroup(
    name,
    { resourceGroupName, privateEndpointName: endpoint.name, privateDnsZoneConfigs: [{ name: 'vault', privateDnsZoneId: zone.id }] },
    { parent },
  );
  return [link, group];
}
