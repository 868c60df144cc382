import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import type { ObjectAccess, ObjectStoreGrant, ObjectStoreRequest } from '../../../constructs/core';
import type { ServiceAccountPrincipals } from '../contracts';
import { grantKey } from '../data/grant-key';
import { Once } from '../data/once';
import { checkFolder } from './names';

/**
 * Roles on objects. Neither changes who may read what.
 *
 * @see https://cloud.google.com/storage/docs/access-control/iam-roles
 */
const ROLES: Readonly<Record<ObjectAccess, string>> = { read: 'roles/storage.objectViewer', 'read-write': 'roles/storage.objectUser' };

/** A bucket that access is given to. */
export interface GrantedBucket {
  /** Name of the component, which grants are called after. */
  readonly name: string;
  /** Name of the bucket, as resources take it. */
  readonly bucketName: pulumi.Input<string>;
  /** The same as it goes into constructs. */
  readonly bucket: string;
  readonly principals: ServiceAccountPrincipals;
  readonly parent: pulumi.Resource;
}

/**
 * Who may do what in one bucket.
 *
 * Access to a part of it is given on a managed folder. A condition on the names of objects would be no way to do it: Google checks permission to list on
 * the bucket, where such a condition never holds, and so whoever lists would need the names of all objects.
 *
 * @see https://cloud.google.com/storage/docs/managed-folders
 */
export class BucketGrants {
  private readonly folders = new Once<gcp.storage.ManagedFolder>();
  private readonly members = new Once<pulumi.CustomResource>();

  constructor(private readonly store: GrantedBucket) {}

  /** @throws InvalidInputError if the prefix is no folder */
  grant(scope: Construct, { serviceAccount, access, prefix = '' }: ObjectStoreRequest): ObjectStoreGrant {
    const { bucket, name, principals } = this.store;
    if (prefix !== '') checkFolder(prefix, scope.node.path);
    const key = grantKey(name, serviceAccount, access, ...(prefix === '' ? [] : [prefix]));
    const member = this.members.get(key, () => this.member(key, prefix, ROLES[access], principals.member(serviceAccount)));
    return { uri: `gs://${bucket}/${prefix}`, identity: principals.identity(serviceAccount, [member]), environment: {} };
  }

  private member(key: string, prefix: string, role: string, member: pulumi.Output<string>): pulumi.CustomResource {
    const { bucketName: bucket, parent } = this.store;
    if (prefix === '') return new gcp.storage.BucketIAMMember(key, { bucket, role, member }, { parent });
    return new gcp.storage.ManagedFolderIamMember(key, { bucket, managedFolder: this.folder(prefix).name, role, member }, { parent });
  }

  private folder(prefix: string): gcp.storage.ManagedFolder {
    const { name, bucketName: bucket, parent } = this.store;
    // Its objects stay when it goes: what is deleted is only that others may be let into it.
    return this.folders.get(prefix, () => new gcp.storage.ManagedFolder(`${name}/${prefix}`, { bucket, name: prefix, forceDestroy: true }, { parent }));
  }
}
