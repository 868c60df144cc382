import { check, findings, messages, resource, unknown } from './subjects';

const BUCKET = 'aws:s3/bucket:Bucket';
const POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
const VERSIONING = 'aws:s3/bucketVersioning:BucketVersioning';
const ENCRYPTION = 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration';
const LOGGING = 'aws:s3/bucketLogging:BucketLogging';
const bucket = (properties: object = {}) => resource(BUCKET, { bucket: 'models', ...properties });
const beside = (type: string, properties: object) => resource(type, { bucket: 'models', ...properties }, { name: 'beside' });

describe('refusing plain HTTP', () => {
  const ID = 'aws-s3-tls-only';
  const deny = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] };

  it('takes a policy that denies it', () => {
    expect(check(ID, bucket(), beside(POLICY, { policy: JSON.stringify(deny) }))).toEqual([]);
    expect(check(ID, bucket({ policy: deny }))).toEqual([]);
  });

  it.each([
    [[bucket()], ['main:  = null']],
    [[bucket({ policy: null })], ['main:  = null']],
    [[bucket({ policy: { Statement: [] } })], ['main: policy = {"Statement":[]}']],
    [[bucket(), beside(POLICY, { policy: { Statement: [] } })], ['beside: policy = {"Statement":[]}']],
    [[bucket(), beside(POLICY, { bucket: 'other', policy: deny })], ['main:  = null']],
    [[beside(POLICY, { policy: '<policy>' })], ['beside? policy']],
  ])('%j: %j', (subjects, expected) => {
    expect(check(ID, ...subjects)).toEqual(expected);
  });

  it('does not guess what a policy says, nor whose it is', () => {
    expect(check(ID, bucket(), resource(POLICY, unknown({ bucket: 'models' }, 'policy'), { name: 'beside' }))).toEqual(['beside? policy']);
    expect(check(ID, bucket(), resource(POLICY, unknown({ policy: deny }, 'bucket'), { name: 'beside' }))).toEqual(['main? ']);
  });

  it('says what is missing', () => {
    expect(messages(ID, bucket())).toEqual(["bucket 'main' has no policy that refuses plain HTTP"]);
    expect(messages(ID, beside(POLICY, { policy: { Statement: [] } }))).toEqual(["the policy of 'beside' does not refuse plain HTTP"]);
  });
});

describe('encryption', () => {
  const ID = 'aws-s3-encryption';
  const rule = (sseAlgorithm: unknown) => ({ applyServerSideEncryptionByDefault: { sseAlgorithm } });

  it('is advice where a bucket leaves it to S3', () => {
    expect(findings(ID, bucket())).toMatchObject([{ path: '', enforcement: 'advisory', message: "bucket 'main' leaves its encryption to the default of S3" }]);
    expect(check(ID, bucket(), resource(ENCRYPTION, unknown({ rules: [] }, 'bucket'), { name: 'beside' }))).toEqual(['main? ']);
  });

  it.each([
    [[bucket({ serverSideEncryptionConfiguration: { rule: rule('AES256') } })], []],
    [[resource('aws:s3/bucketV2:BucketV2', { serverSideEncryptionConfiguration: { rules: [rule('aws:kms')] } })], []],
    [[bucket(), beside(ENCRYPTION, { rules: [rule('aws:kms:dsse')] })], []],
    [[bucket(), beside(ENCRYPTION, { rules: [{ bucketKeyEnabled: true }] })], []],
    [[bucket({ serverSideEncryptionConfiguration: { rule: rule('none') } })], ['main: serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm = "none"']],
    [[beside(ENCRYPTION, { rules: [rule(undefined)] })], ['beside: rules[0].applyServerSideEncryptionByDefault.sseAlgorithm = null']],
    [[beside(ENCRYPTION, { rules: null })], []],
  ])('%j: %j', (subjects, expected) => {
    expect(check(ID, ...subjects)).toEqual(expected);
  });

  it('is mandatory where it names no algorithm', () => {
    expect(findings(ID, beside(ENCRYPTION, { rules: [rule('none')] }))).toMatchObject([{ enforcement: 'mandatory', message: "'beside' names no encryption algorithm of S3" }]);
  });
});

it.each([
  [[bucket()], ['main:  = null']],
  [[bucket({ versioning: { enabled: true } })], ['main: versioning.mfaDelete = null']],
  [[bucket({ versioning: { enabled: true, mfaDelete: true } })], []],
  [[bucket(), beside(VERSIONING, { versioningConfiguration: { status: 'Enabled' } })], ['beside: versioningConfiguration.mfaDelete = null']],
  [[bucket(), beside(VERSIONING, { versioningConfiguration: { status: 'Enabled', mfaDelete: true } })], ['beside: versioningConfiguration.mfaDelete = true']],
  [[bucket(), beside('aws:s3/bucketVersioningV2:BucketVersioningV2', { versioningConfiguration: { mfaDelete: 'Enabled' } })], []],
])('MFA delete of %j: %j', (subjects, expected) => {
  expect(check('aws-s3-mfa-delete', ...subjects)).toEqual(expected);
});

describe('the bucket of a trail', () => {
  const ID = 'aws-cloudtrail-bucket-logging';
  const trail = resource('aws:cloudtrail/trail:Trail', { s3BucketName: 'models' }, { name: 'trail' });

  it('logs who reads it', () => {
    expect(check(ID, bucket(), trail)).toEqual(['main:  = null']);
    expect(messages(ID, bucket(), trail)).toEqual(["nobody logs who reads the audit logs in bucket 'main'"]);
    expect(check(ID, bucket(), trail, beside(LOGGING, { targetBucket: 'logs' }))).toEqual([]);
    expect(check(ID, bucket({ logging: { targetBucket: 'logs' } }), trail)).toEqual([]);
  });

  it('is one that a trail writes to', () => {
    expect(check(ID, bucket())).toEqual([]);
    expect(check(ID, bucket({ bucket: 'other' }), trail)).toEqual([]);
  });
});
