import { Netmask } from 'netmask';
import { InvalidInputError } from '../../../constructs/core';

/** Prefix lengths of a VPC that leave room for pods: AWS allows /16 to /28, and less than /22 is too few addresses for three zones. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const VPC_PREFIX = { least: 16, most: 22 } as const;
/** Prefix lengths of the range of Services. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
export const SERVICE_PREFIX = { least: 12, most: 24 } as const;
/** Range of Services if none is given. */
export const DEFAULT_SERVICE_CIDR = '172.20.0.0/16';

const RFC_1918 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
/** Shared address space, which VPCs may use too. */
const RFC_6598 = '100.64.0.0/10';

const CIDR = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

/**
 * Parses an IPv4 range.
 *
 * @throws InvalidInputError if it is none, or has bits set behind its prefix
 */
export function parseCidr(property: string, value: string, where: string): Netmask {
  const block = CIDR.test(value) ? tryParse(value) : undefined;
  if (!block) throw new InvalidInputError({ property, value, expected: "an IPv4 range such as '10.0.0.0/16'", where });
  if (block.base !== value.split('/')[0]) throw new InvalidInputError({ property, value, expected: `the range to begin at its first address: '${block.base}/${block.bitmask}'`, where });
  return block;
}

/** Whether two ranges have an address in common. */
export function overlap(one: Netmask, other: Netmask): boolean {
  return one.contains(other.base) || other.contains(one.base);
}

/**
 * Checks the range of a new VPC.
 *
 * @throws InvalidInputError if it is too small, too large, or not private
 */
export function checkVpcCidr(value: string, where: string): Netmask {
  const block = parseCidr('cidr', value, where);
  const { least, most } = VPC_PREFIX;
  if (block.bitmask < least || block.bitmask > most) {
    throw new InvalidInputError({ property: 'cidr', value, expected: `a range from /${least} (AWS's largest) to /${most} (room for the pods of three zones)`, where });
  }
  checkPrivate('cidr', block, [...RFC_1918, RFC_6598], where);
  return block;
}

/**
 * Checks the range of Services against the VPC's.
 *
 * @throws InvalidInputError if EKS would refuse it, or if it overlaps with the VPC
 */
export function checkServiceCidr(value: string, vpc: Netmask | undefined, where: string): Netmask {
  const block = parseCidr('serviceCidr', value, where);
  const { least, most } = SERVICE_PREFIX;
  if (block.bitmask < least || block.bitmask > most) throw new InvalidInputError({ property: 'serviceCidr', value, expected: `a range from /${least} to /${most}`, where });
  checkPrivate('serviceCidr', block, RFC_1918, where);
  if (vpc && overlap(block, vpc)) {
    throw new InvalidInputError({ property: 'serviceCidr', value, expected: `a range apart from that of the VPC, '${vpc.base}/${vpc.bitmask}', e.g. '${DEFAULT_SERVICE_CIDR === value ? '10.100.0.0/16' : DEFAULT_SERVICE_CIDR}'`, where });
  }
  return block;
}

function checkPrivate(property: string, block: Netmask, ranges: readonly string[], where: string): void {
  if (ranges.some((range) => new Netmask(range).contains(block))) return;
  throw new InvalidInputError({ property, value: `${block.base}/${block.bitmask}`, expected: `a private range: within ${ranges.join(', ')}`, where });
}

function tryParse(value: string): Netmask | undefined {
  try {
    return new Netmask(value);
  } catch {
    return undefined;
  }
}

/** Subnets of a zone. */
export interface ZoneSubnets {
  readonly zone: string;
  readonly privateCidr: string;
  readonly publicCidr: string;
}

/** Smallest of AWS's subnets, as prefix length. */
const SMALLEST_SUBNET = 28;
/** Public subnets hold NAT gateways and load balancers only. */
const PUBLIC_PREFIX = 24;

/**
 * Lays out a VPC: a private subnet a zone that is as large as equal parts allow, one part less, which holds the small public ones. Pods have
 * addresses of the private subnets.
 */
export function layOut(vpc: Netmask, zones: readonly string[]): readonly ZoneSubnets[] {
  const parts = Math.ceil(Math.log2(zones.length + 1));
  const privatePrefix = vpc.bitmask + parts;
  const publicPrefix = Math.min(Math.max(PUBLIC_PREFIX, privatePrefix + Math.ceil(Math.log2(zones.length))), SMALLEST_SUBNET);
  const first = new Netmask(`${vpc.base}/${privatePrefix}`);
  const small = new Netmask(`${first.next(zones.length).base}/${publicPrefix}`);
  return zones.map((zone, index) => ({ zone, privateCidr: first.next(index).toString(), publicCidr: small.next(index).toString() }));
}
