import * as pulumi from '@pulumi/pulumi';
import * as authorization from '@pulumi/azure-native/authorization';
import * as managedidentity from '@pulumi/azure-native/managedidentity';
import * as network from '@pulumi/azure-native/network';
import * as storage from '@pulumi/azure-native/storage';
import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import { protectedBy, type Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { roleDefinition, STORAGE_BLOB_DATA_CONTRIBUTOR } from '../identity/role-assignment';

/** Props of {@link FlowLogs}. */
export interface FlowLogsArgs {
  readonly network: ClusterNetwork;
  /** Log Analytics workspace in which the flows can be searched. */
  readonly workspaceId: pulumi.Input<string>;
  /** Days that the logs are kept, 90 to 365. @default 90 */
  readonly days?: number;
  /**
   * The network watcher that Azure has in the location.
   * @default the one Azure makes with the first network: `NetworkWatcher_<location>` in `NetworkWatcherRG`
   */
  readonly networkWatcher?: { readonly resourceGroup: string; readonly name: string };
  /** What becomes of the logs. @default 'keep' */
  readonly retention?: Retention;
}

/** Where Azure keeps network watchers. @see https://learn.microsoft.com/azure/network-watcher/network-watcher-create */
const WATCHER_GROUP = 'NetworkWatcherRG';
/** Storage accounts have names of 3 to 24 lower-case letters and digits; Pulumi adds 8. */
const LONGEST_PREFIX = 16;

/**
 * Logs of who spoke to whom in a virtual network, in a storage account that nothing but Azure's own trusted services reaches, and in Log Analytics.
 *
 * @see https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
 */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, options?: pulumi.ComponentResourceOptions) {
    const days = checkWholeNumber('days', args.days ?? 90, name, { least: 90, most: 365 });
    const prefix = name.replaceAll(/[^a-z0-9]/g, '');
    if (prefix.length < 1 || prefix.length > LONGEST_PREFIX) throw new InvalidInputError({ property: 'name', value: name, expected: `a name with 1 to ${LONGEST_PREFIX} lower-case letters and digits: it begins the name of a storage account, of which Azure allows 24`, where: name });
    super('kubeflow-cdk:azure:FlowLogs', name, {}, options);
    const { resourceGroupName, location, virtualNetworkId } = args.network;
    const account = new storage.StorageAccount(
      prefix,
      {
        resourceGroupName,
        location,
        kind: 'StorageV2',
        sku: { name: 'Standard_ZRS' },
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        allowSharedKeyAccess: false,
        defaultToOAuthAuthentication: true,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: 'TLS1_2',
        publicNetworkAccess: 'Disabled',
        networkRuleSet: { bypass: 'AzureServices', defaultAction: 'Deny' },
        encryption: { keySource: 'Microsoft.Storage', requireInfrastructureEncryption: true, services: { blob: { enabled: true } } },
      },
      protectedBy(args.retention ?? 'keep', this),
    );
    const kept = { enabled: true, days: 7 };
    new storage.BlobServiceProperties(name, { resourceGroupName, accountName: account.name, blobServicesName: 'default', isVersioningEnabled: true, deleteRetentionPolicy: kept, containerDeleteRetentionPolicy: kept }, { parent: this });
    // Without its keys the account is written to by an identity.
    const writer = new managedidentity.UserAssignedIdentity(name, { resourceGroupName, location }, { parent: this });
    const mayWrite = new authorization.RoleAssignment(
      name,
      { principalId: writer.principalId, principalType: 'ServicePrincipal', roleDefinitionId: roleDefinition(STORAGE_BLOB_DATA_CONTRIBUTOR, account.id), scope: account.id },
      { parent: this },
    );
    const watcher = args.networkWatcher ?? { resourceGroup: WATCHER_GROUP, name: `NetworkWatcher_${location}` };
    new network.FlowLog(
      name,
      {
        resourceGroupName: watcher.resourceGroup,
        networkWatcherName: watcher.name,
        location,
        targetResourceId: virtualNetworkId,
        storageId: account.id,
        identity: { type: 'UserAssigned', userAssignedIdentities: [writer.id] },
        enabled: true,
        format: { type: 'JSON', version: 2 },
        retentionPolicy: { enabled: true, days },
        flowAnalyticsConfiguration: { networkWatcherFlowAnalyticsConfiguration: { enabled: true, workspaceResourceId: args.workspaceId, workspaceRegion: location, trafficAnalyticsInterval: 10 } },
      },
      { parent: this, dependsOn: [mayWrite] },
    );
    this.registerOutputs({});
  }
}
