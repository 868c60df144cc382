import * as azuread from '@pulumi/azuread';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { checkWholeNumber, type ClientCredentials, type IdentityProvider, InvalidInputError } from '../../../constructs/core';
import { asString } from '../../bridge';
import { credentialsSecret } from '../../identity-provider';
import { checkDomain } from '../../names';
import { makeApplication } from './application';

/** Claims that Entra ID can name people by. Both can change; the administrators of the tenant say to what. */
export type EntraUserClaim = 'preferred_username' | 'email';

/** Args of {@link EntraApplication}. */
export interface EntraApplicationArgs {
  /** Id of the tenant whose people sign in, a UUID. */
  readonly tenantId: string;
  /** Domain of the platform, e.g. `ml.example.com`. */
  readonly domain: string;
  /** Where people are sent back to. @default ['/oauth2/callback'] */
  readonly redirectPaths?: readonly string[];
  /** Name that people see when they sign in. @default 'Kubeflow (<domain>)' */
  readonly displayName?: string;
  /** @default 'preferred_username': as people sign in, e.g. `ada@example.com` */
  readonly userClaim?: EntraUserClaim;
  /** Object ids of groups whose people may sign in; tokens then name these groups and no others. @default none */
  readonly assignedGroups?: readonly string[];
  /** Whether only those may sign in who, or whose group, is assigned to the application, here or by an administrator. @default true */
  readonly assignmentRequired?: boolean;
  /** Whether to consent for everyone to signing in and to reading name and address, since people who have to be assigned cannot. @default true */
  readonly adminConsent?: boolean;
  /** Change it to have a new client secret. @default 1 */
  readonly secretGeneration?: number;
  /** When the client secret expires (RFC 3339). @default what Entra ID gives: two years */
  readonly secretExpires?: string;
}

/**
 * An application of Microsoft Entra ID that people sign in to.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
 */
export class EntraApplication extends pulumi.ComponentResource implements IdentityProvider {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
  readonly audiences: readonly string[];
  readonly userClaim: EntraUserClaim;
  readonly groupsClaim = 'groups';
  private readonly clientSecret: pulumi.Output<string>;

  /** @throws InvalidInputError for a tenant or group that is no UUID, a domain that is none, paths and dates that are none */
  constructor(name: string, args: EntraApplicationArgs, options?: pulumi.ComponentResourceOptions) {
    const { tenantId, domain, redirectPaths = ['/oauth2/callback'], assignedGroups = [], secretGeneration = 1, secretExpires } = args;
    checkDomain('domain', domain, name);
    checkUuid('tenantId', tenantId, name);
    assignedGroups.forEach((group, index) => checkUuid(`assignedGroups[${index}]`, group, name));
    const fail = (property: string, value: unknown, expected: string): never => {
      throw new InvalidInputError({ property, value, expected, where: name });
    };
    if (new Set(assignedGroups).size < assignedGroups.length) fail('assignedGroups', assignedGroups, 'each group once');
    if (redirectPaths.length === 0 || !redirectPaths.every((path) => /^\/[\w./-]*$/.test(path))) fail('redirectPaths', redirectPaths, "at least one path such as '/oauth2/callback'");
    checkWholeNumber('secretGeneration', secretGeneration, name, { least: 1 });
    if (secretExpires !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(secretExpires)) fail('secretExpires', secretExpires, "a time such as '2027-01-01T00:00:00Z'");
    super('kubeflow-cdk:azure:EntraApplication', name, {}, options);
    const origin = `https://${domain}`;
    const application = makeApplication(
      {
        name,
        displayName: args.displayName ?? `Kubeflow (${domain})`,
        homepageUrl: `${origin}/`,
        redirectUris: redirectPaths.map((path) => `${origin}${path}`),
        assignedGroups,
        assignmentRequired: args.assignmentRequired ?? true,
        adminConsent: args.adminConsent ?? true,
      },
      this,
    );
    const password = new azuread.ApplicationPassword(
      name,
      {
        applicationId: application.id,
        displayName: `kubeflow-cdk ${secretGeneration}`,
        rotateWhenChanged: { generation: String(secretGeneration) },
        ...(secretExpires !== undefined && { endDate: secretExpires }),
      },
      // The new secret is there before the old one goes.
      { parent: this, deleteBeforeReplace: false },
    );
    this.clientId = asString(application.clientId, 'the client id of the Entra application');
    this.clientSecret = pulumi.secret(password.value);
    this.audiences = [this.clientId];
    this.issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
    this.jwksUri = `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`;
    this.userClaim = args.userClaim ?? 'preferred_username';
    this.registerOutputs({ clientId: application.clientId });
  }

  /** @throws InvalidInputError if the name is none for a Secret */
  clientCredentials(scope: Construct, id: string, request: { readonly namespace: string; readonly name: string }): ClientCredentials {
    return credentialsSecret({ clientId: this.clientId, clientSecret: this.clientSecret }, scope, id, request);
  }
}

function checkUuid(property: string, value: string, where: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) throw new InvalidInputError({ property, value, expected: 'a UUID', where });
}
