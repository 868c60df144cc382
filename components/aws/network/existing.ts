import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { ClusterNetwork } from '../contracts';
import type { AwsLookups, SubnetFacts } from '../lookups';
import { checkServiceCidr, DEFAULT_SERVICE_CIDR, parseCidr } from './cidr';
import { FEWEST_ZONES } from './zones';

/** Which part of the account's network a cluster is put into. */
export interface ExistingNetworkArgs {
  /** E.g. `vpc-0123456789abcdef0`. */
  readonly vpcId: string;
  /** Subnets for nodes and pods: one a zone, in two zones or more, none of them public. */
  readonly privateSubnetIds: readonly string[];
  /** Subnets for load balancers that face the internet. @default none */
  readonly publicSubnetIds?: readonly string[];
  /** Range the cluster's Services will have: must not overlap. @default '172.20.0.0/16' */
  readonly serviceCidr?: string;
  /** Configuration section the args are from, for errors. @default 'network' */
  readonly where?: string;
}

/** Fewest free addresses of a private subnet: below it, the control plane's interfaces and a first few nodes with their pods find no room. */
const FEWEST_FREE_ADDRESSES = 64;

/**
 * A network that exists already, as what {@link Network} would have made.
 *
 * @throws InvalidInputError if the VPC or a subnet is not there, a subnet is in another VPC or public, or there are too few zones or addresses
 */
export async function existingNetwork(lookups: AwsLookups, args: ExistingNetworkArgs): Promise<ClusterNetwork> {
  const { vpcId, privateSubnetIds, publicSubnetIds = [], serviceCidr = DEFAULT_SERVICE_CIDR, where = 'network' } = args;
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  checkIds('vpcId', [vpcId], 'vpc', where);
  checkIds('privateSubnetIds', privateSubnetIds, 'subnet', where);
  checkIds('publicSubnetIds', publicSubnetIds, 'subnet', where);
  const both = privateSubnetIds.find((id) => publicSubnetIds.includes(id));
  if (both) refuse('publicSubnetIds', both, 'subnets that are not among privateSubnetIds too');

  const vpc = (await lookups.vpc(vpcId)) ?? refuse('vpcId', vpcId, 'a VPC of the account and region');
  if (!vpc.dnsSupport || !vpc.dnsHostnames) refuse('vpcId', vpcId, 'a VPC with DNS support and DNS hostnames on: nodes find the private endpoint by them');
  checkServiceCidr(serviceCidr, parseCidr('vpcId', vpc.cidr, where), where);

  const subnets = await lookups.subnets([...privateSubnetIds, ...publicSubnetIds]);
  const facts = (property: string, ids: readonly string[]): readonly SubnetFacts[] =>
    ids.map((id) => {
      const subnet = subnets.find((each) => each.id === id) ?? refuse(property, id, 'a subnet of the account and region');
      if (subnet.vpcId !== vpcId) refuse(property, id, `subnets of '${vpcId}'; this one is in '${subnet.vpcId}'`);
      return subnet;
    });
  const inside = facts('privateSubnetIds', privateSubnetIds);
  const outside = facts('publicSubnetIds', publicSubnetIds);

  for (const { id, public: isPublic } of inside) {
    if (isPublic) refuse('privateSubnetIds', id, 'subnets whose route table has no internet gateway, but a NAT gateway or endpoints: this one is public');
  }
  for (const { id, public: isPublic } of outside) if (!isPublic) refuse('publicSubnetIds', id, 'subnets whose route table leads to an internet gateway');
  const zones = inside.map(({ zone }) => zone);
  if (new Set(zones).size !== zones.length) refuse('privateSubnetIds', zones, 'one subnet a zone');
  if (zones.length < FEWEST_ZONES) refuse('privateSubnetIds', zones, `subnets in ${FEWEST_ZONES} zones or more (3 survive the loss of one)`);
  for (const { id, freeAddresses } of inside) {
    if (freeAddresses < FEWEST_FREE_ADDRESSES) refuse('privateSubnetIds', id, `subnets with ${FEWEST_FREE_ADDRESSES} free addresses or more, not ${freeAddresses}: pods have addresses of them`);
  }
  return {
    vpcId: pulumi.output(vpcId),
    cidr: pulumi.output(vpc.cidr),
    privateSubnetIds: inside.map(({ id }) => pulumi.output(id)),
    publicSubnetIds: outside.map(({ id }) => pulumi.output(id)),
    zones,
  };
}

function checkIds(property: string, ids: readonly string[], kind: 'vpc' | 'subnet', where: string): void {
  for (const [index, id] of ids.entries()) {
    if (!new RegExp(`^${kind}-[0-9a-f]{8,17}$`).test(id)) throw new InvalidInputError({ property, value: id, expected: `an id such as '${kind}-0123456789abcdef0'`, where });
    if (ids.indexOf(id) !== index) throw new InvalidInputError({ property, value: id, expected: 'each id once', where });
  }
}
