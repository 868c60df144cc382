import * as pulumi from '@pulumi/pulumi';
import * as authorization from '@pulumi/azure-native/authorization';
import * as compute from '@pulumi/azure-native/compute';
import * as keyvault from '@pulumi/azure-native/keyvault';
import * as monitor from '@pulumi/azure-native/monitor';
import { InvalidInputError } from '../../../constructs/core';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, roleDefinition } from '../identity/role-assignment';
import { privateVaultAccess } from './private-access';
import { rotationPolicy } from './rotation';

/** Names of vaults: letters, digits and single hyphens. @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault */
export const LONGEST_VAULT_NAME = 24;
/** What Pulumi adds to a name. */
const SUFFIX = 8;
/** Days that deleted vaults and keys can be recovered. @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
export const RECOVERABLE_DAYS = { keep: 90, delete: 7 } as const;

/** Props of {@link Keys}. */
export interface KeysArgs {
  readonly network: ClusterNetwork;
  /** Directory whose identities may be given access. */
  readonly tenantId: string;
  /** Log Analytics workspace that says who used which key. */
  readonly workspaceId: pulumi.Input<string>;
  /** Days after which keys are replaced, 28 to 730. @default 365 */
  readonly rotationDays?: number;
  /** With `keep`, what is deleted can be recovered for 90 days, else for 7. Nothing can be purged earlier, whoever asks. @default 'keep' */
  readonly retention?: Retention;
}

interface Placed {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
}

/** A key that the secrets of a cluster are encrypted with. */
export interface SecretsKey {
  /** Address of the key's present version. */
  readonly keyId: pulumi.Output<string>;
  /** The key as what a role is given on. */
  readonly keyScope: pulumi.Output<string>;
  readonly vaultId: pulumi.Output<string>;
  /** What must be there before the API server can use the key. */
  readonly access: readonly pulumi.Resource[];
}

/**
 * A key vault that only private endpoints and Azure's own trusted services reach, opened by roles and not by policies, with a key for the secrets in etcd and one for disks. Whatever else
 * is encrypted has a key of its own here (`DataKey`).
 *
 * @throws InvalidInputError if the name is too long for a vault, or keys would be replaced too often or too seldom
 * @see https://learn.microsoft.com/azure/key-vault/general/security-features
 */
export class Keys extends pulumi.ComponentResource {
  readonly vaultId: pulumi.Output<string>;
  readonly vaultName: pulumi.Output<string>;
  /** For secrets in etcd. */
  readonly secretsKey: SecretsKey;
  /** For disks of nodes and volumes. New versions of its key are followed by themselves. */
  readonly diskEncryptionSetId: pulumi.Output<string>;

  constructor(name: string, args: KeysArgs, options?: pulumi.ComponentResourceOptions) {
    const rotation = rotationPolicy(args.rotationDays ?? 365, name);
    if (!/^[a-z](-?[a-z0-9])*$/i.test(name) || name.length + SUFFIX > LONGEST_VAULT_NAME) {
      throw new InvalidInputError({ property: 'name', value: name, expected: `letters, digits and single hyphens, at most ${LONGEST_VAULT_NAME - SUFFIX}: it begins the name of a key vault, of which Azure allows ${LONGEST_VAULT_NAME}`, where: name });
    }
    super('kubeflow-cdk:azure:Keys', name, {}, options);
    const retention = args.retention ?? 'keep';
    const kept = protectedBy(retention, this);
    const { resourceGroupName, location } = args.network;
    const vault = new keyvault.Vault(
      name,
      {
        resourceGroupName,
        location,
        properties: {
          tenantId: args.tenantId,
          sku: { family: 'A', name: 'standard' },
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          enablePurgeProtection: true,
          softDeleteRetentionInDays: RECOVERABLE_DAYS[retention],
          publicNetworkAccess: 'disabled',
          networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] },
        },
      },
      kept,
    );
    this.vaultId = vault.id;
    this.vaultName = vault.name;
    const access = privateVaultAccess(name, vault.id, args.network, this);
    new monitor.DiagnosticSetting(name, { resourceUri: vault.id, workspaceId: args.workspaceId, logs: [{ categoryGroup: 'audit', enabled: true }] }, { parent: this });
    const key = (purpose: string): keyvault.Key =>
      new keyvault.Key(
        `${name}-${purpose}`,
        { resourceGroupName, vaultName: vault.name, properties: { kty: 'RSA', keySize: 4096, keyOps: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'], attributes: { enabled: true }, rotationPolicy: rotation } },
        kept,
      );
    const secrets = key('secrets');
    this.secretsKey = { keyId: secrets.keyUriWithVersion, keyScope: keyScope(vault.id, secrets.name), vaultId: vault.id, access };
    this.diskEncryptionSetId = this.diskEncryption(`${name}-disks`, key('disks'), vault, { resourceGroupName, location });
    this.registerOutputs({ vaultId: this.vaultId, diskEncryptionSetId: this.diskEncryptionSetId });
  }

  /** The role by which services encrypt with one key, and with no other of the vault. */
  private mayEncrypt(name: string, principalId: pulumi.Input<string>, vault: keyvault.Vault, key: keyvault.Key): authorization.RoleAssignment {
    return new authorization.RoleAssignment(
      name,
      { principalId, principalType: 'ServicePrincipal', roleDefinitionId: roleDefinition(KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, vault.id), scope: keyScope(vault.id, key.name) },
      { parent: this },
    );
  }

  private diskEncryption(name: string, key: keyvault.Key, vault: keyvault.Vault, placed: Placed): pulumi.Output<string> {
    const set = new compute.DiskEncryptionSet(
      name,
      {
        ...placed,
        identity: { type: 'SystemAssigned' },
        encryptionType: 'EncryptionAtRestWithCustomerKey',
        activeKey: { keyUrl: key.keyUriWithVersion, sourceVault: { id: vault.id } },
        rotationToLatestKeyVersionEnabled: true,
      },
      { parent: this },
    );
    const mayUse = this.mayEncrypt(
      name,
      // Azure makes it with the set: it is known no earlier.
      pulumi.all([set.id, set.identity]).apply(([, identity]) => identity?.principalId ?? ''),
      vault,
      key,
    );
    // Disks can be made once the set may use its key.
    return pulumi.all([set.id, mayUse.id]).apply(([id]) => id);
  }
}

/** The key itself, as what a role is given on. */
export function keyScope(vaultId: pulumi.Input<string>, keyName: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.interpolate`${vaultId}/keys/${keyName}`;
}
