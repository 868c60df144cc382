import { Bucket, existingBucket } from '../../../../components/aws/data';
import { record, type Recording, violations } from '../../record';
import { chart, KEY, refusal, REGION, textOf } from '../data/parts';
import { RecordedRoles } from '../data/roles';

const TRAINER = { namespace: 'team-a', name: 'trainer' };

function make(args: Partial<ConstructorParameters<typeof Bucket>[1]> = {}, options?: { readonly preview?: boolean }): Promise<Recording<Bucket>> {
  return record(() => new Bucket('artifacts', { region: REGION, roles: new RecordedRoles(), keyArn: KEY, ...args }), options);
}

describe('Bucket', () => {
  it('is closed to the public, to plain text and to other owners, and encrypts with the key it was given', async () => {
    const recording = await make();
    expect(violations(recording)).toEqual([]);
    const { policy } = recording.one('aws:s3/bucketPolicy:BucketPolicy').inputs;
    const [deny] = JSON.parse(policy).Statement;
    expect(deny).toMatchObject({ Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const arn = await recording.valueOf(recording.result.bucketArn);
    expect(deny.Resource).toEqual([arn, `${arn}/*`]);
    expect(JSON.parse(policy).Statement).toHaveLength(1);
    const block = recording.one('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').inputs;
    expect([block.blockPublicAcls, block.blockPublicPolicy, block.ignorePublicAcls, block.restrictPublicBuckets]).toEqual([true, true, true, true]);
    expect(recording.one('aws:s3/bucketOwnershipControls:BucketOwnershipControls').inputs.rule.objectOwnership).toBe('BucketOwnerEnforced');
    const [rule] = recording.one('aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration').inputs.rules;
    expect(rule.applyServerSideEncryptionByDefault).toEqual({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: KEY });
  });

  it('keeps old versions for as long as it is told, and unfinished uploads not', async () => {
    const recording = await make({ noncurrentDays: 90 });
    expect(recording.one('aws:s3/bucketVersioning:BucketVersioning').inputs.versioningConfiguration.status).toBe('Enabled');
    const { rules } = recording.one('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration').inputs;
    expect(rules[0].noncurrentVersionExpiration).toEqual({ noncurrentDays: 90 });
    expect(rules[1].abortIncompleteMultipartUpload).toEqual({ daysAfterInitiation: 7 });
    // Objects themselves never expire.
    expect(rules[0].expiration).toEqual({ expiredObjectDeleteMarker: true });
  });

  it('gives readers reading only, of their prefix only, with the key', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ roles });
    const { identity, uri, environment } = recording.result.grant(chart(), 'models', { serviceAccount: TRAINER, access: 'read', prefix: 'models/' });
    const arn = await recording.valueOf(recording.result.bucketArn);
    expect(await roles.all()).toEqual([
      {
        serviceAccount: 'team-a/trainer',
        id: 'artifacts-models',
        statements: [
          { actions: ['s3:ListBucket'], resources: [arn], conditions: { StringLike: { 's3:prefix': ['models/*'] } } },
          { actions: ['s3:GetObject'], resources: [`${arn}/models/*`] },
          { actions: ['kms:Decrypt'], resources: [KEY], conditions: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } } },
        ],
      },
    ]);
    expect(identity.egress).not.toEqual([]);
    expect(await textOf(uri)).toBe(`s3://${arn.replace('arn:aws:s3:::', '')}/models/`);
    expect(environment).toEqual({ AWS_REGION: REGION, AWS_DEFAULT_REGION: REGION });
  });

  it('gives writers writing and deleting, and new data keys', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ roles });
    recording.result.grant(chart(), 'all', { serviceAccount: TRAINER, access: 'read-write' });
    const [granted] = await roles.all();
    const arn = await recording.valueOf(recording.result.bucketArn);
    expect(granted?.statements[0]).toEqual({ actions: ['s3:ListBucket'], resources: [arn] });
    expect(granted?.statements[1]).toEqual({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'], resources: [`${arn}/*`] });
    expect(granted?.statements[2]?.actions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });

  it('cannot be deleted by accident, unless it is told that it may', async () => {
    const kept = (await make()).one('aws:s3/bucket:Bucket');
    expect([kept.inputs.forceDestroy, kept.options.protect]).toEqual([false, true]);
    const gone = (await make({ retention: 'delete' })).one('aws:s3/bucket:Bucket');
    expect([gone.inputs.forceDestroy, gone.options.protect]).toEqual([true, false]);
  });

  it('records who reads it where it is told to', async () => {
    expect((await make()).ofType('aws:s3/bucketLogging:BucketLogging')).toEqual([]);
    const recording = await make({ accessLogs: { bucket: 'logs' } });
    expect(recording.one('aws:s3/bucketLogging:BucketLogging').inputs).toMatchObject({ targetBucket: 'logs', targetPrefix: 'artifacts/' });
  });

  it('can be previewed before anything is known', async () => {
    const roles = new RecordedRoles();
    const recording = await make({ roles }, { preview: true });
    expect(recording.result.grant(chart(), 'all', { serviceAccount: TRAINER, access: 'read' }).uri).toMatch(/^s3:\/\//);
    expect(recording.ofType('aws:s3/bucketPolicy:BucketPolicy')).toHaveLength(1);
  });

  it.each([
    [{ region: 'Frankfurt' }, "artifacts: region is 'Frankfurt'; expected a region of AWS such as 'eu-central-1'"],
    [{ bucketName: 'My.Bucket' }, "artifacts: bucketName is 'My.Bucket'; expected the name of a bucket: lower-case letters"],
    [{ bucketName: 'xn--bucket' }, 'no prefix or suffix that S3 keeps for itself, 3 to 63 characters'],
    [{ bucketName: 'a-s3alias' }, 'bucketName'],
    [{ bucketName: 'b'.repeat(64) }, '3 to 63 characters'],
    [{ noncurrentDays: 0 }, 'artifacts: noncurrentDays is 0; expected a whole number from 1 to 36500'],
    [{ unfinishedUploadDays: 1.5 }, 'unfinishedUploadDays is 1.5'],
  ])('refuses %j and registers nothing', async (bad, message) => {
    const { message: said, registered } = await refusal(() => new Bucket('artifacts', { region: REGION, roles: new RecordedRoles(), keyArn: KEY, ...bad }));
    expect(said).toContain(message);
    expect(registered).toEqual([]);
  });

  it('refuses a name that leaves no room for what makes it unique', () => {
    expect(() => new Bucket('b'.repeat(56), { region: REGION, roles: new RecordedRoles(), keyArn: KEY })).toThrow('at most 55 characters');
  });

  it.each(['/models', 'models*', 'a?b', '${aws:username}', 'm\u00f6dels'])('refuses the prefix %s, which a policy would take for something else', async (prefix) => {
    const roles = new RecordedRoles();
    const { result } = await make({ roles });
    expect(() => result.grant(chart(), 'x', { serviceAccount: TRAINER, access: 'read', prefix })).toThrow('prefix is');
    expect(await roles.all()).toEqual([]);
  });
});

describe('existingBucket', () => {
  it('grants as one of ours does, in the partition of its region', async () => {
    const roles = new RecordedRoles();
    const store = existingBucket({ name: 'models-cn', region: 'cn-north-1', roles });
    expect(store).toMatchObject({ protocol: 's3', bucket: 'models-cn', endpoint: 's3.cn-north-1.amazonaws.com.cn', uri: 's3://models-cn' });
    store.grant(chart(), 'read', { serviceAccount: TRAINER, access: 'read' });
    expect((await roles.all())[0]?.statements).toEqual([
      { actions: ['s3:ListBucket'], resources: ['arn:aws-cn:s3:::models-cn'] },
      { actions: ['s3:GetObject'], resources: ['arn:aws-cn:s3:::models-cn/*'] },
    ]);
  });

  it('refuses what is no bucket', () => {
    expect(() => existingBucket({ name: 's3://models', region: REGION, roles: new RecordedRoles() })).toThrow("existingBucket: name is 's3://models'");
  });
});
