import type { CertificateIssuer } from '../core/contracts';
import { InvalidInputError } from '../core/errors';
import { checkObjectName } from '../core/names';
import { checkVersion } from '../core/version';
import type { IssuerRef } from './issuer';
import { servingCertificate } from './serving-certificate';

/** Versions whose API and defaults are what is relied on: 1.18 made key rotation and one kept revision the rule. */
const SUPPORTED = { range: '>=1.18.0 <2.0.0', expected: 'a released version from 1.18.0 to below 2.0.0' } as const;

/** Props of {@link existingCertManager}. */
export interface ExistingCertManagerProps {
  /** Version that is installed, e.g. `1.19.1`. */
  readonly version: string;
  /**
   * A ClusterIssuer, or an external issuer of the whole cluster, that signs names of Services and states its CA (`ca.crt`): one of
   * kind CA or Vault, not ACME and not self-signed.
   */
  readonly issuer: { readonly name: string; readonly kind?: string; readonly group?: string };
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
}

/**
 * The cert-manager a cluster has already. Its CA injector must be running.
 *
 * @throws InvalidInputError for an unsupported version, or an issuer that is of one namespace only
 */
export function existingCertManager(props: ExistingCertManagerProps): CertificateIssuer {
  const where = 'existingCertManager';
  checkVersion(props.version, { ...SUPPORTED, where });
  const { name, kind = 'ClusterIssuer', group = 'cert-manager.io' } = props.issuer;
  if (kind === 'Issuer' && group === 'cert-manager.io') {
    throw new InvalidInputError({ property: 'issuer.kind', value: kind, expected: "'ClusterIssuer': certificates are wanted in several namespaces", where });
  }
  checkObjectName(kind, name, where);
  const issuer: IssuerRef = { name, kind, group };
  return {
    servingCertificate: (scope, id, request) => servingCertificate(scope, id, request, issuer, props.clusterDomain ?? 'cluster.local'),
  };
}
