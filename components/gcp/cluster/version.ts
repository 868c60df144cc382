import * as semver from 'semver';
import { InvalidInputError } from '../../../constructs/core';
import type { GkeVersions, ReleaseChannel } from '../lookups';

/** What a version is checked against. */
export interface VersionCheck {
  /** Kubernetes versions that every component supports, e.g. `>=1.33.0 <1.37.0`. */
  readonly supported: string;
  /** Whose error it is. */
  readonly where: string;
  /** Property that the version is given by, for errors. @default 'version' */
  readonly property?: string;
}

const VERSION = /^\d+\.\d+(\.\d+(-gke\.\d+)?)?$/;

/**
 * Checks a version as people write it.
 *
 * @param version e.g. `1.34`, `1.34.1` or `1.34.1-gke.2037000`
 * @throws InvalidInputError if it is none, or no component supports it
 */
export function checkSupported(version: string, { supported, where, property = 'version' }: VersionCheck): void {
  if (!VERSION.test(version)) throw new InvalidInputError({ property, value: version, expected: "a version such as '1.34' or '1.34.1-gke.2037000'", where });
  if (!isSupported(version, supported)) {
    throw new InvalidInputError({ property, value: version, expected: `a version that every component of the platform supports (${supported})`, where });
  }
}

/**
 * The version that a new cluster will have.
 *
 * @param wanted what is configured; without it, what its channel gives to new clusters
 * @throws InvalidInputError if the region does not offer it, or the platform does not support it
 */
export function chooseVersion(versions: GkeVersions, wanted: string | undefined, channel: ReleaseChannel, check: VersionCheck): string {
  const { supported, where, property = 'version' } = check;
  if (wanted !== undefined) {
    checkSupported(wanted, check);
    const found = versions.offered.find((version) => version === wanted || version.startsWith(`${wanted}.`) || version.startsWith(`${wanted}-`));
    if (found !== undefined) return found;
    const minors = [...new Set(versions.offered.map(minorOf))];
    throw new InvalidInputError({ property, value: wanted, expected: `a version that the region offers (${minors.join(', ')})`, where });
  }
  const version = versions.defaults[channel];
  if (version === undefined) throw new InvalidInputError({ property: 'releaseChannel', value: channel, expected: `a channel of the region (${Object.keys(versions.defaults).join(', ')})`, where });
  if (isSupported(version, supported)) return version;
  const fit = [...new Set(versions.offered.filter((each) => isSupported(each, supported)).map(minorOf))];
  const expected = `a channel whose version every component supports (${supported}; this one gives ${version}), or '${property}' set to ${fit.length === 0 ? 'one, of which the region has none' : fit.join(' or ')}`;
  throw new InvalidInputError({ property: 'releaseChannel', value: channel, expected, where });
}

/** Whether a version is in a range. A minor version stands for its first patch. */
export function isSupported(version: string, supported: string): boolean {
  const plain = version.replace(/-gke\..*$/, '');
  return semver.satisfies(/^\d+\.\d+$/.test(plain) ? `${plain}.0` : plain, supported);
}

function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}
