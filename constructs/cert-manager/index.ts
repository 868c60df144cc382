export { acme, LETS_ENCRYPT, LETS_ENCRYPT_STAGING, type AcmeProps, type AcmeSolver, type AcmeSource, type SolverSelector } from './acme';
export { CERT_MANAGER_SERVICE_ACCOUNT, CertManager, type CertManagerProps } from './cert-manager';
export { Certificate, type CertificateProps, type KeyProps, type KeyUsage } from './certificate';
export type { DnsCheck } from './dns-check';
export {
  azureDns, cloudDns, cloudflare, rfc2136, route53,
  type Ambient, type AzureDnsCredentials, type AzureDnsProps, type CloudDnsProps, type Dns01Props, type Rfc2136Props, type Route53Credentials, type Route53Props,
} from './dns01';
export { existingCertManager, type ExistingCertManagerProps } from './existing';
export { http01Gateway, http01Ingress, type SolverGateway } from './http01';
export { CERT_MANAGER_IMAGES } from './images';
export { ClusterIssuer, Issuer, type ClusterIssuerProps, type IssuerProps, type IssuerRef } from './issuer';
export { ca, selfSigned, vault, type CaSource, type IssuerSource, type PrivateIssuerSource, type SelfSignedSource, type VaultSource } from './issuer-source';
export { PLATFORM_ISSUER, SELF_SIGNING_ISSUER } from './platform-issuer';
export { PublicIssuer, type PublicCertificateRequest, type PublicIssuerProps } from './public-issuer';
export type { SecretKey } from './secret-key';
export { CERT_MANAGER_VERSION } from './versions';
