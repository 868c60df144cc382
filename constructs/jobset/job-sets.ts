import { InvalidInputError, type Provided } from '../core';

/** JobSet in a cluster: groups of Jobs that start, fail and restart together. */
export interface JobSets extends Provided {
  /** Version of JobSet, e.g. `0.11.0`. */
  readonly jobSetVersion: string;
}

/** Oldest JobSet whose API has what the training runtimes use (`volumeClaimPolicies`). */
const OLDEST = [0, 11] as const;

/**
 * JobSet that the cluster has already.
 *
 * @throws InvalidInputError if the version is none, or too old for the training runtimes
 */
export function existingJobSet(props: { readonly version: string }): JobSets {
  const [, major, minor] = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(props.version) ?? [];
  const known = major !== undefined && minor !== undefined;
  if (!known || Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1])) {
    throw new InvalidInputError({ property: 'version', value: props.version, expected: `a version such as '${OLDEST.join('.')}.0', and none older`, where: 'existingJobSet' });
  }
  return { jobSetVersion: props.version.replace(/^v/, '') };
}
