import { read } from '../../engine/field-path';
import type { Fields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { mustHave } from '../cloud/companion';
import { example } from '../cloud/example';
import { input, isOn, listed } from '../cloud/inputs';
import { BUCKET, BUCKET_POLICY, BUCKETS, ENCRYPTIONS, isOfTrail, LOGGINGS, ofBuckets, TRAIL, VERSIONINGS } from './buckets';
import { BUCKET_DENIES_HTTP, BUCKET_ENCRYPTION, BUCKET_MFA_DELETE, TRAIL_BUCKET_LOGGING } from './controls';
import { deniesPlainHttp, statementsOf } from './policy-document';

const POLICY: Fields = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::models', 'arn:aws:s3:::models/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
};

const policiesOfBuckets = ofBuckets([BUCKET_POLICY]);
const versioningsOfBuckets = ofBuckets(VERSIONINGS);
const loggingsOfBuckets = ofBuckets(LOGGINGS);
const encryptionsOfBuckets = ofBuckets(ENCRYPTIONS);

const tlsOnly: ResourcePolicy = {
  id: 'aws-s3-tls-only',
  title: 'S3 buckets refuse requests without TLS',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: BUCKET_DENIES_HTTP,
  rationale: 'S3 answers HTTP as well as HTTPS. Over HTTP anyone on the way reads the data, and the signature of the request with it. Only a policy that denies such requests keeps them away.',
  remediation: 'Give the bucket a policy that denies s3:* to everyone where aws:SecureTransport is false.',
  reach: 'stack',
  examples: {
    fails: example(BUCKET, { bucket: 'models' }),
    passes: [example(BUCKET, { bucket: 'models' }), example(BUCKET_POLICY, { bucket: 'models', policy: POLICY }, 'models')],
  },
  resourceTypes: [...BUCKETS, BUCKET_POLICY],
  check(resource, report, context) {
    const document = input(resource, 'policy');
    if (document === undefined && resource.type !== BUCKET_POLICY) {
      return mustHave(resource, { among: policiesOfBuckets, message: `bucket '${resource.name}' has no policy that refuses plain HTTP` }, report, context);
    }
    const statements = statementsOf(document, ['policy']);
    if (!statements) return report.undecided({ path: ['policy'], reason: 'is not JSON' });
    if (!statements.some(deniesPlainHttp)) report.finding({ path: ['policy'], found: document, message: `the policy of '${resource.name}' does not refuse plain HTTP` });
  },
};

const encryption: ResourcePolicy = {
  id: 'aws-s3-encryption',
  title: 'S3 buckets state how they are encrypted',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: BUCKET_ENCRYPTION,
  rationale:
    'S3 encrypts every new object, with keys of its own if a bucket states nothing, which is why newer benchmarks ask no more and a bucket without a configuration is advice. ' +
    'With a KMS key, reading takes leave to use the key as well, and each use is recorded.',
  remediation: "Set sseAlgorithm to 'aws:kms', 'aws:kms:dsse' or 'AES256'.",
  reach: 'stack',
  examples: {
    fails: example(BUCKET, { bucket: 'models' }),
    passes: [example(BUCKET, { bucket: 'models' }), example(ENCRYPTIONS[0] ?? '', { bucket: 'models', rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }] }, 'models')],
  },
  resourceTypes: [...BUCKETS, ...ENCRYPTIONS],
  check(resource, report, context) {
    const stated = BUCKETS.includes(resource.type) ? ['serverSideEncryptionConfiguration'] : [];
    if (stated.length > 0 && input(resource, ...stated) === undefined) {
      return mustHave(resource, { among: encryptionsOfBuckets, message: `bucket '${resource.name}' leaves its encryption to the default of S3`, enforcement: 'advisory' }, report, context);
    }
    const key = input(resource, ...stated, 'rule') === undefined ? 'rules' : 'rule';
    const rules = input(resource, ...stated, key);
    for (const [index, rule] of listed(rules).entries()) {
      const path = [...stated, key, ...(Array.isArray(rules) ? [index] : []), 'applyServerSideEncryptionByDefault'];
      const choice = read(rule, 'applyServerSideEncryptionByDefault');
      // A rule may be about bucket keys only.
      if (choice === undefined) continue;
      const value = read(choice, 'sseAlgorithm');
      if (value === 'AES256' || value === 'aws:kms' || value === 'aws:kms:dsse') continue;
      report.finding({ path: [...path, 'sseAlgorithm'], found: value, message: `'${resource.name}' names no encryption algorithm of S3`, fix: 'aws:kms' });
    }
  },
};

const mfaDelete: ResourcePolicy = {
  id: 'aws-s3-mfa-delete',
  title: 'S3 buckets ask for a second factor before versions are deleted',
  severity: 'low',
  enforcement: 'advisory',
  controls: BUCKET_MFA_DELETE,
  rationale: 'With versions, what is overwritten or deleted can be brought back, until someone deletes the versions. With MFA delete stolen credentials are not enough for that.',
  remediation: 'Enable versioning with mfaDelete. Only the root user of the account can do so.',
  reach: 'stack',
  examples: {
    fails: example(BUCKET, { bucket: 'models' }),
    passes: [
      example(BUCKET, { bucket: 'models' }),
      example(VERSIONINGS[0] ?? '', { bucket: 'models', mfa: 'arn:aws:iam::123456789012:mfa/root 123456', versioningConfiguration: { status: 'Enabled', mfaDelete: 'Enabled' } }, 'models'),
    ],
  },
  resourceTypes: [...BUCKETS, ...VERSIONINGS],
  check(resource, report, context) {
    const inBucket = BUCKETS.includes(resource.type);
    if (inBucket && input(resource, 'versioning') === undefined) {
      return mustHave(resource, { among: versioningsOfBuckets, message: `versions in bucket '${resource.name}' can be deleted without a second factor` }, report, context);
    }
    const path = inBucket ? ['versioning', 'mfaDelete'] : ['versioningConfiguration', 'mfaDelete'];
    const value = input(resource, ...path);
    if (inBucket ? isOn(value) : value === 'Enabled') return;
    report.finding({ path, found: value, message: `versions in '${resource.name}' can be deleted without a second factor` });
  },
};

const trailBucketLogging: ResourcePolicy = {
  id: 'aws-cloudtrail-bucket-logging',
  title: 'The bucket of a trail logs who reads it',
  severity: 'low',
  enforcement: 'mandatory',
  controls: TRAIL_BUCKET_LOGGING,
  rationale: 'Whoever wants to hide what they did goes for the audit logs. Access logs of their bucket show it.',
  remediation: 'Declare aws.s3.BucketLogging for the bucket that the trail writes to.',
  reach: 'stack',
  examples: {
    fails: [example(BUCKET, { bucket: 'audit' }), example(TRAIL, { s3BucketName: 'audit' })],
    passes: [example(BUCKET, { bucket: 'audit' }), example(TRAIL, { s3BucketName: 'audit' }), example(LOGGINGS[0] ?? '', { bucket: 'audit', targetBucket: 'access-logs', targetPrefix: 'audit/' })],
  },
  resourceTypes: BUCKETS,
  check(bucket, report, context) {
    if (!isOfTrail(bucket, context)) return;
    if (readOr<unknown>(true, () => input(bucket, 'logging')) !== undefined) return;
    mustHave(bucket, { among: loggingsOfBuckets, message: `nobody logs who reads the audit logs in bucket '${bucket.name}'` }, report, context);
  },
};

/** What the benchmark says of buckets besides public access. */
export const BUCKET_SETTINGS: readonly ResourcePolicy[] = [tlsOnly, encryption, mfaDelete, trailBucketLogging];
