export { ManagedIdentities, TOKEN_AUDIENCE, type ManagedIdentitiesArgs } from './managed-identities';
export { roleDefinition } from './role-assignment';
