import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { InvalidInputError, type ObjectStore, type ObjectStoreGrant, type ObjectStoreRequest } from '../../../constructs/core';
import type { ServiceAccountPrincipals } from '../contracts';
import { BucketGrants } from './access';
import { STORAGE_ENDPOINT } from './bucket';
import type { BucketLookups } from './lookups';
import { checkBucketName } from './names';

/** A bucket there is already. */
export interface ExistingBucketArgs {
  readonly bucketName: string;
  /** Names ServiceAccounts to IAM. */
  readonly principals: ServiceAccountPrincipals;
}

/** What is granted on a bucket there is already. */
class ExistingBucket extends pulumi.ComponentResource implements ObjectStore {
  readonly protocol = 'gs';
  readonly endpoint = STORAGE_ENDPOINT;
  readonly bucket: string;
  readonly uri: string;
  private readonly grants: BucketGrants;

  constructor(
    name: string,
    { bucketName, principals }: ExistingBucketArgs,
    readonly region: string,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('kubeflow-cdk:gcp:ExistingBucket', name, {}, options);
    this.bucket = bucketName;
    this.uri = `gs://${bucketName}`;
    this.grants = new BucketGrants({ name, bucketName, bucket: bucketName, principals, parent: this });
    this.registerOutputs({});
  }

  grant(scope: Construct, _id: string, request: ObjectStoreRequest): ObjectStoreGrant {
    return this.grants.grant(scope, request);
  }
}

/**
 * A bucket there is already, as an object store. Its settings are left alone; access is granted as to one of ours. Part of it can be granted only if
 * nobody has made a managed folder of that name yet.
 *
 * @param name what grants are called after; the configuration section that errors name
 * @throws InvalidInputError if there is no such bucket, or it has access lists on single objects
 */
export async function existingBucket(lookups: BucketLookups, name: string, args: ExistingBucketArgs, options?: pulumi.ComponentResourceOptions): Promise<ObjectStore> {
  const { bucketName } = args;
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property: 'bucketName', value: bucketName, expected, where: name });
  };
  checkBucketName('bucketName', bucketName, name);
  const found = await lookups.bucket(bucketName);
  if (!found) return refuse('a bucket that exists, and that you may see (roles/storage.bucketViewer)');
  if (!found.uniformAccess) return refuse('a bucket with uniform bucket-level access: this one has access lists on single objects, which grants would not reach');
  return new ExistingBucket(name, args, found.location.toLowerCase(), options);
}
