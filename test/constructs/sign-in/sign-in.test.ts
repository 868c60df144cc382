import { App } from 'cdk8s';
import { componentsOf, type IdentityProvider } from '../../../constructs/core';
import { existingIstio, Istio } from '../../../constructs/istio';
import { SignIn, type SignInProps } from '../../../constructs/sign-in';
import { judged } from '../judged';
import { type Json, objectsOf } from '../jobset/objects';
import { decide, type Request } from './gateway';

const gateway = (name: string) => ({ gateway: `istio-system/${name}`, namespace: 'istio-system', service: name, pods: { app: name } });
const MESH = existingIstio({ version: '1.30.1', ingressGateway: gateway('istio-ingressgateway'), clusterLocalGateway: gateway('cluster-local-gateway') });
const ISSUER = 'https://login.example.com/realms/ml';
const PROVIDER: IdentityProvider = { issuer: ISSUER, clientId: 'kubeflow', audiences: ['kubeflow'], userClaim: 'email', clientCredentials: () => ({ secretName: 's', clientIdKey: 'id', clientSecretKey: 'secret' }) };

function signIn(provider: Partial<IdentityProvider> = {}, props: Partial<SignInProps> = {}) {
  return objectsOf(new SignIn(new App(), 'sign-in', { mesh: MESH, identityProvider: { ...PROVIDER, ...provider }, ...props }));
}
const policyOf = (made: ReturnType<typeof signIn>): Json => made.one('AuthorizationPolicy', 'sign-in');
const jwtOf = (made: ReturnType<typeof signIn>): Json => made.one('RequestAuthentication', 'sign-in').spec.jwtRules[0];
const answer = (request: Request, provider?: Partial<IdentityProvider>, props?: Partial<SignInProps>) => decide(signIn(provider, props), request);
const TOKEN = { iss: ISSUER, sub: 'u1', aud: 'kubeflow', email: 'ada@example.com' };

describe('who gets through the gateway', () => {
  it.each<[string, Request, string]>([
    ['a token of the issuer for the platform', { path: '/', token: TOKEN }, 'passes'],
    ['no token', { path: '/' }, 'refused'],
    ['a token for another client of the issuer', { path: '/', token: { ...TOKEN, aud: 'wiki' } }, 'refused'],
    ['a token of another issuer', { path: '/', token: { ...TOKEN, iss: 'https://login.example.org' } }, 'refused'],
    ['a token of nobody', { path: '/', token: { iss: ISSUER, aud: 'kubeflow' } }, 'refused'],
    ['no token, for the answer to a challenge of an ACME server', { path: '/.well-known/acme-challenge/abc' }, 'passes'],
    ['no token, for something beside that', { path: '/.well-known/openid-configuration' }, 'refused'],
  ])('%s', (_, request, expected) => {
    expect(answer(request)).toBe(expected);
  });

  it('tokens that another policy lets in are of no use here', () => {
    const made = signIn();
    const elsewhere = { spec: { jwtRules: [{ issuer: 'https://ci.example.com', audiences: ['ci'] }] } };
    expect(decide({ ...made, ofKind: (kind: string) => [...made.ofKind(kind), ...(kind === 'RequestAuthentication' ? [elsewhere] : [])] }, { path: '/', token: { iss: 'https://ci.example.com', sub: 'job', aud: 'ci' } })).toBe('refused');
  });

  it('any audience will do of several', () => {
    const audiences = ['kubeflow', 'kubeflow-cli'];
    expect(answer({ path: '/', token: { ...TOKEN, aud: 'kubeflow-cli' } }, { audiences })).toBe('passes');
  });

  it('an issuer whose name ends with a slash is the same issuer', () => {
    const issuer = 'https://tenant.auth0.com/';
    expect(answer({ path: '/', token: { ...TOKEN, iss: issuer } }, { issuer })).toBe('passes');
  });

  it('of an issuer that serves many, those with the claims', () => {
    const requiredClaims = { hd: 'example.com', tier: 'staff' };
    const token = { ...TOKEN, hd: 'example.com', tier: 'staff' };
    expect(answer({ path: '/', token }, { requiredClaims })).toBe('passes');
    expect(answer({ path: '/', token: { ...token, hd: 'example.org' } }, { requiredClaims })).toBe('refused');
    expect(answer({ path: '/', token: TOKEN }, { requiredClaims })).toBe('refused');
    expect(answer({ path: '/.well-known/acme-challenge/abc' }, { requiredClaims })).toBe('passes');
  });
});

