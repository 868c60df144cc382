import type { Construct } from 'constructs';
import { Component, type IdentityProvider, InvalidInputError, type Mesh } from '../core';
import { AuthorizationPolicy, RequestAuthentication } from '../istio';

/** Props of {@link SignIn}. */
export interface SignInProps {
  readonly mesh: Mesh;
  /** Whose tokens are accepted. */
  readonly identityProvider: IdentityProvider;
  /** Paths anybody may ask for, `*` at either end, e.g. `/public/*`. @default only those that answer challenges of certificates */
  readonly publicPaths?: readonly string[];
}

/** Headers by which Kubeflow's programs learn who asks. @see https://github.com/kubeflow/dashboard */
const USER_HEADER = 'kubeflow-userid';
const GROUPS_HEADER = 'kubeflow-groups';

/** Where an ACME server asks for the answer to an HTTP-01 challenge. */
const ACME_CHALLENGES = '/.well-known/acme-challenge/*';

/** Version of the API that is written. */
const SECURITY_API = '1';

/**
 * Lets nobody through the ingress gateway who does not show a token that the identity provider has signed for this platform, and tells
 * what is behind the gateway who it is.
 *
 * It checks tokens; sending people to a sign-in page is for a proxy in front of web applications.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export class SignIn extends Component {
  /** @throws InvalidInputError for a path that is none, or without anybody a token may be for */
  constructor(scope: Construct, id: string, props: SignInProps) {
    const { mesh, identityProvider } = props;
    super(scope, id, { version: SECURITY_API, requires: [mesh, identityProvider] });
    const publicPaths = props.publicPaths ?? [ACME_CHALLENGES];
    this.checkPaths(publicPaths);
    const { issuer, audiences, jwksUri, userClaim, groupsClaim, requiredClaims = {} } = identityProvider;
    const protectedPaths = publicPaths.length > 0 ? { to: [{ operation: { notPaths: publicPaths } }] } : {};
    if (audiences.length === 0) {
      throw new InvalidInputError({ property: 'identityProvider.audiences', value: audiences, expected: 'at least one: without it, tokens for any other client of the issuer would do', where: this.node.path });
    }

    const { namespace, pods } = mesh.ingressGateway;
    const gateway = { name: 'sign-in', namespace };
    const selector = { matchLabels: { ...pods } };
    new RequestAuthentication(this, 'tokens', {
      ...gateway,
      spec: {
        selector,
        jwtRules: [
          {
            issuer,
            audiences,
            ...(jwksUri !== undefined && { jwksUri }),
            outputClaimToHeaders: [{ header: USER_HEADER, claim: userClaim }, ...(groupsClaim === undefined ? [] : [{ header: GROUPS_HEADER, claim: groupsClaim }])],
            // Programs behind the gateway check it again, for what only they know.
            forwardOriginalToken: true,
          },
        ],
      },
    });
    new AuthorizationPolicy(this, 'only-with-token', {
      ...gateway,
      spec: {
        selector,
        action: 'DENY',
        rules: [
          { from: [{ source: { notRequestPrincipals: [`${issuer}/*`] } }], ...protectedPaths },
          // Of an issuer that serves many, tokens of others are signed as well.
          ...Object.entries(requiredClaims).map(([claim, value]) => ({ when: [{ key: `request.auth.claims[${claim}]`, notValues: [value] }], ...protectedPaths })),
          // The proxy takes away what a client sends in headers that it writes itself; one that it does not write would be believed.
          ...(groupsClaim === undefined ? [{ when: [{ key: `request.headers[${GROUPS_HEADER}]`, values: ['*'] }] }] : []),
        ],
      },
    });
  }

  private checkPaths(paths: readonly string[]): void {
    for (const path of paths) {
      if (/^(\/[^*]*\*?|\*\/?[^*]+)$/.test(path)) continue;
      throw new InvalidInputError({ property: 'publicPaths', value: path, expected: "a path such as '/healthz', with at most one '*', at its beginning or end, and not everything", where: this.node.path });
    }
    if (paths.includes('/*')) {
      throw new InvalidInputError({ property: 'publicPaths', value: '/*', expected: 'less than everything: leave sign-in out instead', where: this.node.path });
    }
  }
}
