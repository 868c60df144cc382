import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { type ClientCredentials, type IdentityProvider, InvalidInputError } from '../../../constructs/core';
import { credentialsSecret } from '../../identity-provider';
import { checkDomain } from '../../names';

/** An OAuth client of Google's that stands for the platform. */
export interface GoogleSignInArgs {
  /**
   * Id of an OAuth client of type "web application". It is made in the console (Google Auth Platform, Clients), since Google has no API that makes one. Its redirect
   * URI is that of the sign-in of the platform, e.g. `https://kubeflow.ml.example.com/oauth2/callback`.
   */
  readonly clientId: string;
  /** Kept secret in state; in the cluster it is in a Secret of each namespace that asks for it. */
  readonly clientSecret: pulumi.Input<string>;
  /**
   * Domain of the Google Workspace or Cloud Identity organisation whose people alone may sign in, e.g. `example.com`. `any` lets in everybody with a Google account,
   * as far as the client's own audience does.
   */
  readonly hostedDomain: string;
}

/** @see https://accounts.google.com/.well-known/openid-configuration */
const ISSUER = 'https://accounts.google.com';
const KEYS = 'https://www.googleapis.com/oauth2/v3/certs';
/** Claim with the organisation's domain, absent from tokens of private accounts. @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload */
const HOSTED_DOMAIN = 'hd';
const CLIENT_ID = /^\d+-[a-z0-9]+\.apps\.googleusercontent\.com$/;

/**
 * People sign in with their Google accounts, by OpenID Connect. Google states an address of everybody and nobody's groups.
 *
 * The sign-in page asks for accounts of the organisation only if it is told to, and whoever edits the request is asked for others: so the platform must check
 * {@link requiredClaims} in every token.
 *
 * @throws InvalidInputError if the client's id or the domain is none
 */
export class GoogleSignIn implements IdentityProvider {
  readonly issuer = ISSUER;
  readonly jwksUri = KEYS;
  readonly clientId: string;
  readonly audiences: readonly string[];
  readonly userClaim = 'email';
  /** What must stand in tokens of those who are let in, besides what always must. */
  readonly requiredClaims: Readonly<Record<string, string>>;
  private readonly clientSecret: pulumi.Output<string>;

  constructor(name: string, { clientId, clientSecret, hostedDomain }: GoogleSignInArgs) {
    if (!CLIENT_ID.test(clientId)) {
      throw new InvalidInputError({ property: 'clientId', value: clientId, expected: "the id of an OAuth client, such as '123456789012-abc123.apps.googleusercontent.com'", where: name });
    }
    if (hostedDomain !== 'any') checkDomain('hostedDomain', hostedDomain, name);
    this.clientId = clientId;
    this.audiences = [clientId];
    this.requiredClaims = hostedDomain === 'any' ? {} : { [HOSTED_DOMAIN]: hostedDomain };
    // One Output for every Secret: a token stands for one object.
    this.clientSecret = pulumi.secret(clientSecret);
  }

  clientCredentials(scope: Construct, id: string, request: { readonly namespace: string; readonly name: string }): ClientCredentials {
    const { clientId, clientSecret } = this;
    return credentialsSecret({ clientId, clientSecret }, scope, id, request);
  }
}
