import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { PolicyContext } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { input, isOn } from '../cloud/inputs';
import type { References, Referrers } from '../cloud/references';
import { awsReferences } from './references';

/** Buckets: version 6 of the provider has both, version 7 keeps the second for old stacks. */
export const BUCKETS: readonly string[] = ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2'];
export const BUCKET = 'aws:s3/bucket:Bucket';

/** What is declared apart from a bucket, under its old and its new names. */
export const PUBLIC_ACCESS_BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
export const ACCOUNT_PUBLIC_ACCESS_BLOCK = 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock';
export const TRAIL = 'aws:cloudtrail/trail:Trail';
export const BUCKET_POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
export const ACLS: readonly string[] = ['aws:s3/bucketAcl:BucketAcl', 'aws:s3/bucketAclV2:BucketAclV2'];
export const VERSIONINGS: readonly string[] = ['aws:s3/bucketVersioning:BucketVersioning', 'aws:s3/bucketVersioningV2:BucketVersioningV2'];
export const LOGGINGS: readonly string[] = ['aws:s3/bucketLogging:BucketLogging', 'aws:s3/bucketLoggingV2:BucketLoggingV2'];
export const ENCRYPTIONS: readonly string[] = [
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration',
  'aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2',
];

/** An index of what belongs to buckets. */
export function ofBuckets(from: readonly string[]): (inventory: Inventory) => References {
  return awsReferences({ from, by: ['bucket'], to: BUCKETS, name: 'bucket' });
}

const blocksOfBuckets = ofBuckets([PUBLIC_ACCESS_BLOCK]);
const partsOfBuckets = ofBuckets([BUCKET_POLICY, ...ACLS]);
const trailsOfBuckets = awsReferences({ from: [TRAIL], by: ['s3BucketName'], to: BUCKETS, name: 'bucket' });

/** One of the four switches of a public access block. */
export type BlockSwitch = 'blockPublicAcls' | 'blockPublicPolicy' | 'ignorePublicAcls' | 'restrictPublicBuckets';
export const BLOCK_SWITCHES: readonly BlockSwitch[] = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'];

/** The public access blocks that refer to a bucket. */
export function blocksOf(bucket: CloudResource, context: PolicyContext): Referrers {
  return context.derive(blocksOfBuckets).to(bucket);
}

/** The public access block of the account. */
export function accountBlocks(inventory: Inventory): readonly CloudResource[] {
  return inventory.ofType(ACCOUNT_PUBLIC_ACCESS_BLOCK);
}

/**
 * Whether any of some switches is on where a bucket, or what belongs to one, is. `undefined` if that cannot be told:
 * a block may be its, or may have the switch on.
 */
export function isBlocked(resource: CloudResource, switches: readonly BlockSwitch[], context: PolicyContext): boolean | undefined {
  const buckets = bucketsOf(resource, context);
  const found = buckets.map((bucket) => blocksOf(bucket, context));
  const beside = BUCKETS.includes(resource.type) ? [] : context.derive(blocksOfBuckets).beside(resource);
  const blocks = [...accountBlocks(context.inventory), ...found.flatMap(({ certain }) => certain), ...beside];
  const states = blocks.flatMap((block) => switches.map((each) => readOr<boolean | undefined>(undefined, () => isOn(input(block, each)))));
  if (states.includes(true)) return true;
  return states.includes(undefined) || found.some(({ open }) => open) ? undefined : false;
}

/** Whether a trail writes to the bucket that a resource is, or belongs to. */
export function isOfTrail(resource: CloudResource, context: PolicyContext): boolean {
  return bucketsOf(resource, context).some((bucket) => context.derive(trailsOfBuckets).to(bucket).certain.length > 0);
}

/** The bucket that a resource is, or that its policy or ACL is for. */
function bucketsOf(resource: CloudResource, context: PolicyContext): readonly CloudResource[] {
  return BUCKETS.includes(resource.type) ? [resource] : context.derive(partsOfBuckets).targets(resource);
}
