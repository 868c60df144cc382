import { InvalidInputError } from '../core/errors';
import { hasToken } from '../core/token';
import type { SecretKey } from './secret-key';

/** Directories of Let's Encrypt. @see https://letsencrypt.org/docs/staging-environment/ */
export const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory';
/** For trying out: its limits are generous and nobody trusts its certificates. */
export const LETS_ENCRYPT_STAGING = 'https://acme-staging-v02.api.letsencrypt.org/directory';

/** Which names a solver is for. @default all that no other solver is for */
export interface SolverSelector {
  readonly dnsZones?: readonly string[];
  readonly dnsNames?: readonly string[];
  /** Labels of the Certificate. */
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/** A way of proving that a name is yours; made by one of the solver functions. */
export interface AcmeSolver {
  /** `http01`: through an Ingress. `http01-gateway`: through a Gateway. `dns01`: through DNS; the only one that can prove wildcards. */
  readonly challenge: 'http01' | 'http01-gateway' | 'dns01';
  readonly selector?: SolverSelector;
  /** The solver as the API has it. */
  readonly spec: object;
}

/** Props of {@link acme}. */
export interface AcmeProps {
  /** Directory of the ACME server, `https://…`; known before deployment, because its port is opened. */
  readonly server: string;
  /** Who is told about expiring certificates. @default nobody */
  readonly email?: string;
  /** Ways of proving a name, at least one. */
  readonly solvers: readonly [AcmeSolver, ...AcmeSolver[]];
  /** Secret the account key is put in. @default `<issuer>-account-key` */
  readonly accountKeySecret?: string;
  /** Binds the account to one you have with the CA (ZeroSSL, Google, Sectigo). @default none */
  readonly externalAccountBinding?: { readonly keyId: string; readonly key: SecretKey };
  readonly preferredChain?: string;
  /** Certificate profile of the server, e.g. `shortlived`. @default the server's own */
  readonly profile?: string;
  /** CA bundle of the server, PEM in base64: for an ACME server of yours. @default the image's own roots */
  readonly caBundle?: string;
}

/** Has an ACME server sign. */
export interface AcmeSource extends AcmeProps {
  readonly kind: 'acme';
}

/**
 * Has an ACME server such as Let's Encrypt sign: for names of the public DNS, hence for gateways.
 *
 * @throws InvalidInputError if `server` is no https URL or `email` no address
 */
export function acme(props: AcmeProps): AcmeSource {
  const { server, email } = props;
  if (!server.startsWith('https://') || !URL.canParse(server)) {
    throw new InvalidInputError({ property: 'server', value: server, expected: `an https URL such as LETS_ENCRYPT ('${LETS_ENCRYPT}')`, where: 'acme' });
  }
  if (email !== undefined && !hasToken(email) && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    throw new InvalidInputError({ property: 'email', value: email, expected: 'an e-mail address', where: 'acme' });
  }
  return { kind: 'acme', ...props };
}
