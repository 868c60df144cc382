import type { Construct } from 'constructs';
import type { ServingCertificate, ServingCertificateRequest } from '../core/contracts';
import { InvalidInputError } from '../core/errors';
import { checkDnsLabel } from '../core/names';
import { Certificate } from './certificate';
import type { IssuerRef } from './issuer';

/** Declares a serving certificate for Services: 90 days, renewed at 30 left, a new P-256 key each time. */
export function servingCertificate(scope: Construct, id: string, request: ServingCertificateRequest, issuer: IssuerRef, clusterDomain: string): ServingCertificate {
  const { name, namespace, secretName, services } = request;
  const where = `${scope.node.path}/${id}`;
  if (services.length === 0) {
    throw new InvalidInputError({ property: 'services', value: services, expected: 'at least one Service', where });
  }
  for (const service of services) checkDnsLabel('services', service, where);
  new Certificate(scope, id, {
    name,
    namespace,
    secretName,
    issuer,
    dnsNames: [...new Set(services)].flatMap((service) => [`${service}.${namespace}.svc`, `${service}.${namespace}.svc.${clusterDomain}`]),
  });
  return { secretName, injectCa: { 'cert-manager.io/inject-ca-from': `${namespace}/${name}` } };
}
