import * as storage from '@pulumi/azure-native/storage';
import type * as pulumi from '@pulumi/pulumi';
import { unlessMissing } from '../not-found';

/** Which container. */
export interface ContainerName {
  readonly resourceGroup: string;
  readonly accountName: string;
  readonly containerName: string;
}

/** What there is to know about a container. */
export interface FoundContainer {
  readonly id: string;
  readonly location: string;
  /** Host of the account's blobs. */
  readonly host: string;
  /** Whether blobs of it can be read without signing in. */
  readonly isPublic: boolean;
}

/** What is asked about containers that exist. */
export interface ContainerLookups {
  /** The container; `undefined` if there is none. */
  container(name: ContainerName): Promise<FoundContainer | undefined>;
}

/** Asks Azure through a provider. */
export function liveContainerLookups(provider: pulumi.ProviderResource): ContainerLookups {
  return {
    async container({ resourceGroup: resourceGroupName, accountName, containerName }) {
      const account = await unlessMissing(storage.getStorageAccount({ resourceGroupName, accountName }, { provider }));
      const container = account && (await unlessMissing(storage.getBlobContainer({ resourceGroupName, accountName, containerName }, { provider })));
      if (!account || !container || container.deleted) return undefined;
      const isPublic = account.allowBlobPublicAccess === true && (container.publicAccess ?? 'None') !== 'None';
      return { id: container.id, location: account.location, host: new URL(account.primaryEndpoints.blob).host, isPublic };
    },
  };
}

/** Takes it that whatever is named exists and is private, in the given subscription and location. */
export function assumedContainerLookups(assumed: { readonly subscriptionId: string; readonly location: string }): ContainerLookups {
  return {
    async container({ resourceGroup, accountName, containerName }) {
      const account = `/subscriptions/${assumed.subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/${accountName}`;
      return { id: `${account}/blobServices/default/containers/${containerName}`, location: assumed.location, host: `${accountName}.blob.core.windows.net`, isPublic: false };
    },
  };
}
