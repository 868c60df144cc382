import { InvalidInputError } from '../../constructs/core';
import type { AzureAccount, AzureLookups } from './lookups';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A location's name, as ids have it: `westeurope`, not `West Europe`. */
const LOCATION = /^[a-z]+[a-z0-9]*$/;

/** Where resources go, as configured. */
export interface AzurePlace {
  /** Id of the subscription, a UUID. @default that of whoever is signed in */
  readonly subscription?: string;
  /** E.g. `westeurope`. */
  readonly location: string;
}

/** Azure cannot be asked anything: nobody is signed in, or not to this subscription. */
export class AzureSignInError extends Error {
  override readonly name = 'AzureSignInError';
  constructor(place: AzurePlace, override readonly cause: unknown) {
    super(
      `Azure did not say who is signed in (${firstLine(cause)}). Sign in with 'az login'${place.subscription === undefined ? '' : ` and 'az account set --subscription ${place.subscription}'`}, ` +
        `or give the pipeline a federated identity (ARM_USE_OIDC, ARM_CLIENT_ID, ARM_TENANT_ID). The configuration keys that say where resources go are 'subscription' (${place.subscription ?? 'not set'}) and 'location' (${place.location}).`,
    );
  }
}

/**
 * Finds out who the program is, before anything else is asked or registered.
 *
 * @param where the section of the configuration that `place` is from, for errors
 * @throws InvalidInputError if the subscription is no UUID or another than the one signed in to, or the location is no name of one
 * @throws AzureSignInError if Azure cannot be asked
 */
export async function signedIn(lookups: AzureLookups, place: AzurePlace, where = 'azure'): Promise<AzureAccount> {
  const { subscription, location } = place;
  if (subscription !== undefined && !UUID.test(subscription)) throw new InvalidInputError({ property: 'subscription', value: subscription, expected: "the id of a subscription, a UUID ('az account list' shows yours)", where });
  if (!LOCATION.test(location)) throw new InvalidInputError({ property: 'location', value: location, expected: "the name of a location such as 'westeurope' ('az account list-locations' shows them)", where });
  const account = await lookups.account().catch((cause: unknown) => {
    throw new AzureSignInError(place, cause);
  });
  if (lookups.live && subscription !== undefined && account.subscriptionId.toLowerCase() !== subscription.toLowerCase()) {
    throw new InvalidInputError({ property: 'subscription', value: subscription, expected: `the subscription the provider is signed in to, ${account.subscriptionId}`, where });
  }
  return account;
}

function firstLine(cause: unknown): string {
  const [line = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  return line;
}
