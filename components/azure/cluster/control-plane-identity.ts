import * as pulumi from '@pulumi/pulumi';
import * as authorization from '@pulumi/azure-native/authorization';
import * as managedidentity from '@pulumi/azure-native/managedidentity';
import {
  KEY_VAULT_CONTRIBUTOR,
  KEY_VAULT_CRYPTO_USER,
  MANAGED_IDENTITY_OPERATOR,
  NETWORK_CONTRIBUTOR,
  READER,
  roleDefinition,
} from '../identity/role-assignment';
import type { AksClusterArgs } from './args';

/** Who a cluster is to Azure. */
export interface ClusterIdentities {
  readonly controlPlane: managedidentity.UserAssignedIdentity;
  /** What nodes pull images with. */
  readonly nodes: managedidentity.UserAssignedIdentity;
  /** What the cluster cannot be made without. */
  readonly roles: readonly authorization.RoleAssignment[];
}

/**
 * Identities of the control plane and the nodes, and exactly what the first may do: join the two subnets, read the set that disks are encrypted with, use the
 * key of the secrets, and hand the second identity to nodes.
 *
 * @see https://learn.microsoft.com/azure/aks/use-managed-identity
 */
export function clusterIdentities(name: string, { network, keys }: AksClusterArgs, parent: pulumi.Resource): ClusterIdentities {
  const { resourceGroupName, location } = network;
  const identity = (id: string): managedidentity.UserAssignedIdentity => new managedidentity.UserAssignedIdentity(id, { resourceGroupName, location }, { parent });
  const controlPlane = identity(`${name}-control-plane`);
  const nodes = identity(`${name}-nodes`);
  const grants: Readonly<Record<string, readonly [role: string, scope: pulumi.Input<string>]>> = {
    'node-subnet': [NETWORK_CONTRIBUTOR, network.nodeSubnetId],
    'api-server-subnet': [NETWORK_CONTRIBUTOR, network.apiServerSubnetId],
    disks: [READER, keys.diskEncryptionSetId],
    'secrets-key': [KEY_VAULT_CRYPTO_USER, keys.secretsKey.keyScope],
    // Of a private vault: the API server is connected to it in the name of this identity.
    vault: [KEY_VAULT_CONTRIBUTOR, keys.secretsKey.vaultId],
    kubelet: [MANAGED_IDENTITY_OPERATOR, nodes.id],
  };
  const roles = Object.entries(grants).map(
    ([purpose, [role, scope]]) =>
      new authorization.RoleAssignment(
        `${name}-${purpose}`,
        { principalId: controlPlane.principalId, principalType: 'ServicePrincipal', roleDefinitionId: roleDefinition(role, scope), scope },
        { parent },
      ),
  );
  return { controlPlane, nodes, roles };
}
