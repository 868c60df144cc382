import * as network from '@pulumi/azure-native/network';
import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { ClusterNetwork } from '../contracts';
import { PRIVATE_LINK_SERVICES, PrivateLinkZone, type PrivateLinkService } from './zone';

/** Args of {@link PrivateLink}. */
export interface PrivateLinkArgs {
  readonly service: PrivateLinkService;
  readonly network: ClusterNetwork;
  /** Resource that is led to. */
  readonly resourceId: pulumi.Input<string>;
  /** Zone of the service's names in this network. @default one is made */
  readonly zone?: PrivateLinkZone;
}

/** A private endpoint in a network, and its names there. */
export class PrivateLink extends pulumi.ComponentResource {
  /** Id of the endpoint; known when names lead to it. */
  readonly ready: pulumi.Output<string>;

  /** @throws InvalidInputError if `zone` is one of another service */
  constructor(name: string, args: PrivateLinkArgs, options?: pulumi.ComponentResourceOptions) {
    const { service, zone } = args;
    checkZone(zone, service, name);
    super('kubeflow-cdk:azure:PrivateLink', name, {}, options);
    const { resourceGroupName, location, endpointSubnetId } = args.network;
    const { groupId } = PRIVATE_LINK_SERVICES[service];
    const { zoneId } = zone ?? new PrivateLinkZone(name, { service, network: args.network }, { parent: this });
    const endpoint = new network.PrivateEndpoint(
      name,
      {
        resourceGroupName,
        location,
        subnet: { id: endpointSubnetId },
        privateLinkServiceConnections: [{ name: groupId, privateLinkServiceId: args.resourceId, groupIds: [groupId] }],
      },
      { parent: this },
    );
    const names = new network.PrivateDnsZoneGroup(
      name,
      { resourceGroupName, privateEndpointName: endpoint.name, privateDnsZoneGroupName: 'default', privateDnsZoneConfigs: [{ name: groupId, privateDnsZoneId: zoneId }] },
      { parent: this },
    );
    this.ready = pulumi.all([endpoint.id, names.id]).apply(([id]) => id);
    this.registerOutputs({ ready: this.ready });
  }
}

/**
 * Checks that a zone is of a service, where there is one.
 *
 * @throws InvalidInputError if it is of another
 */
export function checkZone(zone: PrivateLinkZone | undefined, service: PrivateLinkService, where: string): void {
  if (zone && zone.service !== service) {
    throw new InvalidInputError({ property: 'privateLinkZone', value: zone.service, expected: `a zone of the service '${service}'`, where });
  }
}
