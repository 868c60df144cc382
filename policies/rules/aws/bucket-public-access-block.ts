import type { CloudResource } from '../../engine/object';
import type { PolicyContext, Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { example } from '../cloud/example';
import { input, isOn } from '../cloud/inputs';
import { ACCOUNT_PUBLIC_ACCESS_BLOCK, accountBlocks, BLOCK_SWITCHES, blocksOf, BUCKET, BUCKETS, PUBLIC_ACCESS_BLOCK } from './buckets';
import { BUCKET_PUBLIC_ACCESS } from './controls';

const ALL_ON = Object.fromEntries(BLOCK_SWITCHES.map((each) => [each, true]));

/** CIS AWS 3.1.4: no policy and no ACL can make a bucket public. */
export const bucketPublicAccessBlock: ResourcePolicy = {
  id: 'aws-s3-public-access-block',
  title: 'S3 buckets block public access',
  severity: 'high',
  enforcement: 'mandatory',
  controls: BUCKET_PUBLIC_ACCESS,
  rationale:
    'One policy or ACL written in haste opens a bucket to the world. The public access block overrules both, for the bucket or for the whole account. ' +
    'S3 sets it on new buckets; only what is declared keeps it set.',
  remediation: 'Declare aws.s3.BucketPublicAccessBlock for each bucket, or aws.s3.AccountPublicAccessBlock once, with all four switches on.',
  reach: 'stack',
  examples: {
    fails: example(BUCKET, { bucket: 'models' }),
    passes: [example(BUCKET, { bucket: 'models' }), example(PUBLIC_ACCESS_BLOCK, { bucket: 'models', ...ALL_ON }, 'models')],
  },
  resourceTypes: [...BUCKETS, PUBLIC_ACCESS_BLOCK, ACCOUNT_PUBLIC_ACCESS_BLOCK],
  check(resource, report, context) {
    if (BUCKETS.includes(resource.type)) checkBucket(resource, report, context);
    else checkBlock(resource, report, context);
  },
};

function checkBucket(bucket: CloudResource, report: Report, context: PolicyContext): void {
  const { certain, open } = blocksOf(bucket, context);
  // A block that leaves a switch off is a finding of its own.
  if (certain.length > 0 || accountBlocks(context.inventory).length > 0) return;
  if (open) report.undecided({ path: [], reason: 'a public access block may refer to this bucket' });
  else report.finding({ path: [], found: undefined, message: `nothing keeps bucket '${bucket.name}' from being made public` });
}

function checkBlock(block: CloudResource, report: Report, context: PolicyContext): void {
  const ofAccount = block.type === ACCOUNT_PUBLIC_ACCESS_BLOCK;
  const whole = ofAccount ? [] : accountBlocks(context.inventory);
  for (const path of BLOCK_SWITCHES) {
    const value = input(block, path);
    if (isOn(value) || whole.some((account) => readOr(false, () => isOn(input(account, path))))) continue;
    report.finding({ path: [path], found: value, message: `the public access block of ${ofAccount ? 'the account' : `'${block.name}'`} leaves ${path} off`, fix: true });
  }
}
