import { Testing } from 'cdk8s';
import { EntraApplication, type EntraApplicationArgs } from '../../../../components/azure/identity-provider';
import { record, violations } from '../../record';
import { chart, refusalOf, resolved, TENANT } from '../data/parts';

const TEAM = '44444444-2222-4333-8444-555555555555';
const APPLICATION = 'azuread:index/application:Application';

function application(args: Partial<EntraApplicationArgs> = {}) {
  return new EntraApplication('sign-in', { tenantId: TENANT, domain: 'ml.example.com', ...args });
}

test('people of one tenant sign in by the code flow, and are sent back to the platform only', async () => {
  const recording = await record(() => application());
  expect(recording.one(APPLICATION).inputs).toMatchObject({
    signInAudience: 'AzureADMyOrg',
    web: { redirectUris: ['https://ml.example.com/oauth2/callback'], implicitGrant: { accessTokenIssuanceEnabled: false, idTokenIssuanceEnabled: false } },
    api: { requestedAccessTokenVersion: 2 },
    groupMembershipClaims: ['SecurityGroup'],
  });
  expect(violations(recording)).toEqual([]);
});

test('says who issues tokens, to whom, and what people are called in them', async () => {
  const { result } = await record(async () => {
    const provider = application({ userClaim: 'email' });
    return { issuer: provider.issuer, jwksUri: provider.jwksUri, user: provider.userClaim, groups: provider.groupsClaim, audiences: await Promise.all(provider.audiences.map(resolved)), client: await resolved(provider.clientId) };
  });
  expect(result).toMatchObject({ issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`, jwksUri: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`, user: 'email', groups: 'groups' });
  expect(result.client).toMatch(/^[0-9a-f-]{36}$/);
  expect(result.audiences).toEqual([result.client]);
});

test('only groups that are assigned sign in, and tokens name no others', async () => {
  const recording = await record(() => application({ assignedGroups: [TEAM] }));
  const principal = recording.one('azuread:index/servicePrincipal:ServicePrincipal');
  expect(principal.inputs.appRoleAssignmentRequired).toBe(true);
  expect(recording.one('azuread:index/appRoleAssignment:AppRoleAssignment').inputs).toMatchObject({ principalObjectId: TEAM, appRoleId: '00000000-0000-0000-0000-000000000000' });
  expect(recording.one(APPLICATION).inputs.groupMembershipClaims).toEqual(['ApplicationGroup']);
  const open = await record(() => application({ assignmentRequired: false }));
  expect(open.one('azuread:index/servicePrincipal:ServicePrincipal').inputs.appRoleAssignmentRequired).toBe(false);
});

test('signing in is consented to, and nothing else', async () => {
  const recording = await record(() => application());
  expect(recording.one('azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant').inputs).toMatchObject({ claimValues: ['openid', 'profile', 'email'] });
  expect(recording.one(APPLICATION).inputs.requiredResourceAccesses).toMatchObject([{ resourceAppId: '00000003-0000-0000-c000-000000000000', resourceAccesses: [{ type: 'Scope' }, { type: 'Scope' }, { type: 'Scope' }] }]);
  const without = await record(() => application({ adminConsent: false }));
  expect(without.ofType('azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant')).toEqual([]);
});

test('the secret goes from Entra ID to the cluster, and is nowhere in plain', async () => {
  const recording = await record(async () => {
    const scope = chart();
    const credentials = application().clientCredentials(scope, 'oidc', { namespace: 'auth', name: 'oidc-client' });
    const [secret] = Testing.synth(scope);
    return { credentials, secret, id: await resolved(secret.stringData[credentials.clientIdKey]), value: await resolved(secret.stringData[credentials.clientSecretKey]) };
  });
  const { credentials, secret, id, value } = recording.result;
  expect(credentials.secretName).toBe('oidc-client');
  expect(secret.metadata).toMatchObject({ namespace: 'auth', name: 'oidc-client' });
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(value).toHaveLength(40);
  expect(JSON.stringify(secret)).not.toContain(value);
  expect(recording.one('azuread:index/applicationPassword:ApplicationPassword').options).toMatchObject({ additionalSecretOutputs: expect.arrayContaining(['value']) });
});

test('another generation is another secret', async () => {
  const rotation = async (secretGeneration: number) => (await record(() => application({ secretGeneration }))).one('azuread:index/applicationPassword:ApplicationPassword').inputs.rotateWhenChanged;
  expect(await rotation(1)).not.toEqual(await rotation(2));
});

test('a preview does not know the client', async () => {
  const { result } = await record(() => resolved(application().clientId), { preview: true });
  expect(result).toBe('?');
});

test.each([
  [{ tenantId: 'contoso' }, /sign-in: tenantId is 'contoso'; expected a UUID/],
  [{ domain: 'localhost' }, /domain is 'localhost'/],
  [{ assignedGroups: [TEAM, 'admins'] }, /assignedGroups\[1\] is 'admins'; expected a UUID/],
  [{ assignedGroups: [TEAM, TEAM] }, /expected each group once/],
  [{ redirectPaths: [] }, /redirectPaths/],
  [{ redirectPaths: ['callback'] }, /redirectPaths/],
  [{ secretGeneration: 0 }, /secretGeneration is 0/],
  [{ secretExpires: 'tomorrow' }, /secretExpires is 'tomorrow'; expected a time/],
] satisfies [Partial<EntraApplicationArgs>, RegExp][])('%j is refused before anything is registered', async (args, message) => {
  const refusal = await refusalOf(() => application(args));
  expect(refusal.message).toMatch(message);
  expect(refusal.registered).toEqual([]);
});
