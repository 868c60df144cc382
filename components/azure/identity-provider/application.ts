import * as azuread from '@pulumi/azuread';
import * as pulumi from '@pulumi/pulumi';

/** Microsoft Graph, whose sign-in permissions the application asks for. @see https://learn.microsoft.com/graph/permissions-reference */
export const MICROSOFT_GRAPH = {
  clientId: '00000003-0000-0000-c000-000000000000',
  /** Delegated permissions, by what they are called in a sign-in request. */
  scopes: {
    openid: '37f7f235-527c-4136-accd-4a02d197296e',
    profile: '14dad69e-099b-42c9-810b-d002981feec1',
    email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
  },
} as const;

/** The role of whoever may sign in to an application that has no roles. */
export const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000';

/** What an application is made with. */
export interface ApplicationSettings {
  readonly name: string;
  readonly displayName: string;
  readonly redirectUris: readonly string[];
  readonly homepageUrl: string;
  readonly assignedGroups: readonly string[];
  readonly assignmentRequired: boolean;
  readonly adminConsent: boolean;
}

/** Makes an application that people of one tenant sign in to by the code flow, and consents to it for them. */
export function makeApplication(settings: ApplicationSettings, parent: pulumi.Resource): azuread.Application {
  const { name, assignedGroups } = settings;
  const application = new azuread.Application(
    name,
    {
      displayName: settings.displayName,
      signInAudience: 'AzureADMyOrg',
      preventDuplicateNames: true,
      // Groups of the application alone are never too many for a token, which otherwise names none above 200.
      groupMembershipClaims: [assignedGroups.length > 0 ? 'ApplicationGroup' : 'SecurityGroup'],
      api: { requestedAccessTokenVersion: 2 },
      optionalClaims: { idTokens: [{ name: 'email' }, { name: 'preferred_username' }, { name: 'groups' }] },
      requiredResourceAccesses: [
        { resourceAppId: MICROSOFT_GRAPH.clientId, resourceAccesses: Object.values(MICROSOFT_GRAPH.scopes).map((id) => ({ id, type: 'Scope' })) },
      ],
      web: {
        homepageUrl: settings.homepageUrl,
        redirectUris: [...settings.redirectUris],
        implicitGrant: { accessTokenIssuanceEnabled: false, idTokenIssuanceEnabled: false },
      },
    },
    { parent },
  );
  const principal = new azuread.ServicePrincipal(name, { clientId: application.clientId, appRoleAssignmentRequired: settings.assignmentRequired }, { parent });
  for (const principalObjectId of assignedGroups) {
    new azuread.AppRoleAssignment(`${name}-${principalObjectId}`, { appRoleId: DEFAULT_ACCESS, principalObjectId, resourceObjectId: principal.objectId }, { parent });
  }
  if (settings.adminConsent) {
    // Asked once there is an application to consent to: without a directory, nothing is asked.
    const graph = azuread.getServicePrincipalOutput({ clientId: application.clientId.apply(() => MICROSOFT_GRAPH.clientId) }, { parent });
    new azuread.ServicePrincipalDelegatedPermissionGrant(
      name,
      { servicePrincipalObjectId: principal.objectId, resourceServicePrincipalObjectId: graph.objectId, claimValues: Object.keys(MICROSOFT_GRAPH.scopes) },
      { parent },
    );
  }
  return application;
}
