import * as pulumi from '@pulumi/pulumi';
import { type IdentityProvider, InvalidInputError } from '../../constructs/core';
import { credentialsSecret } from './credentials-secret';

/** An issuer there is already, and the client that stands for the platform there. */
export interface ExistingIdentityProviderArgs {
  /** The issuer exactly as it stands in tokens, e.g. `https://login.example.com/realms/ml`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Kept secret in state; in the cluster it is in a Secret of each namespace that asks for it. */
  readonly clientSecret: pulumi.Input<string>;
  /** Where the issuer's keys are. @default found through its discovery document */
  readonly jwksUri?: string;
  /** Clients that tokens may be for. @default [clientId] */
  readonly audiences?: readonly string[];
  /** Claim with the name people are known by. @default 'email' */
  readonly userClaim?: string;
  /** Claim with people's groups. @default the issuer states none */
  readonly groupsClaim?: string;
}

/**
 * Any OpenID Connect issuer: Keycloak, Dex, Okta, Google. Register a client there that signs people in by the code flow.
 *
 * @param where configuration section, for errors
 * @throws InvalidInputError if the issuer is none, or a name is missing
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function existingIdentityProvider(args: ExistingIdentityProviderArgs, where = 'existingIdentityProvider'): IdentityProvider {
  const { issuer, clientId, jwksUri, audiences = [clientId], userClaim = 'email', groupsClaim } = args;
  checkUrl('issuer', issuer, { query: false, where });
  if (jwksUri !== undefined) checkUrl('jwksUri', jwksUri, { query: true, where });
  for (const [property, value] of Object.entries({ clientId, userClaim, ...(groupsClaim !== undefined && { groupsClaim }) })) {
    if (value.trim() === '') throw new InvalidInputError({ property, value, expected: 'a name', where });
  }
  if (audiences.length === 0 || audiences.includes('')) throw new InvalidInputError({ property: 'audiences', value: audiences, expected: 'at least one client, none of them empty', where });
  // One Output for every Secret: a token stands for one object.
  const clientSecret = pulumi.secret(args.clientSecret);
  return {
    issuer,
    ...(jwksUri !== undefined && { jwksUri }),
    clientId,
    audiences,
    userClaim,
    ...(groupsClaim !== undefined && { groupsClaim }),
    clientCredentials: (scope, id, request) => credentialsSecret({ clientId, clientSecret }, scope, id, request),
  };
}

function checkUrl(property: string, value: string, { query, where }: { readonly query: boolean; readonly where: string }): void {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'https:' && !value.includes('#') && (query || !value.includes('?')) && url.username === '') return;
  throw new InvalidInputError({ property, value, expected: `an https URL without ${query ? '' : 'a query or '}a fragment`, where });
}
