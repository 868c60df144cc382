import type { Construct } from 'constructs';
import type { Provided } from '../component';

/** A Secret with what an OpenID Connect client proves itself with. */
export interface ClientCredentials {
  readonly secretName: string;
  /** Key of the client id. */
  readonly clientIdKey: string;
  /** Key of the client secret. */
  readonly clientSecretKey: string;
}

/** Who signs people in: an OpenID Connect issuer, and the client that stands for the platform. */
export interface IdentityProvider extends Provided {
  /** The issuer, as it stands in tokens (`iss`). */
  readonly issuer: string;
  /** Where the keys are that tokens are signed with. @default found through the issuer's discovery document */
  readonly jwksUri?: string;
  readonly clientId: string;
  /** Claim that says which client a token is for, in ID tokens `aud`. */
  readonly audiences: readonly string[];
  /** Claims a token must have, with these values, to be for the platform, e.g. the organisation of an issuer that serves many. @default none */
  readonly requiredClaims?: Readonly<Record<string, string>>;
  /** Claim with the name people are known by. */
  readonly userClaim: string;
  /** Claim with people's groups. @default the issuer states none */
  readonly groupsClaim?: string;
  /** Puts the client's credentials into a Secret of a namespace. */
  clientCredentials(scope: Construct, id: string, request: { readonly namespace: string; readonly name: string }): ClientCredentials;
}
