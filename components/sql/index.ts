export { checkCaCertificates } from './ca-certificates';
export { CREDENTIAL_FILES, credentialsName, credentialsSecret, type HandedCredentials, type SqlCredentials } from './credentials-secret';
