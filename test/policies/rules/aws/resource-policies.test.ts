import { check, findings, messages, resource } from './subjects';

const ID = 'aws-resource-policy-public';
const BUCKET_POLICY = 'aws:s3/bucketPolicy:BucketPolicy';
const OPEN = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*' }, { Sid: 'Everyone', Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }] };
const CLOSED = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject' } };
const FOUND = JSON.stringify(OPEN.Statement[1]);

it.each([
  [BUCKET_POLICY, { bucket: 'a', policy: OPEN }, [`main: policy.Statement[1] = ${FOUND}`]],
  [BUCKET_POLICY, { bucket: 'a', policy: JSON.stringify(OPEN) }, [`main: policy = ${FOUND}`]],
  ['aws:s3/bucket:Bucket', { policy: OPEN }, [`main: policy.Statement[1] = ${FOUND}`]],
  ['aws:kms/key:Key', { policy: JSON.stringify(OPEN) }, [`main: policy = ${FOUND}`]],
  ['aws:sqs/queuePolicy:QueuePolicy', { policy: JSON.stringify(OPEN) }, [`main: policy = ${FOUND}`]],
  [BUCKET_POLICY, { bucket: 'a', policy: CLOSED }, []],
  [BUCKET_POLICY, { bucket: 'a', policy: 'not json' }, []],
  [BUCKET_POLICY, { bucket: 'a', policy: null }, []],
  ['aws:kms/key:Key', {}, []],
])('%s with %j: %j', (type, properties, expected) => {
  expect(check(ID, resource(type, properties))).toEqual(expected);
});

it('is overruled by a public access block, for buckets', () => {
  const block = (properties: object) => resource('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock', { bucket: 'a', ...properties }, { name: 'block' });
  expect(check(ID, resource(BUCKET_POLICY, { bucket: 'a', policy: OPEN }), block({ restrictPublicBuckets: true }))).toEqual([]);
  expect(check(ID, resource(BUCKET_POLICY, { bucket: 'a', policy: OPEN }), block({ ignorePublicAcls: true }))).toHaveLength(1);
});

it('names the statement, and the controls of what it is about', () => {
  const ofBucket = resource(BUCKET_POLICY, { bucket: 'a', policy: OPEN });
  expect(messages(ID, ofBucket)).toEqual(["the policy of 'main' lets anyone in (statement 'Everyone')"]);
  expect(findings(ID, ofBucket)[0]?.controls).toEqual(expect.arrayContaining(['cis-aws-7.0.0:2.21', 'cis-aws-6.0.0:3.1.4']));
  expect(findings(ID, resource('aws:kms/key:Key', { policy: OPEN }))[0]?.controls).toEqual(['cis-aws-7.0.0:2.21']);
});
