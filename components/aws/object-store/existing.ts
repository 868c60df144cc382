import type * as pulumi from '@pulumi/pulumi';
import type { ObjectStore } from '../../../constructs/core';
import type { ServiceAccountRoles } from '../contracts';
import { checkRegion, dnsSuffixOf, partitionOf } from '../data/regions';
import { grantBucket } from './access';
import { checkBucketName } from './names';

/** A bucket there is already. */
export interface ExistingBucketArgs {
  /** Name of the bucket. */
  readonly name: string;
  /** Region it is in, e.g. `eu-central-1`. */
  readonly region: string;
  /** Who gives ServiceAccounts their access. */
  readonly roles: ServiceAccountRoles;
  /** ARN of the KMS key it encrypts with, which readers and writers need leave to use. @default a key of S3's own */
  readonly keyArn?: pulumi.Input<string>;
}

/**
 * A bucket there is already, as an object store. Nothing of it is changed; access is granted to it as to one of ours.
 *
 * @throws InvalidInputError if the name or the region is none
 */
export function existingBucket({ name, region, roles, keyArn }: ExistingBucketArgs): ObjectStore {
  checkBucketName('name', name, 'existingBucket');
  checkRegion(region, 'existingBucket');
  const arn = `arn:${partitionOf(region)}:s3:::${name}`;
  return {
    protocol: 's3',
    bucket: name,
    region,
    endpoint: `s3.${region}.${dnsSuffixOf(region)}`,
    uri: `s3://${name}`,
    grant: (scope, id, request) => grantBucket({ name, bucket: name, arn, region, roles, ...(keyArn !== undefined && { keyArn }) }, scope, id, request),
  };
}
