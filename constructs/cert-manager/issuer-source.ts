import { InvalidInputError } from '../core/errors';
import type { AcmeSource } from './acme';

/** Signs with a CA made in the cluster. */
export interface SelfSignedSource {
  readonly kind: 'selfSigned';
}

/** Signs with a CA of yours. */
export interface CaSource {
  readonly kind: 'ca';
  readonly secretName: string;
}

/** Has HashiCorp Vault sign. */
export interface VaultSource {
  readonly kind: 'vault';
  readonly server: string;
  /** Path of the signing endpoint, e.g. `pki/sign/kubeflow`. */
  readonly path: string;
  /** Role of Vault's Kubernetes authentication. */
  readonly role: string;
  /** Where that authentication is mounted. @default '/v1/auth/kubernetes' */
  readonly mountPath?: string;
  /** ServiceAccount to authenticate as. @default 'cert-manager': the controller's own */
  readonly serviceAccount?: string;
  /** CA bundle of the server, PEM in base64. @default the image's own roots */
  readonly caBundle?: string;
}

/** Issuers that can name a Service (`name.namespace.svc`): what is trusted inside the cluster only. */
export type PrivateIssuerSource = SelfSignedSource | CaSource | VaultSource;

/** Every issuer. ACME is public: it issues for names of the public DNS, which names of Services are not. */
export type IssuerSource = PrivateIssuerSource | AcmeSource;

/** Signs with a CA made in the cluster. As the platform's issuer: a root CA of ten years that signs everything else. */
export function selfSigned(): SelfSignedSource {
  return { kind: 'selfSigned' };
}

/** Signs with the CA in a Secret (`tls.crt`, `tls.key`): of the issuer's namespace, for a cluster issuer `cert-manager`. */
export function ca(props: { readonly secretName: string }): CaSource {
  return { kind: 'ca', ...props };
}

/**
 * Has HashiCorp Vault sign, authenticated by a ServiceAccount token; nothing is stored.
 *
 * @throws InvalidInputError if `server` is no URL
 */
export function vault(props: Omit<VaultSource, 'kind'>): VaultSource {
  if (!/^https?:\/\//.test(props.server) || !URL.canParse(props.server)) {
    throw new InvalidInputError({ property: 'server', value: props.server, expected: "a URL known before deployment (its port is opened), e.g. 'https://vault.example.com:8200'", where: 'vault' });
  }
  return { kind: 'vault', ...props };
}

/** Port of the server an issuer asks. */
export function serverPort(source: IssuerSource): number | undefined {
  if (source.kind !== 'vault' && source.kind !== 'acme') return undefined;
  const { port, protocol } = new URL(source.server);
  return port ? Number(port) : protocol === 'http:' ? 80 : 443;
}

/** `spec` of an Issuer or ClusterIssuer. */
export function issuerSpec(source: IssuerSource, issuerName: string): object {
  switch (source.kind) {
    case 'selfSigned':
      return { selfSigned: {} };
    case 'ca':
      return { ca: { secretName: source.secretName } };
    case 'vault':
      return {
        vault: {
          server: source.server,
          path: source.path,
          ...(source.caBundle && { caBundle: source.caBundle }),
          auth: {
            kubernetes: {
              role: source.role,
              mountPath: source.mountPath ?? '/v1/auth/kubernetes',
              serviceAccountRef: { name: source.serviceAccount ?? 'cert-manager' },
            },
          },
        },
      };
    case 'acme': {
      const { accountKeySecret = `${issuerName}-account-key`, externalAccountBinding: binding } = source;
      return {
        acme: {
          server: source.server,
          ...(source.email && { email: source.email }),
          ...(source.preferredChain && { preferredChain: source.preferredChain }),
          ...(source.profile && { profile: source.profile }),
          ...(source.caBundle && { caBundle: source.caBundle }),
          privateKeySecretRef: { name: accountKeySecret },
          ...(binding && { externalAccountBinding: { keyID: binding.keyId, keySecretRef: { ...binding.key } } }),
          solvers: source.solvers.map(({ selector, spec }) => ({ ...(selector && { selector: { ...selector } }), ...spec })),
        },
      };
    }
  }
}
