import { InvalidInputError } from '../../../constructs/core';
import type { Retention } from '../../retention';
import { checkComponentName, checkName } from '../../names';
import { checkDomain } from '../../names';

/** What a {@link UserPool} is made of. */
export interface UserPoolArgs {
  /** Host the platform is reached at, e.g. `ml.example.com`: people are sent back there when they have signed in. */
  readonly domain: string;
  /** First label of the sign-in page's own host, `<domainPrefix>.auth.<region>.amazoncognito.com`: unique in the region. */
  readonly domainPrefix: string;
  /** Paths below the domain that people may be sent back to. @default ['/oauth2/callback'] */
  readonly callbackPaths?: readonly string[];
  /** E-mail addresses of the first administrators. Each is sent an invitation with a password that is valid once, for a day. @default none */
  readonly admins?: readonly string[];
  /** Group administrators are in, as it stands in their tokens. @default 'kubeflow-admins' */
  readonly adminGroup?: string;
  /** Whether people need a second factor, an authenticator app. @default 'required' */
  readonly mfa?: 'required' | 'optional';
  /**
   * Threat protection: leaked passwords are refused, sign-ins that look like somebody else's are blocked or asked for the second factor. `audit` only records them. Both are paid
   * by the user (feature plan Plus); `off` is the plan Essentials.
   * @default 'enforced'
   */
  readonly threatProtection?: 'enforced' | 'audit' | 'off';
  /** With `delete`, the pool goes with everybody in it. @default 'keep' */
  readonly retention?: Retention;
}

/** Names of pools. @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html */
export const POOL_NAME = { noun: 'user pool', maxLength: 128, pattern: /^[\w+=,.@-]+$/, form: "letters, digits and '_+=,.@-'" } as const;
/** First labels of sign-in hosts. @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
export const DOMAIN_PREFIX = { noun: 'sign-in domain', minLength: 1, maxLength: 63, pattern: /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, form: "lower-case letters, digits and '-', without 'aws', 'amazon' or 'cognito' in it" } as const;
/** Names of groups. */
export const GROUP_NAME = { noun: 'group', minLength: 1, maxLength: 128, pattern: /^[\w.@-]+$/, form: "letters, digits and '_.@-'" } as const;

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const PATH = /^\/[A-Za-z0-9/._~-]*$/;

/** @throws InvalidInputError for what Cognito would refuse */
export function checkUserPoolArgs(name: string, { domain, domainPrefix, callbackPaths = [], admins = [], adminGroup }: UserPoolArgs): void {
  checkComponentName(name, POOL_NAME);
  checkDomain('domain', domain, name);
  checkName('domainPrefix', domainPrefix, DOMAIN_PREFIX, name);
  if (adminGroup !== undefined) checkName('adminGroup', adminGroup, GROUP_NAME, name);
  for (const [index, path] of callbackPaths.entries()) {
    if (!PATH.test(path)) throw new InvalidInputError({ property: `callbackPaths[${index}]`, value: path, expected: "a path such as '/oauth2/callback'", where: name });
  }
  for (const [index, email] of admins.entries()) {
    const property = `admins[${index}]`;
    if (!EMAIL.test(email)) throw new InvalidInputError({ property, value: email, expected: 'an e-mail address', where: name });
    if (admins.findIndex((other) => other.toLowerCase() === email.toLowerCase()) !== index) throw new InvalidInputError({ property, value: email, expected: 'each address once', where: name });
  }
}
