import { InvalidInputError } from '../../../constructs/core';
import type { AwsLookups } from '../lookups';

/** Zones, by id, that EKS puts no control plane into. @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
export const ZONES_WITHOUT_EKS: readonly string[] = ['use1-az3', 'usw1-az2', 'cac1-az3'];
/** Fewest zones of a cluster. */
export const FEWEST_ZONES = 2;
/** Zones of a network if none are named. */
const USUAL_ZONES = 3;
/** Most zones: a region has no more, and the layout of a VPC gets narrow. */
const MOST_ZONES = 6;

/**
 * Zones that a network is laid out in, in the order of their names.
 *
 * @param asked names, e.g. `['eu-central-1a', …]`; by default the first three of the region (two, where it has no more) that EKS can use
 * @throws InvalidInputError if a zone is none of the region, or one EKS cannot use, or there are too few
 */
export async function chooseZones(lookups: AwsLookups, asked: readonly string[] | undefined, where: string): Promise<readonly string[]> {
  const all = await lookups.zones();
  const usable = all.filter(({ id }) => !ZONES_WITHOUT_EKS.includes(id)).map(({ name }) => name).sort();
  if (asked === undefined) {
    if (usable.length < FEWEST_ZONES) throw new InvalidInputError({ property: 'zones', value: usable, expected: `a region with ${FEWEST_ZONES} zones or more that EKS can use`, where });
    return usable.slice(0, USUAL_ZONES);
  }
  checkZones(asked, where);
  for (const zone of asked) if (!usable.includes(zone)) throw new InvalidInputError({ property: 'zones', value: zone, expected: `zones that EKS can use in the region: ${usable.join(', ')}`, where });
  return asked;
}

/** @throws InvalidInputError if there are too few or too many, or one twice */
export function checkZones(zones: readonly string[], where: string): void {
  if (zones.length < FEWEST_ZONES || zones.length > MOST_ZONES || new Set(zones).size !== zones.length) {
    throw new InvalidInputError({ property: 'zones', value: zones, expected: `${FEWEST_ZONES} to ${MOST_ZONES} different zones: EKS needs two, and three survive the loss of one`, where });
  }
}
