import * as semver from 'semver';
import { InvalidInputError } from '../../../constructs/core';
import type { EksVersion } from '../lookups';

/** What a Kubernetes version is checked against. */
export interface VersionCheck {
  /** Range of versions that every component of the platform supports, e.g. `>=1.33.0 <1.37.0`. */
  readonly supported: string;
  /** What EKS has, from `lookups.kubernetesVersions()`. */
  readonly offered: readonly EksVersion[];
  /** Whether versions in extended support will do: they cost more an hour. @default false */
  readonly extendedSupport?: boolean;
}

/**
 * Checks the Kubernetes version of a cluster.
 *
 * @param version minor version, e.g. `1.35`
 * @throws InvalidInputError if it is none, EKS does not offer it with the support that is asked for, or a component does not support it
 */
export function checkKubernetesVersion(version: string, { supported, offered, extendedSupport = false }: VersionCheck, where: string): void {
  const accepted = offered.filter(({ version: each, support }) => runs(each, supported) && (support === 'standard' || (support === 'extended' && extendedSupport))).map((each) => each.version);
  const choice = accepted.length > 0 ? `one of ${accepted.join(', ')}` : `a version of EKS within ${supported}, of which there is none now`;
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property: 'kubernetesVersion', value: version, expected, where });
  };
  if (!/^1\.\d+$/.test(version)) refuse(`a minor version such as '1.35': ${choice}`);
  const known = offered.find((each) => each.version === version);
  if (!known || known.support === 'none') return refuse(`a version that EKS offers: ${choice}`);
  if (known.support === 'extended' && !extendedSupport) refuse(`a version in standard support (this one is in extended support, which costs more: set support to 'extended' to have it): ${choice}`);
  if (!runs(version, supported)) refuse(`a version that every component supports, ${supported}: ${choice}`);
}

/**
 * Checks the Kubernetes version of a cluster that exists: nobody offers it anew, so only the components have a say.
 *
 * @throws InvalidInputError if a component does not support it
 */
export function checkRunningVersion(version: string, supported: string, where: string): void {
  if (!runs(version, supported)) throw new InvalidInputError({ property: 'name', value: version, expected: `a cluster of a Kubernetes version that every component supports: ${supported}`, where });
}

function runs(version: string, range: string): boolean {
  const coerced = semver.coerce(version);
  return coerced !== null && semver.satisfies(coerced, range);
}
