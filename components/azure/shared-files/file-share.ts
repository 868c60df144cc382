import * as authorization from '@pulumi/azure-native/authorization';
import * as storage from '@pulumi/azure-native/storage';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber, type SharedFiles, type VolumeStorage } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import type { CustomerKey } from '../customer-key';
import { roleDefinition } from '../identity/role-assignment';
import { storageAccount } from '../object-store/account';
import { storageAccountName } from '../object-store/account-name';
import { checkZone, PrivateLink, type PrivateLinkZone } from '../private-link';
import { nfsVolumes } from './volumes';

/** Storage Account Contributor: makes and deletes shares. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage */
export const STORAGE_ACCOUNT_CONTRIBUTOR = '17d1049b-9a84-46fb-8f53-869881c3d3ab';

const SKUS = { local: 'Premium_LRS', zone: 'Premium_ZRS' } as const;

/** Days that Azure can keep shares that were deleted. @see https://learn.microsoft.com/azure/storage/files/storage-files-prevent-file-share-deletion */
export const SHARE_SOFT_DELETE_DAYS = { least: 1, most: 365 } as const;

/** Args of {@link FileShare}. */
export interface FileShareArgs {
  readonly network: ClusterNetwork;
  /** Principal id of the identity that the CSI driver acts as: on AKS, that of the cluster's control plane. */
  readonly driverPrincipalId: pulumi.Input<string>;
  /** Name of the storage account, unique in all of Azure: 3 to 24 lower-case letters and digits. @default the component's name and 8 characters that make it unique */
  readonly accountName?: string;
  /** Whether files are in one zone or in three. @default 'zone' */
  readonly redundancy?: 'local' | 'zone';
  /** Key that files are encrypted with. @default keys of the platform */
  readonly key?: CustomerKey;
  /**
   * Whether NFS is encrypted with TLS on its way, and refused if it is not. Turning it off is a finding of the CIS policies.
   * @default true
   */
  readonly encryptInTransit?: boolean;
  /** Days that deleted shares can be brought back: 1 to 365. @default 30, and 7 with retention 'delete' */
  readonly softDeleteDays?: number;
  /** Zone `privatelink.file.core.windows.net` of the network, where it has one. @default one is made */
  readonly privateLinkZone?: PrivateLinkZone;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * Volumes for many nodes as Azure Files shares (premium, NFS 4.1), in an account that is made here, with its rules, rather than by the driver.
 */
export class FileShare extends pulumi.ComponentResource implements SharedFiles {
  readonly volumes: VolumeStorage;
  readonly accountName: pulumi.Output<string>;
  /** Resource id of the account. */
  readonly accountId: pulumi.Output<string>;

  /** @throws InvalidInputError for a name, or a number of days, that Azure would refuse */
  constructor(name: string, args: FileShareArgs, options?: pulumi.ComponentResourceOptions) {
    const { network, retention = 'keep', encryptInTransit = true } = args;
    const account = storageAccountName(name, args.accountName);
    const days = checkWholeNumber('softDeleteDays', args.softDeleteDays ?? (retention === 'keep' ? 30 : 7), name, SHARE_SOFT_DELETE_DAYS);
    checkZone(args.privateLinkZone, 'file', name);
    super('kubeflow-cdk:azure:FileShare', name, {}, options);
    const sku = SKUS[args.redundancy ?? 'zone'];
    const made = storageAccount({ name: account, network, kind: 'FileStorage', sku, retention, key: args.key, secureTransfer: encryptInTransit }, this);
    new storage.FileServiceProperties(
      name,
      {
        resourceGroupName: network.resourceGroupName,
        accountName: made.name,
        fileServicesName: 'default',
        shareDeleteRetentionPolicy: { enabled: true, days },
        // Nobody is to use SMB here; whoever does, uses the strictest.
        protocolSettings: { smb: { versions: 'SMB3.1.1', channelEncryption: 'AES-256-GCM', authenticationMethods: 'Kerberos' } },
      },
      { parent: this },
    );
    const link = new PrivateLink(`${name}-file`, { service: 'file', network, resourceId: made.id, zone: args.privateLinkZone }, { parent: this });
    // No built-in role makes shares and does nothing else: this one is held for the account of the shares alone, whose keys it might read are refused.
    const role = new authorization.RoleAssignment(
      name,
      {
        principalId: args.driverPrincipalId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: roleDefinition(STORAGE_ACCOUNT_CONTRIBUTOR, made.id),
        scope: made.id,
      },
      { parent: this },
    );
    // A StorageClass that exists works: shares can be made, and reached.
    const usable = pulumi.all([made.name, link.ready, role.id]).apply(([accountName]) => accountName);
    this.accountName = made.name;
    this.accountId = made.id;
    this.volumes = nfsVolumes({
      resourceGroup: asString(network.resourceGroupName, 'the resource group'),
      accountName: asString(usable, 'the storage account of shared files'),
      sku,
      encryptInTransit,
    });
    this.registerOutputs({ accountName: made.name, accountId: made.id });
  }
}