describe('public paths', () => {
  const publicPaths = ['/healthz', '/public/*', '*.css'];

  it.each([['/healthz', 'passes'], ['/healthz/x', 'refused'], ['/public/a/b', 'passes'], ['/public', 'refused'], ['/style.css', 'passes'], ['/.well-known/acme-challenge/abc', 'refused']])('%s: %s', (path, expected) => {
    expect(answer({ path }, {}, { publicPaths })).toBe(expected);
  });

  it('may be none at all', () => {
    expect(answer({ path: '/.well-known/acme-challenge/abc' }, {}, { publicPaths: [] })).toBe('refused');
    expect(answer({ path: '/x', token: TOKEN }, {}, { publicPaths: [] })).toBe('passes');
  });

  it('do not let an invalid token through: Istio refuses those before it looks at paths', () => {
    expect(answer({ path: '/healthz', token: { ...TOKEN, aud: 'wiki' } }, {}, { publicPaths })).toBe('refused');
  });

  it.each(['healthz', '', '*', '**', '/a/*/b', '/a**'])('%j is none', (path) => {
    expect(() => signIn({}, { publicPaths: [path] })).toThrow(`sign-in: publicPaths is '${path}'; expected a path such as '/healthz', with at most one '*', at its beginning or end, and not everything`);
  });

  it("'/*' is everything", () => {
    expect(() => signIn({}, { publicPaths: ['/healthz', '/*'] })).toThrow("sign-in: publicPaths is '/*'; expected less than everything: leave sign-in out instead");
  });
});

describe('what is behind the gateway learns', () => {
  it('who asks, and with which groups, from the token and from nothing else', () => {
    expect(jwtOf(signIn()).outputClaimToHeaders).toEqual([{ header: 'kubeflow-userid', claim: 'email' }]);
    expect(jwtOf(signIn({ userClaim: 'sub', groupsClaim: 'roles' })).outputClaimToHeaders).toEqual([{ header: 'kubeflow-userid', claim: 'sub' }, { header: 'kubeflow-groups', claim: 'roles' }]);
  });

  it('no groups that a client claims for itself', () => {
    const request = { path: '/', token: TOKEN, headers: { 'kubeflow-groups': 'admins' } };
    expect(answer(request)).toBe('refused');
    expect(answer({ ...request, path: '/healthz' }, {}, { publicPaths: ['/healthz'] })).toBe('refused');
    // The proxy takes it away where it writes the header itself.
    expect(answer(request, { groupsClaim: 'groups' })).toBe('passes');
  });

  it('the token itself', () => {
    expect(jwtOf(signIn()).forwardOriginalToken).toBe(true);
  });
});

it('keys are found through the issuer, or where they are said to be', () => {
  expect(jwtOf(signIn())).not.toHaveProperty('jwksUri');
  expect(jwtOf(signIn({ jwksUri: 'https://login.example.com/keys' })).jwksUri).toBe('https://login.example.com/keys');
});

it('stands at the gateway, and in no other way', () => {
  const made = signIn();
  for (const object of made.all) expect(object).toMatchObject({ metadata: { namespace: 'istio-system' }, spec: { selector: { matchLabels: { app: 'istio-ingressgateway' } } } });
  expect(policyOf(made).spec.action).toBe('DENY');
  expect(made.names).toEqual(['RequestAuthentication/istio-system/sign-in', 'AuthorizationPolicy/istio-system/sign-in']);
});

it('tokens of the issuer for anybody would do without an audience', () => {
  expect(() => signIn({ audiences: [] })).toThrow('sign-in: identityProvider.audiences is []; expected at least one: without it, tokens for any other client of the issuer would do');
});

it('waits for the mesh', () => {
  const app = new App();
  new SignIn(app, 'sign-in', { mesh: new Istio(app, 'istio'), identityProvider: PROVIDER });
  expect(componentsOf(app).find(({ id }) => id === 'sign-in')?.requires).toEqual(['istio']);
});

it('no policy finds fault with it', () => {
  expect(judged(signIn().all)).toEqual({ open: [], waived: [], unevaluated: [] });
});
