import { InvalidInputError } from '../core/errors';

/** Versions from one (with it) to another (without it). */
export interface VersionRange {
  readonly from: string;
  readonly below: string;
}

/**
 * Checks that a version is in a range. Pre-releases are not: nobody supports them.
 *
 * @throws InvalidInputError if it is not, or is no version
 */
export function checkVersion(property: string, version: string, range: VersionRange, where: string): void {
  const value = parse(version);
  const from = parse(range.from);
  const below = parse(range.below);
  if (!value || !from || !below || compare(value, from) < 0 || compare(value, below) >= 0) {
    throw new InvalidInputError({ property, value: version, expected: `a released version from ${range.from} to below ${range.below}`, where });
  }
}

type Version = readonly [number, number, number];

function parse(version: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
