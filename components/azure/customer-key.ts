import * as authorization from '@pulumi/azure-native/authorization';
import * as keyvault from '@pulumi/azure-native/keyvault';
import * as managedidentity from '@pulumi/azure-native/managedidentity';
import * as pulumi from '@pulumi/pulumi';
import { protectedBy, type Retention } from '../retention';
import type { ClusterNetwork } from './contracts';
import { KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, roleDefinition } from './identity/role-assignment';
import { keyScope } from './keys/keys';
import { rotationPolicy } from './keys/rotation';

/** A key in a Key Vault that data is encrypted with, and the identity in whose name services use it. */
export interface CustomerKey {
  /** URI of the vault, `https://<vault>.vault.azure.net/`. */
  readonly vaultUri: pulumi.Input<string>;
  readonly keyName: pulumi.Input<string>;
  /** Id of the key without a version: services that take it follow rotations by themselves. */
  readonly keyUri: pulumi.Input<string>;
  /** Id of the key's current version, for services that take no other. */
  readonly keyUriWithVersion: pulumi.Input<string>;
  /** Resource id of a user-assigned identity that may wrap and unwrap with the key; known when it may. */
  readonly identityId: pulumi.Input<string>;
  /** Client id of the same identity. */
  readonly identityClientId: pulumi.Input<string>;
}

/** Args of {@link DataKey}. */
export interface DataKeyArgs {
  readonly network: Pick<ClusterNetwork, 'resourceGroupName' | 'location'>;
  /** Resource id of the vault, which has to keep what is deleted, and to refuse purging it. */
  readonly vaultId: pulumi.Input<string>;
  readonly vaultName: pulumi.Input<string>;
  /** Days after which the key is replaced, 28 to 730. @default 365 */
  readonly rotationDays?: number;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A key for the data of one resource, and an identity that may do nothing but wrap and unwrap with it.
 *
 * @see https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview
 */
export class DataKey extends pulumi.ComponentResource implements CustomerKey {
  readonly vaultUri: pulumi.Output<string>;
  readonly keyName: pulumi.Output<string>;
  readonly keyUri: pulumi.Output<string>;
  readonly keyUriWithVersion: pulumi.Output<string>;
  readonly identityId: pulumi.Output<string>;
  readonly identityClientId: pulumi.Output<string>;

  /** @throws InvalidInputError if the key would be replaced too often or too seldom */
  constructor(name: string, args: DataKeyArgs, options?: pulumi.ComponentResourceOptions) {
    const rotation = rotationPolicy(args.rotationDays ?? 365, name);
    super('kubeflow-cdk:azure:DataKey', name, {}, options);
    const { vaultId, vaultName } = args;
    const { resourceGroupName, location } = args.network;
    const key = new keyvault.Key(
      name,
      {
        // The vault may be in another resource group than what it encrypts.
        resourceGroupName: pulumi.output(vaultId).apply((id) => id.split('/')[4] ?? ''),
        vaultName,
        properties: { kty: 'RSA', keySize: 4096, keyOps: ['wrapKey', 'unwrapKey'], attributes: { enabled: true }, rotationPolicy: rotation },
      },
      protectedBy(args.retention ?? 'keep', this),
    );
    const identity = new managedidentity.UserAssignedIdentity(name, { resourceGroupName, location }, { parent: this });
    const mayUse = new authorization.RoleAssignment(
      name,
      {
        principalId: identity.principalId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: roleDefinition(KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, vaultId),
        scope: keyScope(vaultId, key.name),
      },
      { parent: this },
    );
    this.vaultUri = key.keyUri.apply((uri) => `${new URL(uri).origin}/`);
    this.keyName = key.name;
    this.keyUri = key.keyUri;
    this.keyUriWithVersion = key.keyUriWithVersion;
    this.identityId = pulumi.all([identity.id, mayUse.id]).apply(([id]) => id);
    this.identityClientId = identity.clientId;
    this.registerOutputs({ keyUri: this.keyUri, identityId: this.identityId });
  }
}
