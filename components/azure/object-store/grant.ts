import * as pulumi from '@pulumi/pulumi';
import { type ObjectAccess, type ObjectStoreGrant, type ObjectStoreRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { ServiceAccountIdentities } from '../contracts';
import { checkPrefix, pathCondition } from './path-condition';

/** Roles of Azure over blobs. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage */
export const BLOB_ROLES: Readonly<Record<ObjectAccess, string>> = {
  /** Storage Blob Data Reader */
  read: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  /** Storage Blob Data Contributor */
  'read-write': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
};

/** A container, as far as grants need it. */
export interface GrantedContainer {
  readonly accountName: pulumi.Output<string>;
  /** Resource id of the container. */
  readonly containerId: pulumi.Output<string>;
  /** With a slash at its end. */
  readonly uri: string;
}

/**
 * Grants access to a container, or to a part of it.
 *
 * @throws InvalidInputError if the prefix cannot be told apart by Azure
 */
export function grantBlobs(identities: ServiceAccountIdentities, container: GrantedContainer, id: string, request: ObjectStoreRequest, where: string): ObjectStoreGrant {
  const { serviceAccount, access, prefix } = request;
  if (prefix !== undefined) checkPrefix(prefix, where);
  const condition = prefix === undefined ? {} : { condition: pathCondition(prefix, access) };
  return {
    uri: `${container.uri}${prefix ?? ''}`,
    identity: identities.grant(serviceAccount, id, [{ roleDefinitionId: BLOB_ROLES[access], scope: container.containerId, ...condition }]),
    environment: { AZURE_STORAGE_ACCOUNT: asString(container.accountName, 'the name of the storage account') },
  };
}
