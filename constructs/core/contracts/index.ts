export type { CertificateIssuer, ServingCertificate, ServingCertificateRequest } from './certificates';
export type { DnsService, DnsZone } from './dns-zone';
export type { ClientCredentials, IdentityProvider } from './identity-provider';
export type { ServiceLoadBalancer } from './load-balancer';
export type { Mesh, MeshGateway } from './mesh';
export type { ObjectAccess, ObjectStore, ObjectStoreGrant, ObjectStoreKeys, ObjectStoreRequest } from './object-store';
export type { Sql, SqlConnection, SqlRequest } from './sql';
export type { BlockStorage, SharedFiles, VolumeStorage } from './storage';
export { awsPodIdentity, awsRole, azureClient, gcpPrincipal, gcpServiceAccount, mergeIdentities, type ServiceAccountRef, type WorkloadIdentity } from './workload-identity';
