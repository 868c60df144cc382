import * as monitor from '@pulumi/azure-native/monitor';
import * as storage from '@pulumi/azure-native/storage';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { checkWholeNumber, InvalidInputError, type ObjectStore, type ObjectStoreGrant, type ObjectStoreRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork, ServiceAccountIdentities } from '../contracts';
import type { CustomerKey } from '../customer-key';
import { checkZone, PrivateLink, type PrivateLinkZone } from '../private-link';
import { storageAccount } from './account';
import { storageAccountName } from './account-name';
import { grantBlobs, type GrantedContainer } from './grant';

/** How often blobs are stored: in one place, in three zones, or in three zones and once more in the paired region. */
export type BlobRedundancy = 'local' | 'zone' | 'geo-zone';

const SKUS = { local: 'Standard_LRS', zone: 'Standard_ZRS', 'geo-zone': 'Standard_GZRS' } as const;

/** Days that Azure can keep what was deleted. @see https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview */
export const BLOB_SOFT_DELETE_DAYS = { least: 1, most: 365 } as const;

const SOFT_DELETE_DAYS: Readonly<Record<Retention, number>> = { keep: 30, delete: 7 };

/** Logs of who read, wrote and deleted blobs. */
const BLOB_LOGS = ['StorageRead', 'StorageWrite', 'StorageDelete'];

/** Args of {@link BlobContainer}. */
export interface BlobContainerArgs {
  readonly network: ClusterNetwork;
  /** Who ServiceAccounts are to Azure. */
  readonly identities: ServiceAccountIdentities;
  /** Name of the container: 3 to 63 lower-case letters, digits and single `-`. @default 'kubeflow' */
  readonly containerName?: string;
  /** Name of the storage account, unique in all of Azure: 3 to 24 lower-case letters and digits. @default the component's name and 8 characters that make it unique */
  readonly accountName?: string;
  /** @default 'zone' */
  readonly redundancy?: BlobRedundancy;
  /** Key that blobs are encrypted with. @default keys of the platform */
  readonly key?: CustomerKey;
  /** Days that deleted blobs, and a deleted container, can be brought back: 1 to 365. @default 30, and 7 with retention 'delete' */
  readonly softDeleteDays?: number;
  /** Days after which versions that were overwritten are deleted. @default 90 */
  readonly versionRetentionDays?: number;
  /** Zone `privatelink.blob.core.windows.net` of the network, where it has one. @default one is made */
  readonly privateLinkZone?: PrivateLinkZone;
  /** Log Analytics workspace that is told who read, wrote and deleted what. @default none */
  readonly logWorkspaceId?: pulumi.Input<string>;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A container of blobs in a storage account of its own, which nobody reaches from outside the network and nobody opens with a key: access is by
 * role, for exactly the ServiceAccounts that ask.
 */
export class BlobContainer extends pulumi.ComponentResource implements ObjectStore {
  readonly protocol = 'azure-blob';
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly uri: string;
  readonly accountName: pulumi.Output<string>;
  /** Resource id of the account. */
  readonly accountId: pulumi.Output<string>;
  private readonly identities: ServiceAccountIdentities;
  private readonly granted: GrantedContainer;

  /** @throws InvalidInputError for a name, or a number of days, that Azure would refuse */
  constructor(private readonly componentName: string, args: BlobContainerArgs, options?: pulumi.ComponentResourceOptions) {
    const { retention = 'keep', containerName = 'kubeflow', versionRetentionDays = 90 } = args;
    const softDeleteDays = args.softDeleteDays ?? SOFT_DELETE_DAYS[retention];
    const name = storageAccountName(componentName, args.accountName);
    checkContainerName(containerName, componentName);
    checkWholeNumber('softDeleteDays', softDeleteDays, componentName, BLOB_SOFT_DELETE_DAYS);
    checkWholeNumber('versionRetentionDays', versionRetentionDays, componentName, { least: 1 });
    checkZone(args.privateLinkZone, 'blob', componentName);
    super('kubeflow-cdk:azure:BlobContainer', componentName, {}, options);
    const { network } = args;
    const { resourceGroupName } = network;
    const account = storageAccount({ name, network, kind: 'StorageV2', sku: SKUS[args.redundancy ?? 'zone'], retention, key: args.key }, this);
    const service = new storage.BlobServiceProperties(
      componentName,
      {
        resourceGroupName,
        accountName: account.name,
        blobServicesName: 'default',
        isVersioningEnabled: true,
        deleteRetentionPolicy: { enabled: true, days: softDeleteDays },
        containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays },
      },
      { parent: this },
    );
    new storage.ManagementPolicy(componentName, { resourceGroupName, accountName: account.name, managementPolicyName: 'default', policy: { rules: [oldVersions(versionRetentionDays)] } }, { parent: this, dependsOn: [service] });
    const container = new storage.BlobContainer(
      componentName,
      { resourceGroupName, accountName: account.name, containerName, publicAccess: storage.PublicAccess.None },
      { ...protectedBy(retention, this), dependsOn: [service] },
    );
    const link = new PrivateLink(`${componentName}-blob`, { service: 'blob', network, resourceId: account.id, zone: args.privateLinkZone }, { parent: this });
    if (args.logWorkspaceId !== undefined) {
      new monitor.DiagnosticSetting(
        componentName,
        { resourceUri: pulumi.interpolate`${account.id}/blobServices/default`, workspaceId: args.logWorkspaceId, logs: BLOB_LOGS.map((category) => ({ category, enabled: true })) },
        { parent: this },
      );
    }
    // Before names lead to the endpoint, clients would find an address that refuses them.
    const host = pulumi.all([account.primaryEndpoints, link.ready]).apply(([{ blob }]) => new URL(blob).host);
    this.accountName = account.name;
    this.accountId = account.id;
    this.bucket = containerName;
    this.endpoint = asString(host, 'the host of the storage account');
    this.region = network.location;
    this.uri = `https://${this.endpoint}/${containerName}/`;
    this.identities = args.identities;
    this.granted = { accountName: account.name, containerId: container.id, uri: this.uri };
    this.registerOutputs({ accountName: account.name, accountId: account.id });
  }

  /** @throws InvalidInputError if the prefix cannot be told apart by Azure */
  grant(_scope: Construct, id: string, request: ObjectStoreRequest): ObjectStoreGrant {
    return grantBlobs(this.identities, this.granted, id, request, this.componentName);
  }
}

/** Checks a container's name. @see https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
export function checkContainerName(containerName: string, where: string): void {
  if (containerName.length < 3 || containerName.length > 63 || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(containerName)) {
    throw new InvalidInputError({ property: 'containerName', value: containerName, expected: "3 to 63 lower-case letters, digits and single '-', which stands neither first nor last", where });
  }
}

function oldVersions(days: number) {
  return {
    name: 'delete-old-versions',
    type: 'Lifecycle',
    enabled: true,
    definition: { filters: { blobTypes: ['blockBlob', 'appendBlob'] }, actions: { version: { delete: { daysAfterCreationGreaterThan: days } } } },
  };
}
