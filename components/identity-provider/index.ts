export { credentialsSecret, type OidcClient } from './credentials-secret';
export { existingIdentityProvider, type ExistingIdentityProviderArgs } from './existing';
