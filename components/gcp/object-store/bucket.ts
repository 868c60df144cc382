import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { checkWholeNumber, type ObjectStore, type ObjectStoreGrant, type ObjectStoreRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ServiceAccountPrincipals } from '../contracts';
import { checkComponentName } from '../../names';
import { checkRegion } from '../data/regions';
import { BucketGrants } from './access';
import { BUCKET_NAME, checkBucketName } from './names';

/** What a {@link Bucket} is made of. */
export interface BucketArgs {
  /** e.g. `my-project`. */
  readonly project: string;
  /** Region that objects stay in, e.g. `europe-west4`; its key must be there too. */
  readonly region: string;
  /** Names ServiceAccounts to IAM. */
  readonly principals: ServiceAccountPrincipals;
  /** Key that objects are encrypted with, which the service agent of Cloud Storage may use: `keys.key('objects')`. */
  readonly key: pulumi.Input<string>;
  /** Name of the bucket, unique among all of Google Cloud. @default the component's name and a random end */
  readonly bucketName?: string;
  /** Days that overwritten and deleted objects are kept as earlier versions. @default 30 */
  readonly noncurrentDays?: number;
  /** Days after which uploads that nobody finished are thrown away. @default 7 */
  readonly unfinishedUploadDays?: number;
  /** Days that what was deleted for good, earlier versions too, can still be restored; 0 for none. @default 7, with retention 'delete' 0 */
  readonly softDeleteDays?: number;
  /** Bucket that hourly logs of accesses are written to. @default none; audit logs of data access, which the project keeps, tell the same by identity */
  readonly accessLogs?: { readonly bucket: pulumi.Input<string>; readonly prefix?: string };
  /** With `delete`, the bucket goes with all it holds. @default 'keep' */
  readonly retention?: Retention;
}

/** A hundred years; more is a mistake. */
const MOST_DAYS = 36_500;
/** @see https://cloud.google.com/storage/docs/soft-delete */
export const SOFT_DELETE_DAYS = { least: 7, most: 90 } as const;
const SECONDS_A_DAY = 86_400;

/** Where clients go to. */
export const STORAGE_ENDPOINT = 'storage.googleapis.com';

/**
 * A private bucket of Cloud Storage: encrypted with a key of one's own, with versions, without access lists on single objects, never to be made public, and open
 * to nobody but the ServiceAccounts it is granted to.
 *
 * @throws InvalidInputError for a name, region or number of days that Cloud Storage would refuse
 * @see https://cloud.google.com/storage/docs/access-control/best-practices-access-control
 */
export class Bucket extends pulumi.ComponentResource implements ObjectStore {
  readonly protocol = 'gs';
  readonly bucket: string;
  readonly endpoint = STORAGE_ENDPOINT;
  readonly region: string;
  readonly uri: string;
  /** Name of the bucket, for other resources. */
  readonly bucketName: pulumi.Output<string>;
  private readonly grants: BucketGrants;

  constructor(name: string, args: BucketArgs, options?: pulumi.ComponentResourceOptions) {
    checkArgs(name, args);
    super('kubeflow-cdk:gcp:Bucket', name, {}, options);
    const { project, region, key, principals, retention = 'keep', accessLogs } = args;
    const bucket = new gcp.storage.Bucket(
      name,
      {
        project,
        ...(args.bucketName !== undefined && { name: args.bucketName }),
        // As Cloud Storage itself writes it.
        location: region.toUpperCase(),
        storageClass: 'STANDARD',
        uniformBucketLevelAccess: true,
        publicAccessPrevention: 'enforced',
        encryption: { defaultKmsKeyName: key },
        versioning: { enabled: true },
        lifecycleRules: lifecycle(args),
        softDeletePolicy: { retentionDurationSeconds: (args.softDeleteDays ?? (retention === 'keep' ? SOFT_DELETE_DAYS.least : 0)) * SECONDS_A_DAY },
        ...(accessLogs && { logging: { logBucket: accessLogs.bucket, logObjectPrefix: accessLogs.prefix ?? name } }),
        forceDestroy: retention === 'delete',
      },
      protectedBy(retention, this),
    );
    this.region = region;
    this.bucketName = bucket.name;
    this.bucket = asString(bucket.name, `the name of bucket '${name}'`);
    this.uri = `gs://${this.bucket}`;
    this.grants = new BucketGrants({ name, bucketName: bucket.name, bucket: this.bucket, principals, parent: this });
    this.registerOutputs({ bucketName: bucket.name });
  }

  grant(scope: Construct, _id: string, request: ObjectStoreRequest): ObjectStoreGrant {
    return this.grants.grant(scope, request);
  }
}

function lifecycle({ noncurrentDays = 30, unfinishedUploadDays = 7 }: BucketArgs): gcp.types.input.storage.BucketLifecycleRule[] {
  return [
    { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: noncurrentDays, withState: 'ARCHIVED' } },
    { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: unfinishedUploadDays } },
  ];
}

function checkArgs(name: string, { region, bucketName, noncurrentDays, unfinishedUploadDays, softDeleteDays }: BucketArgs): void {
  checkComponentName(name, BUCKET_NAME);
  checkRegion(region, name);
  if (bucketName !== undefined) checkBucketName('bucketName', bucketName, name);
  if (noncurrentDays !== undefined) checkWholeNumber('noncurrentDays', noncurrentDays, name, { least: 1, most: MOST_DAYS });
  if (unfinishedUploadDays !== undefined) checkWholeNumber('unfinishedUploadDays', unfinishedUploadDays, name, { least: 1, most: MOST_DAYS });
  if (softDeleteDays !== undefined && softDeleteDays !== 0) checkWholeNumber('softDeleteDays', softDeleteDays, name, SOFT_DELETE_DAYS);
}
