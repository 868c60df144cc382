import { checkVersion, type Provided } from '../core';

/** JobSet in a cluster: groups of Jobs that start, fail and restart together. */
export interface JobSets extends Provided {
  /** Version of JobSet, e.g. `0.11.0`. */
  readonly jobSetVersion: string;
}

/** Oldest JobSet whose API has what the training runtimes use (`volumeClaimPolicies`). */
const OLDEST = '0.11.0';

/**
 * JobSet that the cluster has already.
 *
 * @throws InvalidInputError if the version is none, or too old for the training runtimes
 */
export function existingJobSet(props: { readonly version: string }): JobSets {
  const expected = `a version such as '${OLDEST}', and none older`;
  return { jobSetVersion: checkVersion(props.version, { range: `>=${OLDEST}`, expected, where: 'existingJobSet' }) };
}
