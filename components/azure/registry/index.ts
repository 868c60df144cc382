export { CACHED_WITHOUT_CREDENTIALS, KEY_VAULT_SECRETS_USER, type CachedRegistry, type DockerHubCredentials } from './cache';
export { ACR_PULL, Registry, REGISTRY_NAME, UNTAGGED_DAYS, type RegistryArgs } from './registry';
