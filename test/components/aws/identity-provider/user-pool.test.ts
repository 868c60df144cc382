import { UserPool, type UserPoolArgs } from '../../../../components/aws/data';
import { record, violations } from '../../record';
import { chart, objectsOf, refusal, textOf } from '../data/parts';

const BASE: UserPoolArgs = { domain: 'ml.example.com', domainPrefix: 'ml-example' };

function make(args: Partial<UserPoolArgs> = {}, options?: { readonly preview?: boolean }) {
  return record(() => new UserPool('sign-in', { ...BASE, ...args }), options);
}

describe('UserPool', () => {
  it('lets nobody in who was not invited, and asks for a strong password and a second factor', async () => {
    const recording = await make();
    expect(violations(recording)).toEqual([]);
    const { inputs } = recording.one('aws:cognito/userPool:UserPool');
    expect(inputs).toMatchObject({
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      mfaConfiguration: 'ON',
      softwareTokenMfaConfiguration: { enabled: true },
      userPoolTier: 'PLUS',
      userPoolAddOns: { advancedSecurityMode: 'ENFORCED' },
    });
    expect(inputs.passwordPolicy).toMatchObject({ minimumLength: 14, requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true });
    expect(recording.one('aws:cognito/riskConfiguration:RiskConfiguration').inputs.compromisedCredentialsRiskConfiguration.actions.eventAction).toBe('BLOCK');
  });

  it('does without threat protection, or without forcing a second factor, if it is told to', async () => {
    const recording = await make({ threatProtection: 'off', mfa: 'optional' });
    expect(recording.one('aws:cognito/userPool:UserPool').inputs).toMatchObject({ mfaConfiguration: 'OPTIONAL', userPoolTier: 'ESSENTIALS', userPoolAddOns: { advancedSecurityMode: 'OFF' } });
    expect(recording.ofType('aws:cognito/riskConfiguration:RiskConfiguration')).toEqual([]);
    expect((await make({ threatProtection: 'audit' })).one('aws:cognito/userPool:UserPool').inputs).toMatchObject({ userPoolTier: 'PLUS', userPoolAddOns: { advancedSecurityMode: 'AUDIT' } });
  });

  it('sends people back to the platform only, by the code flow only', async () => {
    const recording = await make({ callbackPaths: ['/oauth2/callback', '/authservice/oidc/callback'] });
    expect(recording.one('aws:cognito/userPoolClient:UserPoolClient').inputs).toMatchObject({
      generateSecret: true,
      allowedOauthFlows: ['code'],
      callbackUrls: ['https://ml.example.com/oauth2/callback', 'https://ml.example.com/authservice/oidc/callback'],
      logoutUrls: ['https://ml.example.com/'],
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      preventUserExistenceErrors: 'ENABLED',
    });
    expect(await recording.valueOf(recording.result.signInUrl)).toBe('https://ml-example.auth.eu-central-1.amazoncognito.com');
  });

  it('invites administrators by mail, with no password that anybody chose', async () => {
    const recording = await make({ admins: ['ada@example.com', 'alan@example.com'] });
    const users = recording.ofType('aws:cognito/user:User').map(({ inputs }) => inputs);
    expect(users.map(({ username, desiredDeliveryMediums, password, temporaryPassword }) => [username, desiredDeliveryMediums, password, temporaryPassword])).toEqual([
      ['ada@example.com', ['EMAIL'], undefined, undefined],
      ['alan@example.com', ['EMAIL'], undefined, undefined],
    ]);
    expect(recording.ofType('aws:cognito/userInGroup:UserInGroup').map(({ inputs }) => [inputs.username, inputs.groupName])).toEqual([
      ['ada@example.com', 'kubeflow-admins'],
      ['alan@example.com', 'kubeflow-admins'],
    ]);
    expect((await make()).ofType('aws:cognito/user:User')).toEqual([]);
  });

  it('is an issuer that constructs can use, its secret in a Secret only', async () => {
    const recording = await make();
    const { issuer, jwksUri, clientId, audiences, groupsClaim, userClaim } = recording.result;
    const scope = chart();
    expect(recording.result.clientCredentials(scope, 'credentials', { namespace: 'auth', name: 'oidc' })).toEqual({ secretName: 'oidc', clientIdKey: 'client-id', clientSecretKey: 'client-secret' });
    const url = await textOf(issuer);
    expect(url).toMatch(/^https:\/\/cognito-idp\.eu-central-1\.amazonaws\.com\/eu-central-1_[A-Za-z0-9]{9}$/);
    expect(await textOf(jwksUri)).toBe(`${url}/.well-known/jwks.json`);
    expect([audiences, userClaim, groupsClaim]).toEqual([[clientId], 'email', 'cognito:groups']);
    const [secret] = await objectsOf(scope);
    expect(secret).toMatchObject({ kind: 'Secret', metadata: { name: 'oidc', namespace: 'auth' }, stringData: { 'client-id': await textOf(clientId), 'client-secret': expect.stringMatching(/^[a-z0-9]{51}$/) } });
  });

  it('is protected unless it is told that it may go', async () => {
    const kept = (await make()).one('aws:cognito/userPool:UserPool');
    expect([kept.inputs.deletionProtection, kept.options.protect]).toEqual(['ACTIVE', true]);
    const gone = (await make({ retention: 'delete' })).one('aws:cognito/userPool:UserPool');
    expect([gone.inputs.deletionProtection, gone.options.protect]).toEqual(['INACTIVE', false]);
  });

  it('can be previewed before anything is known', async () => {
    const recording = await make({ admins: ['ada@example.com'] }, { preview: true });
    expect(recording.ofType('aws:cognito/user:User')).toHaveLength(1);
    expect(recording.result.issuer).not.toBe('');
  });

  it.each<[Partial<UserPoolArgs>, string]>([
    [{ domain: 'https://ml.example.com' }, "sign-in: domain is 'https://ml.example.com'; expected a domain"],
    [{ domainPrefix: 'my-cognito-pool' }, "sign-in: domainPrefix is 'my-cognito-pool'; expected the name of a sign-in domain: lower-case letters, digits and '-', without 'aws', 'amazon' or 'cognito' in it, 1 to 63 characters"],
    [{ domainPrefix: '-ml' }, 'domainPrefix'],
    [{ domainPrefix: 'm'.repeat(64) }, '1 to 63 characters'],
    [{ callbackPaths: ['oauth2/callback'] }, "sign-in: callbackPaths[0] is 'oauth2/callback'; expected a path such as '/oauth2/callback'"],
    [{ admins: ['ada'] }, "sign-in: admins[0] is 'ada'; expected an e-mail address"],
    [{ admins: ['ada@example.com', 'Ada@example.com'] }, "sign-in: admins[1] is 'Ada@example.com'; expected each address once"],
    [{ adminGroup: 'the admins' }, "sign-in: adminGroup is 'the admins'"],
  ])('refuses %j and registers nothing', async (bad, message) => {
    const { message: said, registered } = await refusal(() => new UserPool('sign-in', { ...BASE, ...bad }));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });
});
