import { acme, type AcmeSolver, azureDns, type CertManager, cloudDns, LETS_ENCRYPT, LETS_ENCRYPT_STAGING, route53 } from '../constructs/cert-manager';
import type { DnsZone, WorkloadIdentity } from '../constructs/core';

/** What the gateway's certificate takes. */
export interface PublicCertificateOptions {
  readonly zone: DnsZone;
  /** Who cert-manager is to the zone. */
  readonly challenges: WorkloadIdentity;
  readonly hosts: readonly [string, ...string[]];
  /** Who is told about certificates that are about to expire. */
  readonly acmeEmail?: string;
  /** Whether certificates are for trying out only: no browser trusts them, and there may be many. */
  readonly acmeStaging: boolean;
}

/** A certificate that browsers trust, for the ingress gateway: proved through the zone, because it is for all names below the domain. */
export function publicCertificate(certificates: CertManager, { zone, challenges, hosts, acmeEmail, acmeStaging }: PublicCertificateOptions): { readonly secretName: string } {
  const issuer = certificates.publicIssuer(
    'lets-encrypt',
    acme({ server: acmeStaging ? LETS_ENCRYPT_STAGING : LETS_ENCRYPT, ...(acmeEmail !== undefined && { email: acmeEmail }), solvers: [solver(zone, challenges)] }),
  );
  return issuer.certificate(certificates, 'gateway-certificate', { name: 'kubeflow-gateway', namespace: 'istio-system', secretName: 'kubeflow-gateway-tls', dnsNames: hosts });
}

function solver({ service, domain }: DnsZone, { clientId }: WorkloadIdentity): AcmeSolver {
  switch (service.kind) {
    case 'route53':
      return route53({ region: service.region, hostedZoneId: service.hostedZoneId });
    case 'cloud-dns':
      return cloudDns({ project: service.project, hostedZoneName: service.managedZone });
    case 'azure-dns':
      if (clientId === undefined) throw new Error('an Azure DNS zone granted its records without naming the identity that may change them');
      return azureDns({ subscriptionId: service.subscriptionId, resourceGroup: service.resourceGroup, hostedZoneName: domain, credentials: { managedIdentityClientId: clientId } });
  }
}
