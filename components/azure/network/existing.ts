import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { AzureLookups, FoundSubnet, FoundVirtualNetwork } from '../lookups';
import { unlessMissing } from '../not-found';
import { checkRange, overlap } from './cidr';
import { DELEGATIONS, type AksNetwork } from './network';
import { checkClusterRanges, roomForNodes, SUBNET_SIZES, SUBNETS, type SubnetName } from './plan';

/** Which network exists already. */
export interface ExistingNetworkArgs {
  /** Resource group that the stack's own resources go to. */
  readonly resourceGroup: string;
  /** Where they go; the network must be there too. */
  readonly location: string;
  readonly virtualNetwork: {
    /** @default that of the stack's own resources */
    readonly resourceGroup?: string;
    readonly name: string;
    /** Names of its subnets. */
    readonly subnets: Readonly<Record<SubnetName, string>>;
  };
  /** @default '10.244.0.0/16' */
  readonly podCidr?: string;
  /** @default '10.0.0.0/16' */
  readonly serviceCidr?: string;
}

/**
 * A virtual network that somebody else has made. Its security groups and its way to the Internet are theirs; nothing of it is changed.
 *
 * @param where section of the configuration, for errors
 * @throws InvalidInputError if there is none, or it is somewhere else, a subnet is missing, too small, not delegated to who needs it, without a security group or (nodes) without
 * a way to the Internet, or its ranges overlap those of pods and services
 */
export async function existingNetwork(lookups: AzureLookups, args: ExistingNetworkArgs, where = 'network'): Promise<AksNetwork> {
  const { virtualNetwork, podCidr = '10.244.0.0/16', serviceCidr = '10.0.0.0/16' } = args;
  const group = virtualNetwork.resourceGroup ?? args.resourceGroup;
  const found = await unlessMissing(lookups.virtualNetwork(group, virtualNetwork.name));
  if (!found) throw new InvalidInputError({ property: 'virtualNetwork.name', value: virtualNetwork.name, expected: `the name of a virtual network in the resource group '${group}'`, where });
  if (found.location.toLowerCase() !== args.location.toLowerCase()) {
    throw new InvalidInputError({ property: 'virtualNetwork.name', value: virtualNetwork.name, expected: `a network in ${args.location}; this one is in ${found.location}`, where });
  }
  const around = found.cidrs.map((cidr) => ({ property: `the network ${virtualNetwork.name}`, cidr }));
  for (const range of around) {
    for (const [property, cidr] of [['podCidr', podCidr], ['serviceCidr', serviceCidr]] as const) {
      if (overlap(range.cidr, cidr)) throw new InvalidInputError({ property, value: cidr, expected: `a range apart from ${range.property} (${range.cidr})`, where });
    }
  }
  checkClusterRanges({ podCidr, serviceCidr }, [], where);
  const subnets = Object.fromEntries(SUBNETS.map((name) => [name, checkedSubnet(found, name, virtualNetwork.subnets[name], where)]));
  const id = (name: SubnetName): pulumi.Output<string> => pulumi.output(subnets[name]?.id ?? '');
  return {
    resourceGroupName: pulumi.output(args.resourceGroup),
    location: args.location,
    virtualNetworkId: pulumi.output(found.id),
    nodeSubnetId: id('nodes'),
    apiServerSubnetId: id('apiServer'),
    endpointSubnetId: id('endpoints'),
    databaseSubnetId: id('database'),
    podCidr,
    serviceCidr,
    maxNodes: roomForNodes(subnets['nodes']?.cidrs[0] ?? '', podCidr),
  };
}

function checkedSubnet({ subnets }: FoundVirtualNetwork, purpose: SubnetName, name: string, where: string): FoundSubnet {
  const property = `virtualNetwork.subnets.${purpose}`;
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property, value: name, expected, where });
  };
  const subnet = subnets.find((each) => each.name === name);
  if (!subnet) return refuse(`the name of a subnet of the network: ${subnets.map((each) => `'${each.name}'`).join(', ') || 'it has none'}`);
  const ipv4 = subnet.cidrs.filter((cidr) => !cidr.includes(':'));
  if (ipv4.length !== 1) return refuse(`a subnet with one IPv4 range; this one has ${ipv4.length}`);
  for (const cidr of ipv4) checkRange({ property, cidr }, SUBNET_SIZES[purpose], where);
  const service = DELEGATIONS[purpose];
  const wrong = service === undefined ? subnet.delegations.length > 0 : subnet.delegations.length !== 1 || subnet.delegations[0]?.toLowerCase() !== service.toLowerCase();
  if (wrong) return refuse(`a subnet that is delegated to ${service ?? 'nobody'}; this one is delegated to ${subnet.delegations.join(', ') || 'nobody'}`);
  if (!subnet.hasSecurityGroup) return refuse('a subnet with a network security group');
  if (purpose === 'nodes' && !subnet.hasNatGateway) return refuse('a subnet with a NAT gateway, by which nodes reach the Internet without an address on it');
  return { ...subnet, cidrs: ipv4 };
}
