import { check, declared, findings, messages, resource, unknown, urn } from './subjects';

const ID = 'aws-s3-public-acl';
const BUCKET = 'aws:s3/bucket:Bucket';
const ACL = 'aws:s3/bucketAcl:BucketAcl';
const BLOCK = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
const ACCOUNT = 'aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock';
const everyone = (group: string) => `http://acs.amazonaws.com/groups/global/${group}`;
const grants = (uri: string) => ({ accessControlPolicy: { owner: {}, grants: [{ grantee: { type: 'CanonicalUser', id: 'a' } }, { grantee: { type: 'Group', uri }, permission: 'READ' }] } });

it.each([
  [BUCKET, { acl: 'public-read' }, ['main: acl = "public-read"']],
  ['aws:s3/bucketV2:BucketV2', { acl: 'public-read-write' }, ['main: acl = "public-read-write"']],
  [BUCKET, { grants: [{ uri: everyone('AllUsers') }] }, [`main: grants[0].uri = "${everyone('AllUsers')}"`]],
  [BUCKET, { acl: 'private', grants: 'none' }, []],
  [BUCKET, {}, []],
  [ACL, { bucket: 'a', acl: 'authenticated-read' }, ['main: acl = "authenticated-read"']],
  ['aws:s3/bucketAclV2:BucketAclV2', { bucket: 'a', acl: 'public-read' }, ['main: acl = "public-read"']],
  [ACL, { bucket: 'a', ...grants(everyone('AuthenticatedUsers')) }, [`main: accessControlPolicy.grants[1].grantee.uri = "${everyone('AuthenticatedUsers')}"`]],
  [ACL, { bucket: 'a', ...grants('http://acs.amazonaws.com/groups/s3/LogDelivery') }, []],
  [ACL, { bucket: 'a', acl: 'log-delivery-write' }, []],
  [ACL, { bucket: 'a', acl: null, accessControlPolicy: null }, []],
])('%s with %j: %j', (type, properties, expected) => {
  expect(check(ID, resource(type, properties))).toEqual(expected);
});

describe('a public access block', () => {
  const acl = resource(ACL, { bucket: 'models', acl: 'public-read' });
  const bucket = resource(BUCKET, { bucket: 'models' }, { name: 'bucket' });
  const block = (properties: object) => resource(BLOCK, { bucket: 'models', ...properties }, { name: 'block' });

  it('overrules the ACL, with or without the bucket between them', () => {
    expect(check(ID, acl, bucket, block({ ignorePublicAcls: true }))).toEqual([]);
    expect(check(ID, acl, block({ blockPublicAcls: true }))).toEqual([]);
    expect(check(ID, acl, bucket, resource(ACCOUNT, { ignorePublicAcls: true }))).toEqual([]);
    expect(check(ID, resource(BUCKET, { bucket: 'models', acl: 'public-read' }), block({ ignorePublicAcls: true }))).toEqual([]);
  });

  it('does so with the switches for ACLs only', () => {
    expect(check(ID, acl, bucket, block({ restrictPublicBuckets: true, blockPublicPolicy: true }))).toEqual(['main: acl = "public-read"']);
    expect(check(ID, acl, bucket, block({ bucket: 'other', ignorePublicAcls: true }))).toEqual(['main: acl = "public-read"']);
  });

  it('is found by where Pulumi says the names came from', () => {
    const [target, dependencies] = [declared(BUCKET, 'a', {}), { bucket: [urn(BUCKET, 'a')] }];
    const hidden = resource(ACL, unknown({ acl: 'public-read' }, 'bucket'), { dependencies });
    expect(check(ID, target, hidden, resource(BLOCK, unknown({ ignorePublicAcls: true }, 'bucket'), { name: 'block', dependencies }))).toEqual([]);
    expect(check(ID, target, hidden, resource(BLOCK, unknown({ ignorePublicAcls: true }, 'bucket'), { name: 'block' }))).toEqual(['main? acl']);
    expect(check(ID, target, hidden, resource(BLOCK, unknown({}, 'bucket', 'ignorePublicAcls'), { name: 'block', dependencies }))).toEqual(['main? acl']);
  });
});

it('counts for the bucket of a trail as well', () => {
  const bucket = resource(BUCKET, { bucket: 'audit', acl: 'public-read' });
  const trail = resource('aws:cloudtrail/trail:Trail', { s3BucketName: 'audit' }, { name: 'trail' });
  expect(findings(ID, bucket)[0]?.controls).not.toContain('cis-aws-2.0.0:3.3');
  expect(findings(ID, bucket, trail)[0]?.controls).toEqual(expect.arrayContaining(['cis-aws-2.0.0:3.3', 'cis-aws-6.0.0:3.1.4']));
});

it('says whose ACL it is', () => {
  expect(messages(ID, resource(BUCKET, { acl: 'public-read' }))).toEqual(["the ACL of 'main' lets anyone in"]);
});
