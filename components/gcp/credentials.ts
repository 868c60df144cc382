import { InvalidInputError } from '../../constructs/core';
import type { GcpLocation } from './contracts';
import type { GcpLookups } from './lookups';

/** Google Cloud refused to answer the first question. */
export class GcpSignInError extends Error {
  override readonly name = 'GcpSignInError';
}

const PROJECT = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const REGION = /^[a-z]+(-[a-z]+)+\d+$/;

/**
 * The first question to Google Cloud: whether its credentials are good, the project is there and the region has zones that are up.
 *
 * @param where the configuration section, e.g. `gcp`
 * @throws InvalidInputError if `project` or `region` is no name of one, or the region has fewer than three zones
 * @throws GcpSignInError if nobody is signed in, or who is may not see the project; it says how to sign in
 */
export async function locate(lookups: GcpLookups, where: string): Promise<GcpLocation & { readonly zones: readonly string[] }> {
  const { project, region } = lookups;
  if (!PROJECT.test(project)) {
    throw new InvalidInputError({ property: 'project', value: project, expected: 'the id of a project: 6 to 30 lower-case letters, digits and "-", starting with a letter', where });
  }
  if (!REGION.test(region)) throw new InvalidInputError({ property: 'region', value: region, expected: "a region such as 'europe-west4', not a zone", where });
  const projectNumber = await ask(() => lookups.projectNumber(), lookups, where);
  const zones = await ask(() => lookups.zones(), lookups, where);
  if (zones.length < ZONES) {
    const expected = `a region with at least ${ZONES} zones that are up (it has ${zones.length === 0 ? 'none' : zones.join(', ')})`;
    throw new InvalidInputError({ property: 'region', value: region, expected, where });
  }
  return { project, projectNumber, region, zones };
}

/** Zones over which regional clusters are spread. */
const ZONES = 3;

async function ask<T>(question: () => Promise<T>, { project, region }: GcpLookups, where: string): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GcpSignInError(
      `${where}.project '${project}' in ${where}.region '${region}': Google Cloud did not answer. Sign in with \`gcloud auth application-default login\` ` +
        '(in CI: Workload Identity Federation, GOOGLE_APPLICATION_CREDENTIALS naming its configuration), check that both are spelled right, ' +
        `and that you may see the project (roles/viewer, and cloudresourcemanager.googleapis.com enabled in it). It said: ${reason}`,
      { cause: error },
    );
  }
}
