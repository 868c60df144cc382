import { GoogleSignIn } from '../../../../components/gcp/data';
import { record } from '../../record';
import { chart, objectsOf, refusal, refused } from '../data/parts';

const CLIENT = '123456789012-abc123.apps.googleusercontent.com';
const google = (args: Partial<ConstructorParameters<typeof GoogleSignIn>[1]> = {}) => new GoogleSignIn('signIn', { clientId: CLIENT, clientSecret: 'GOCSPX-invented', hostedDomain: 'example.com', ...args });

describe('GoogleSignIn', () => {
  it('takes tokens of Google for its client, of people of one organisation', () => {
    expect(google()).toMatchObject({ issuer: 'https://accounts.google.com', audiences: [CLIENT], userClaim: 'email', requiredClaims: { hd: 'example.com' } });
    expect(google()).not.toHaveProperty('groupsClaim');
  });

  it('lets in everybody only if told so', () => expect(google({ hostedDomain: 'any' }).requiredClaims).toEqual({}));

  it("puts the client's credentials into a Secret of the namespace that asks", async () => {
    const scope = chart();
    const { result } = await record(() => {
      const credentials = google().clientCredentials(scope, 'credentials', { namespace: 'oauth2-proxy', name: 'oidc' });
      return { credentials, objects: objectsOf(scope) };
    });
    const { secretName, clientIdKey, clientSecretKey } = result.credentials;
    const [secret] = (await result.objects) as unknown as { metadata: object; stringData: Record<string, string> }[];
    expect(secret?.metadata).toMatchObject({ namespace: 'oauth2-proxy', name: secretName });
    expect([secret?.stringData[clientIdKey], secret?.stringData[clientSecretKey]]).toEqual([CLIENT, 'GOCSPX-invented']);
  });

  it('refuses what is no client of Google', () => expect(refusal(() => google({ clientId: 'kubeflow' }))).resolves.toEqual(refused(/signIn: clientId is 'kubeflow'; expected the id of an OAuth client/)));
  it('refuses what is no domain', () => expect(refusal(() => google({ hostedDomain: 'Example' }))).resolves.toEqual(refused(/signIn: hostedDomain is 'Example'/)));
});
