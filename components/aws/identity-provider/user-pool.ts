import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import type { ClientCredentials, IdentityProvider } from '../../../constructs/core';
import { asString } from '../../bridge';
import { credentialsSecret, type OidcClient } from '../../identity-provider';
import { protectedBy } from '../../retention';
import { checkUserPoolArgs, type UserPoolArgs } from './args';

/** People are asked to sign in again after as many days. */
const REFRESH_DAYS = 1;
const TOKEN_HOURS = 1;

/** What Cognito's sign-in does with threats. */
const SECURITY_MODES = { enforced: 'ENFORCED', audit: 'AUDIT', off: 'OFF' } as const;

/**
 * Sign-in through a Cognito user pool: people are invited, never register themselves, and prove who they are by a password and an authenticator app. There is no
 * default user and no default password.
 *
 * @throws InvalidInputError if a domain, address, path or name is none
 */
export class UserPool extends pulumi.ComponentResource implements IdentityProvider {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
  readonly audiences: readonly string[];
  readonly userClaim = 'email';
  readonly groupsClaim = 'cognito:groups';
  /** Where people sign in, e.g. `https://ml-example.auth.eu-central-1.amazoncognito.com`. */
  readonly signInUrl: pulumi.Output<string>;
  private readonly client: OidcClient;

  constructor(name: string, args: UserPoolArgs, options?: pulumi.ComponentResourceOptions) {
    checkUserPoolArgs(name, args);
    super('kubeflow-cdk:aws:UserPool', name, {}, options);
    const pool = this.pool(name, args);
    const domain = new aws.cognito.UserPoolDomain(name, { domain: args.domainPrefix, userPoolId: pool.id, managedLoginVersion: 1 }, { parent: this });
    const client = this.webClient(name, pool, args);
    this.invite(name, pool, args);
    const issuer = pulumi.interpolate`https://${pool.endpoint}`;
    this.issuer = asString(issuer, `the issuer of user pool '${name}'`);
    this.jwksUri = `${this.issuer}/.well-known/jwks.json`;
    this.clientId = asString(client.id, `the id of the client of user pool '${name}'`);
    this.audiences = [this.clientId];
    // The region is the second label of the pool's endpoint.
    this.signInUrl = pulumi.all([domain.domain, pool.endpoint]).apply(([prefix, endpoint]) => `https://${prefix}.auth.${endpoint.split('.')[1]}.amazoncognito.com`);
    this.client = { clientId: this.clientId, clientSecret: pulumi.secret(client.clientSecret) };
    this.registerOutputs({ issuer, clientId: client.id, signInUrl: this.signInUrl });
  }

  clientCredentials(scope: Construct, id: string, request: { readonly namespace: string; readonly name: string }): ClientCredentials {
    return credentialsSecret(this.client, scope, id, request);
  }

  private pool(name: string, { mfa = 'required', threatProtection = 'enforced', retention = 'keep' }: UserPoolArgs): aws.cognito.UserPool {
    const pool = new aws.cognito.UserPool(
      name,
      {
        userPoolTier: threatProtection === 'off' ? 'ESSENTIALS' : 'PLUS',
        userPoolAddOns: { advancedSecurityMode: SECURITY_MODES[threatProtection] },
        usernameAttributes: ['email'],
        usernameConfiguration: { caseSensitive: false },
        autoVerifiedAttributes: ['email'],
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
        // A new address counts once it is proved: it is what people are known by.
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ['email'] },
        mfaConfiguration: mfa === 'required' ? 'ON' : 'OPTIONAL',
        softwareTokenMfaConfiguration: { enabled: true },
        passwordPolicy: {
          minimumLength: 14,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
          passwordHistorySize: 24,
          temporaryPasswordValidityDays: 1,
        },
        deletionProtection: retention === 'keep' ? 'ACTIVE' : 'INACTIVE',
      },
      protectedBy(retention, this),
    );
    if (threatProtection === 'enforced') this.answerThreats(name, pool);
    return pool;
  }

  /** Nobody is sent mail about it: that would take an address verified with SES. */
  private answerThreats(name: string, pool: aws.cognito.UserPool): void {
    new aws.cognito.RiskConfiguration(
      name,
      {
        userPoolId: pool.id,
        compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' } },
        accountTakeoverRiskConfiguration: {
          actions: {
            highAction: { eventAction: 'BLOCK', notify: false },
            mediumAction: { eventAction: 'MFA_IF_CONFIGURED', notify: false },
            lowAction: { eventAction: 'NO_ACTION', notify: false },
          },
        },
      },
      { parent: this },
    );
  }

  private webClient(name: string, pool: aws.cognito.UserPool, { domain, callbackPaths = ['/oauth2/callback'] }: UserPoolArgs): aws.cognito.UserPoolClient {
    return new aws.cognito.UserPoolClient(
      name,
      {
        userPoolId: pool.id,
        generateSecret: true,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ['code'],
        allowedOauthScopes: ['openid', 'email', 'profile'],
        callbackUrls: callbackPaths.map((path) => `https://${domain}${path}`),
        logoutUrls: [`https://${domain}/`],
        supportedIdentityProviders: ['COGNITO'],
        // Passwords are typed on the sign-in page only, never sent by the client.
        explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        preventUserExistenceErrors: 'ENABLED',
        enableTokenRevocation: true,
        accessTokenValidity: TOKEN_HOURS,
        idTokenValidity: TOKEN_HOURS,
        refreshTokenValidity: REFRESH_DAYS,
        tokenValidityUnits: { accessToken: 'hours', idToken: 'hours', refreshToken: 'days' },
      },
      { parent: this },
    );
  }

  private invite(name: string, pool: aws.cognito.UserPool, { admins = [], adminGroup = 'kubeflow-admins' }: UserPoolArgs): void {
    const group = new aws.cognito.UserGroup(name, { userPoolId: pool.id, name: adminGroup, description: 'Administrators of Kubeflow' }, { parent: this });
    for (const email of admins) {
      const user = new aws.cognito.User(`${name}-${email}`, { userPoolId: pool.id, username: email, attributes: { email, email_verified: 'true' }, desiredDeliveryMediums: ['EMAIL'] }, { parent: this });
      new aws.cognito.UserInGroup(`${name}-${email}`, { userPoolId: pool.id, groupName: group.name, username: user.username }, { parent: this });
    }
  }
}
