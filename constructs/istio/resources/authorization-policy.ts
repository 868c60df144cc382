import { Construct } from 'constructs';
import { IstioObject, type IstioObjectProps, type WorkloadSelector } from './istio-object';

/** Where a request comes from; all of the conditions hold. */
export interface AuthorizationSource {
  /** `<trust domain>/ns/<namespace>/sa/<service account>`, with `*` at either end. */
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  /** `<issuer>/<subject>` of the request's JWT. */
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
  readonly serviceAccounts?: readonly string[];
  readonly ipBlocks?: readonly string[];
  readonly notIpBlocks?: readonly string[];
  readonly remoteIpBlocks?: readonly string[];
}

/** What a request asks for; all of the conditions hold. */
export interface AuthorizationOperation {
  readonly hosts?: readonly string[];
  readonly notHosts?: readonly string[];
  readonly ports?: readonly string[];
  readonly notPorts?: readonly string[];
  readonly methods?: readonly string[];
  readonly notMethods?: readonly string[];
  readonly paths?: readonly string[];
  readonly notPaths?: readonly string[];
}

/** One rule; it applies when a source, an operation and all of `when` hold. `{}` applies to everything. */
export interface AuthorizationRule {
  readonly from?: readonly { readonly source: AuthorizationSource }[];
  readonly to?: readonly { readonly operation: AuthorizationOperation }[];
  /** Attributes, e.g. `request.headers[kubeflow-userid]`. */
  readonly when?: readonly { readonly key: string; readonly values?: readonly string[]; readonly notValues?: readonly string[] }[];
}

interface CommonSpec {
  /** @default every workload of the namespace; in the mesh's root namespace, of the mesh */
  readonly selector?: WorkloadSelector;
  /** @default none: no request matches, so an `ALLOW` policy without rules denies everything */
  readonly rules?: readonly AuthorizationRule[];
}

/** Spec of an {@link AuthorizationPolicy}. @see https://istio.io/latest/docs/reference/config/security/authorization-policy/ */
export type AuthorizationPolicySpec =
  | (CommonSpec & { readonly action?: 'ALLOW' | 'DENY' | 'AUDIT'; readonly provider?: never })
  | (CommonSpec & {
      /** Asks an external authoriser, which is one of the mesh's extension providers. */
      readonly action: 'CUSTOM';
      readonly provider: { readonly name: string };
    });

/** Who may call what in the mesh. */
export class AuthorizationPolicy extends IstioObject<AuthorizationPolicySpec> {
  constructor(scope: Construct, id: string, props: IstioObjectProps<AuthorizationPolicySpec>) {
    super(scope, id, { group: 'security', kind: 'AuthorizationPolicy' }, props);
  }
}
