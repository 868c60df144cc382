import { check, findings, messages, resource, unknown } from './subjects';

const ID = 'aws-s3-public-access-block';
const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
const ACCOUNT = 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock';
const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const bucket = resource('aws:s3/bucket:Bucket', { bucket: 'models' }, { name: 'models' });
const block = (properties: object) => resource(BLOCK, { bucket: 'models', ...properties }, { name: 'block' });
const account = (properties: object) => resource(ACCOUNT, { ...properties }, { name: 'account' });

it.each([['aws:s3/bucket:Bucket'], ['aws:s3/bucketV2:BucketV2']])('asks for a block for each %s', (type) => {
  const subject = resource(type, { bucket: 'models' });
  expect(check(ID, subject)).toEqual(['main:  = null']);
  expect(check(ID, subject, block(ALL))).toEqual([]);
  expect(check(ID, subject, block({ ...ALL, bucket: 'other' }))).toEqual(['main:  = null']);
});

it('asks for every switch, of a bucket and of the account', () => {
  expect(check(ID, bucket, block({ ...ALL, ignorePublicAcls: false, restrictPublicBuckets: null }))).toEqual(['block: ignorePublicAcls = false', 'block: restrictPublicBuckets = null']);
  expect(check(ID, block({ ...ALL, blockPublicAcls: 'yes' }))).toEqual(['block: blockPublicAcls = "yes"']);
  expect(check(ID, account({}))).toEqual(['account: blockPublicAcls = null', 'account: blockPublicPolicy = null', 'account: ignorePublicAcls = null', 'account: restrictPublicBuckets = null']);
});

it('takes the account for all of its buckets', () => {
  expect(check(ID, bucket, account(ALL))).toEqual([]);
  expect(check(ID, bucket, account(ALL), block({}))).toEqual([]);
  expect(check(ID, account({ ...ALL, ignorePublicAcls: false }), block({}))).toEqual(['account: ignorePublicAcls = false', 'block: ignorePublicAcls = null']);
});

it('does not guess whose a block is, nor what it says', () => {
  expect(check(ID, bucket, resource(BLOCK, unknown(ALL, 'bucket'), { name: 'block' }))).toEqual(['models? ']);
  expect(check(ID, resource(BLOCK, unknown({ ...ALL, bucket: 'models' }, 'blockPublicAcls'), { name: 'block' }))).toEqual(['block? blockPublicAcls']);
});

it('says which switch, and how to mend it', () => {
  expect(messages(ID, bucket)).toEqual(["nothing keeps bucket 'models' from being made public"]);
  const [finding] = findings(ID, block({ ...ALL, blockPublicAcls: false }));
  expect(finding).toMatchObject({ message: "the public access block of 'block' leaves blockPublicAcls off", patch: { blockPublicAcls: true } });
});
