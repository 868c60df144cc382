import { Construct } from 'constructs';
import { IstioObject, type IstioObjectProps, type WorkloadSelector } from './istio-object';

/** Whether a workload takes plain text: `STRICT` never, `PERMISSIVE` also. */
export type MtlsMode = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** Spec of a {@link PeerAuthentication}. @see https://istio.io/latest/docs/reference/config/security/peer_authentication/ */
export interface PeerAuthenticationSpec {
  /** @default every workload of the namespace; in the mesh's root namespace, of the mesh */
  readonly selector?: WorkloadSelector;
  readonly mtls?: { readonly mode: MtlsMode };
  /** By port of the workload; needs a selector. */
  readonly portLevelMtls?: Readonly<Record<number, { readonly mode: MtlsMode }>>;
}

/** Whether workloads insist on mutual TLS. */
export class PeerAuthentication extends IstioObject<PeerAuthenticationSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<PeerAuthenticationSpec>) {
    super(scope, id, { group: 'security', kind: 'PeerAuthentication' }, props);
  }
}

/** Tokens that are accepted, and where they are found. */
export interface JwtRule {
  readonly issuer: string;
  readonly audiences?: readonly string[];
  /** Where the issuer's keys are. @default found by OpenID discovery at the issuer */
  readonly jwksUri?: string;
  readonly jwks?: string;
  readonly fromHeaders?: readonly { readonly name: string; readonly prefix?: string }[];
  readonly fromParams?: readonly string[];
  readonly fromCookies?: readonly string[];
  /** Claims that are passed on as headers. */
  readonly outputClaimToHeaders?: readonly { readonly header: string; readonly claim: string }[];
  readonly outputPayloadToHeader?: string;
  /** @default false: the token is taken off the request */
  readonly forwardOriginalToken?: boolean;
}

/** Spec of a {@link RequestAuthentication}. @see https://istio.io/latest/docs/reference/config/security/request_authentication/ */
export interface RequestAuthenticationSpec {
  readonly selector?: WorkloadSelector;
  readonly jwtRules: readonly JwtRule[];
}

/** Which tokens workloads accept. A request without a token passes; an AuthorizationPolicy refuses it. */
export class RequestAuthentication extends IstioObject<RequestAuthenticationSpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<RequestAuthenticationSpec>) {
    super(scope, id, { group: 'security', kind: 'RequestAuthentication' }, props);
  }
}
