export { Bucket, type BucketArgs } from './bucket';
export { existingBucket, type ExistingBucketArgs } from './existing';
export { assumedBuckets, type BucketLookups, type FoundBucket, liveBuckets } from './lookups';
