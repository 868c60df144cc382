import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Construct } from 'constructs';
import { checkWholeNumber, type ObjectStore, type ObjectStoreGrant, type ObjectStoreRequest } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ServiceAccountRoles } from '../contracts';
import { checkComponentName } from '../../names';
import { denyWithoutTls, policyText } from '../data/policy-text';
import { checkRegion, dnsSuffixOf } from '../data/regions';
import { grantBucket } from './access';
import { BUCKET_NAME, checkBucketName } from './names';

/** What a {@link Bucket} is made of. */
export interface BucketArgs {
  /** Region of the provider it is made by, e.g. `eu-central-1`. */
  readonly region: string;
  /** Who gives ServiceAccounts their access. */
  readonly roles: ServiceAccountRoles;
  /** ARN of the KMS key that objects are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Name of the bucket, unique among all of AWS. @default the component's name and a random end */
  readonly bucketName?: string;
  /** Days that overwritten and deleted objects can be brought back. @default 30 */
  readonly noncurrentDays?: number;
  /** Days after which uploads that nobody finished are thrown away. @default 7 */
  readonly unfinishedUploadDays?: number;
  /** Bucket that records of each access are written to. @default none: no records are kept */
  readonly accessLogs?: { readonly bucket: pulumi.Input<string>; readonly prefix?: string };
  /** With `delete`, the bucket goes with all it holds. @default 'keep' */
  readonly retention?: Retention;
}

/** A hundred years; more is a mistake. */
const MOST_DAYS = 36_500;

/**
 * A private S3 bucket: encrypted with a key of one's own, with versions, for TLS only, open to nobody but the ServiceAccounts it is
 * granted to.
 *
 * @throws InvalidInputError for a name, region or number of days that S3 would refuse
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class Bucket extends pulumi.ComponentResource implements ObjectStore {
  readonly protocol = 's3';
  readonly bucket: string;
  readonly endpoint: string;
  readonly region: string;
  readonly uri: string;
  readonly bucketArn: pulumi.Output<string>;
  private readonly store: Parameters<typeof grantBucket>[0];

  constructor(name: string, args: BucketArgs, options?: pulumi.ComponentResourceOptions) {
    const { region, keyArn, roles, retention = 'keep' } = args;
    checkArgs(name, args);
    super('kubeflow-cdk:aws:Bucket', name, {}, options);
    const bucket = new aws.s3.Bucket(name, { ...(args.bucketName !== undefined && { bucket: args.bucketName }), forceDestroy: retention === 'delete' }, protectedBy(retention, this));
    this.close(name, bucket);
    this.keep(name, bucket, args);
    this.region = region;
    this.bucket = asString(bucket.bucket, `the name of bucket '${name}'`);
    this.uri = `s3://${this.bucket}`;
    this.endpoint = `s3.${region}.${dnsSuffixOf(region)}`;
    this.bucketArn = bucket.arn;
    this.store = { name, bucket: this.bucket, arn: bucket.arn, region, keyArn, roles };
    this.registerOutputs({ bucket: bucket.bucket, bucketArn: bucket.arn });
  }

  grant(scope: Construct, id: string, request: ObjectStoreRequest): ObjectStoreGrant {
    return grantBucket(this.store, scope, id, request);
  }

  /** Nobody from outside, nothing without TLS, nothing that is owned by who wrote it. */
  private close(name: string, bucket: aws.s3.Bucket): void {
    const block = new aws.s3.BucketPublicAccessBlock(
      name,
      { bucket: bucket.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this },
    );
    new aws.s3.BucketOwnershipControls(name, { bucket: bucket.id, rule: { objectOwnership: 'BucketOwnerEnforced' } }, { parent: this });
    // S3 refuses two changes of who may access a bucket at the same time.
    new aws.s3.BucketPolicy(name, { bucket: bucket.id, policy: policyText([denyWithoutTls('s3:*', [bucket.arn, pulumi.interpolate`${bucket.arn}/*`])]) }, { parent: this, dependsOn: [block] });
  }

  private keep(name: string, bucket: aws.s3.Bucket, { keyArn, accessLogs, noncurrentDays = 30, unfinishedUploadDays = 7 }: BucketArgs): void {
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket: bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn }, bucketKeyEnabled: true }] },
      { parent: this },
    );
    const versioning = new aws.s3.BucketVersioning(name, { bucket: bucket.id, versioningConfiguration: { status: 'Enabled' } }, { parent: this });
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket: bucket.id,
        rules: [
          {
            id: 'noncurrent-versions',
            status: 'Enabled',
            filter: { prefix: '' },
            noncurrentVersionExpiration: { noncurrentDays },
            expiration: { expiredObjectDeleteMarker: true },
          },
          { id: 'unfinished-uploads', status: 'Enabled', filter: { prefix: '' }, abortIncompleteMultipartUpload: { daysAfterInitiation: unfinishedUploadDays } },
        ],
      },
      { parent: this, dependsOn: [versioning] },
    );
    if (accessLogs) new aws.s3.BucketLogging(name, { bucket: bucket.id, targetBucket: accessLogs.bucket, targetPrefix: accessLogs.prefix ?? `${name}/` }, { parent: this });
  }
}

function checkArgs(name: string, { region, bucketName, noncurrentDays, unfinishedUploadDays }: BucketArgs): void {
  checkComponentName(name, BUCKET_NAME);
  checkRegion(region, name);
  if (bucketName !== undefined) checkBucketName('bucketName', bucketName, name);
  if (noncurrentDays !== undefined) checkWholeNumber('noncurrentDays', noncurrentDays, name, { least: 1, most: MOST_DAYS });
  if (unfinishedUploadDays !== undefined) checkWholeNumber('unfinishedUploadDays', unfinishedUploadDays, name, { least: 1, most: MOST_DAYS });
}
