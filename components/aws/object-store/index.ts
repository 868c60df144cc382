export { Bucket, type BucketArgs } from './bucket';
export { existingBucket, type ExistingBucketArgs } from './existing';
