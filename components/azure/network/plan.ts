import { InvalidInputError } from '../../../constructs/core';
import { checkApart, checkRange, isWithin, part, RESERVED_ADDRESSES, type RangeSizes } from './cidr';

/** Subnets of a stack: the property each is configured by. */
export const SUBNETS = ['nodes', 'apiServer', 'endpoints', 'database'] as const;
export type SubnetName = (typeof SUBNETS)[number];

/** A virtual network may have ranges of these sizes. @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
export const NETWORK_SIZES: RangeSizes = { largest: 8, smallest: 29 };

/** What each subnet must hold. */
export const SUBNET_SIZES: Readonly<Record<SubnetName, RangeSizes>> = {
  nodes: { largest: 8, smallest: 27 },
  /** @see https://learn.microsoft.com/azure/aks/api-server-vnet-integration */
  apiServer: { largest: 8, smallest: 28 },
  endpoints: { largest: 8, smallest: 28 },
  /** @see https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-vnet */
  database: { largest: 8, smallest: 29 },
};

/** Services of a cluster. Larger than /12 is refused by Kubernetes. */
export const SERVICE_SIZES: RangeSizes = { largest: 12, smallest: 28 };
/** Pods of a cluster: each node takes a /24 of it. */
export const POD_SIZES: RangeSizes = { largest: 8, smallest: 22 };
/** Prefix length of a node's share of the pods' range. @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay */
export const POD_BLOCK = 24;
/** Smallest network whose subnets can be chosen for you. */
const SMALLEST_TO_DIVIDE = 22;

/** Address ranges, as configured. */
export interface AddressArgs {
  /** Range of the virtual network. @default '10.224.0.0/16' */
  readonly cidr?: string;
  /** Ranges of its subnets, all of them or none. @default half of it for nodes, a quarter for private endpoints, a /28 each for API server and database */
  readonly subnets?: Readonly<Record<SubnetName, string>>;
  /** Pods, in an overlay that only the cluster sees. @default '10.244.0.0/16' */
  readonly podCidr?: string;
  /** Services, seen by the cluster only. @default '10.0.0.0/16' */
  readonly serviceCidr?: string;
}

/** Address ranges that fit each other. */
export interface AddressPlan {
  readonly cidr: string;
  readonly subnets: Readonly<Record<SubnetName, string>>;
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** How many nodes the ranges of nodes and pods have room for. */
  readonly maxNodes: number;
}

/**
 * Checks address ranges, and chooses those that are not given.
 *
 * @throws InvalidInputError for a range that is none, too small, too large, outside the network, or not apart from another
 */
export function planAddresses(args: AddressArgs, where: string): AddressPlan {
  const { cidr = '10.224.0.0/16', podCidr = '10.244.0.0/16', serviceCidr = '10.0.0.0/16' } = args;
  checkRange({ property: 'cidr', cidr }, NETWORK_SIZES, where);
  checkClusterRanges({ podCidr, serviceCidr }, [{ property: 'cidr', cidr }], where);
  const subnets = args.subnets ?? divide(cidr, where);
  const ranges = SUBNETS.map((name) => ({ property: `subnets.${name}`, cidr: subnets[name], name }));
  for (const range of ranges) {
    checkRange(range, SUBNET_SIZES[range.name], where);
    if (!isWithin(range.cidr, cidr)) throw new InvalidInputError({ property: range.property, value: range.cidr, expected: `a range within cidr (${cidr})`, where });
  }
  checkApart(ranges, where);
  return { cidr, subnets, podCidr, serviceCidr, maxNodes: roomForNodes(subnets.nodes, podCidr) };
}

/**
 * Checks the ranges that only the cluster sees against each other and those around it.
 *
 * @throws InvalidInputError
 */
export function checkClusterRanges({ podCidr, serviceCidr }: { readonly podCidr: string; readonly serviceCidr: string }, around: readonly { readonly property: string; readonly cidr: string }[], where: string): void {
  checkRange({ property: 'podCidr', cidr: podCidr }, POD_SIZES, where);
  checkRange({ property: 'serviceCidr', cidr: serviceCidr }, SERVICE_SIZES, where);
  checkApart([...around, { property: 'podCidr', cidr: podCidr }, { property: 'serviceCidr', cidr: serviceCidr }], where);
}

/** Nodes that a subnet has addresses, and the pods' range blocks for. */
export function roomForNodes(nodeCidr: string, podCidr: string): number {
  const bits = (cidr: string): number => Number(cidr.split('/')[1]);
  return Math.min(2 ** (32 - bits(nodeCidr)) - RESERVED_ADDRESSES, 2 ** (POD_BLOCK - bits(podCidr)));
}

function divide(cidr: string, where: string): Record<SubnetName, string> {
  const network = checkRange({ property: 'cidr', cidr }, { largest: NETWORK_SIZES.largest, smallest: SMALLEST_TO_DIVIDE }, where);
  const { bitmask } = network;
  // The last quarter begins with the two small subnets; the rest of it stays free.
  const last = 3 * 2 ** (28 - bitmask - 2);
  return { nodes: part(network, bitmask + 1, 0), endpoints: part(network, bitmask + 2, 2), apiServer: part(network, 28, last), database: part(network, 28, last + 1) };
}
