import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError, type ObjectStore } from '../../../constructs/core';
import type { ServiceAccountIdentities } from '../contracts';
import { checkContainerName } from './blob-container';
import { storageAccountName } from './account-name';
import { grantBlobs, type GrantedContainer } from './grant';
import type { ContainerLookups, ContainerName, FoundContainer } from './lookups';

/** Args of {@link existingContainer}. */
export interface ExistingContainerArgs extends ContainerName {
  readonly identities: ServiceAccountIdentities;
}

/**
 * A container that exists. Nothing about it or its account is changed, except that roles on it are assigned.
 *
 * @param where the section of the configuration that names it
 * @throws InvalidInputError if there is none, or if everyone can read it
 */
export async function existingContainer(lookups: ContainerLookups, args: ExistingContainerArgs, where = 'objectStore'): Promise<ObjectStore> {
  const { accountName, containerName, identities } = args;
  const found = await findContainer(lookups, args, where);
  const uri = `https://${found.host}/${containerName}/`;
  const granted: GrantedContainer = { accountName: pulumi.output(accountName), containerId: pulumi.output(found.id), uri };
  return {
    protocol: 'azure-blob',
    bucket: containerName,
    endpoint: found.host,
    region: found.location,
    uri,
    grant: (_scope, id, request) => grantBlobs(identities, granted, id, request, where),
  };
}

/**
 * Looks for a container.
 *
 * @throws InvalidInputError if there is none, or if everyone can read it
 */
export async function findContainer(lookups: ContainerLookups, { resourceGroup, accountName, containerName }: ContainerName, where = 'objectStore'): Promise<FoundContainer> {
  storageAccountName(where, accountName);
  checkContainerName(containerName, where);
  const found = await lookups.container({ resourceGroup, accountName, containerName });
  if (!found) {
    throw new InvalidInputError({ property: 'containerName', value: containerName, expected: `a container of the storage account '${accountName}' in the resource group '${resourceGroup}'`, where });
  }
  if (found.isPublic) {
    throw new InvalidInputError({ property: 'containerName', value: containerName, expected: 'a container without public access: everyone can read this one', where });
  }
  return found;
}
