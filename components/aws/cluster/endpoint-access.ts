import { InvalidInputError } from '../../../constructs/core';
import { parseCidr } from '../network/cidr';

/** How many ranges EKS takes. @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
export const MOST_PUBLIC_ACCESS_CIDRS = 40;
/** Largest range that still tells whom it is meant for: the size of one owner's block, never a part of the internet. */
const LARGEST_PREFIX = 8;
const PRIVATE = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/**
 * Checks who may reach the API server from the internet.
 *
 * @throws InvalidInputError if a range is none, opens it to everyone or nearly so, or is private (EKS refuses those: they reach the private endpoint)
 */
export function checkPublicAccess(cidrs: readonly string[], where: string): void {
  const property = 'publicAccessCidrs';
  if (cidrs.length > MOST_PUBLIC_ACCESS_CIDRS) throw new InvalidInputError({ property, value: `${cidrs.length} ranges`, expected: `at most ${MOST_PUBLIC_ACCESS_CIDRS}`, where });
  for (const cidr of cidrs) {
    const { bitmask } = parseCidr(property, cidr, where);
    if (bitmask < LARGEST_PREFIX) throw new InvalidInputError({ property, value: cidr, expected: "the ranges that need it, e.g. '203.0.113.0/24', never everyone; leave it out for a private endpoint only", where });
    if (PRIVATE.test(cidr)) throw new InvalidInputError({ property, value: cidr, expected: 'public ranges: private ones reach the private endpoint, through a VPN or peering', where });
  }
}
