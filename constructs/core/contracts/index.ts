export type { CertificateIssuer, ServingCertificate, ServingCertificateRequest } from './certificates';
export type { Mesh, MeshGateway } from './mesh';
