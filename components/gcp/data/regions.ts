import { InvalidInputError } from '../../../constructs/core';

const REGION = /^[a-z]+(-[a-z]+)+\d+$/;

/** @throws InvalidInputError if it is no name of a region */
export function checkRegion(region: string, where: string): void {
  if (!REGION.test(region)) throw new InvalidInputError({ property: 'region', value: region, expected: "a region such as 'europe-west4', not a zone", where });
}
