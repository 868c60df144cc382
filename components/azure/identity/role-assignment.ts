import * as pulumi from '@pulumi/pulumi';

/**
 * Built-in roles that parts of the cluster hold.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const NETWORK_CONTRIBUTOR = '4d97b98b-1d4f-4787-a291-c67834d212e7';
export const MANAGED_IDENTITY_OPERATOR = 'f1a07417-d97a-45cb-824c-7a7467783830';
export const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
export const KEY_VAULT_CONTRIBUTOR = 'f25e0fa2-a7c8-4377-a976-54943a77a395';
export const KEY_VAULT_CRYPTO_USER = '12338af0-0e69-4776-bea7-57ae8d297424';
export const KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER = 'e147488a-f6f5-4113-8e2d-b22465e65bf6';
export const STORAGE_BLOB_DATA_CONTRIBUTOR = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
export const AKS_RBAC_CLUSTER_ADMIN = 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b';

/**
 * Id of a built-in role as Azure states it: in the subscription of what the role is given on.
 *
 * @param id of the role, a UUID
 * @param scope resource id that begins with its subscription
 */
export function roleDefinition(id: string, scope: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(scope).apply((resource) => {
    const [, subscription = ''] = /^(\/subscriptions\/[^/]+)/i.exec(resource) ?? [];
    return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
  });
}
