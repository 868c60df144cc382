import * as aws from '@pulumi/aws';
import type { AwsIdentity, AwsLookups } from './lookups';
import { InvalidInputError } from '../../constructs/core';

/** How a stack says which account it is for; spelled like its configuration keys. */
export interface AwsAccess {
  /** Region, e.g. `eu-central-1`. */
  readonly region: string;
  /** Profile of the AWS configuration files. @default the environment's: variables, SSO session, or the role of the machine */
  readonly profile?: string;
  /** The account it must be: 12 digits. Keeps a stack from being put into another one. @default whichever the credentials are for */
  readonly accountId?: string;
}

/** Nobody is signed in to AWS, or not so that AWS believes it. */
export class AwsSignInError extends Error {
  override readonly name = 'AwsSignInError';
  constructor({ region, profile }: AwsAccess, where: string, cause: unknown) {
    const how = profile === undefined ? "sign in with 'aws sso login', or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" : `sign in with 'aws sso login --profile ${profile}'`;
    super(
      `${where}: AWS does not say who we are (region '${region}', ${profile === undefined ? 'no profile' : `profile '${profile}'`}): ${how}; ` +
        `then 'aws sts get-caller-identity' answers. The configuration keys are region and profile. AWS said: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** Regions that AWS has opened and the SDK does not list yet. */
const NEWER_REGIONS: readonly string[] = ['me-west-1', 'sa-west-1'];

/**
 * The first question to AWS: who we are. Nothing else is worth asking, and nothing is declared, until it is answered.
 *
 * @param where configuration section that `access` is from, e.g. `aws`
 * @throws AwsSignInError if AWS does not know us
 * @throws InvalidInputError if `region` is none, or the account or region is another than the configuration says
 */
export async function signedIn(lookups: AwsLookups, access: AwsAccess, where: string): Promise<AwsIdentity> {
  const regions: readonly string[] = [...Object.values(aws.types.enums.Region), ...NEWER_REGIONS];
  if (!regions.includes(access.region)) throw new InvalidInputError({ property: 'region', value: access.region, expected: `a region of AWS: ${regions.join(', ')}`, where });
  if (access.accountId !== undefined && !/^\d{12}$/.test(access.accountId)) {
    throw new InvalidInputError({ property: 'accountId', value: access.accountId, expected: '12 digits', where });
  }
  const identity = await lookups.identity().catch((error: unknown) => {
    throw new AwsSignInError(access, where, error);
  });
  if (identity.region !== access.region) {
    throw new InvalidInputError({ property: 'region', value: access.region, expected: `'${identity.region}', which the provider is set to`, where });
  }
  if (access.accountId !== undefined && access.accountId !== identity.accountId) {
    throw new InvalidInputError({ property: 'accountId', value: access.accountId, expected: `'${identity.accountId}', which '${identity.arn}' is in, or credentials for the other account`, where });
  }
  return identity;
}
