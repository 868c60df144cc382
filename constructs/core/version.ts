import * as semver from 'semver';
import { InvalidInputError } from './errors';

/** What {@link checkVersion} is told about a version. */
export interface VersionExpectation {
  /** Versions that will do, e.g. `>=1.18.0 <2.0.0`. */
  readonly range: string;
  /** The same in words, for the error. */
  readonly expected: string;
  readonly where: string;
}

/**
 * Checks the version of what a cluster has already. Pre-releases will not do: nobody supports them.
 *
 * @param version e.g. `1.19.1` or `v1.19.1`
 * @returns the version without a leading `v`
 * @throws InvalidInputError if it is none, or out of range
 */
export function checkVersion(version: string, { range, expected, where }: VersionExpectation): string {
  if (!/^v?\d+\.\d+\.\d+$/.test(version) || !semver.satisfies(version, range)) {
    throw new InvalidInputError({ property: 'version', value: version, expected, where });
  }
  return version.replace(/^v/, '');
}
