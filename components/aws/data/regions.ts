import { InvalidInputError } from '../../../constructs/core';

/** Names of regions, but for those of the isolated partitions, whose ARNs and host names are others. */
const REGION = /^(?![a-z]{2}-iso)[a-z]{2}(-[a-z]+)+-\d{1,2}$/;

/**
 * Checks the form of a region's name.
 *
 * @throws InvalidInputError if it has not the form of one
 */
export function checkRegion(region: string, where: string): void {
  if (!REGION.test(region)) throw new InvalidInputError({ property: 'region', value: region, expected: "a region of AWS such as 'eu-central-1'", where });
}

/** The partition a region is in: what its ARNs begin with. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** What names of services end in. */
export function dnsSuffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
