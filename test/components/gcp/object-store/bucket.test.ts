import { assumedBuckets, Bucket, existingBucket, liveBuckets } from '../../../../components/gcp/data';
import { record, type Recording, violations } from '../../record';
import { chart, DELETE, KEY, memberOf, NOTEBOOK, PLACE, principals, provider, refusal, refused, textOf, TRAINER } from '../data/parts';

const BUCKET = 'gcp:storage/bucket:Bucket';
const MEMBER = 'gcp:storage/bucketIAMMember:BucketIAMMember';
const FOLDER = 'gcp:storage/managedFolder:ManagedFolder';
const FOLDER_MEMBER = 'gcp:storage/managedFolderIamMember:ManagedFolderIamMember';

type Args = ConstructorParameters<typeof Bucket>[1];

const bucket = (args: Partial<Args> = {}, name = 'artifacts') => new Bucket(name, { ...PLACE, principals: principals(), key: KEY, ...args });
const make = (args: Partial<Args> = {}): Promise<Recording<Bucket>> => record(() => bucket(args));

describe('Bucket', () => {
  it('is closed to the public, without lists on objects, and encrypts with the key it was given', async () => {
    const recording = await make();
    expect(violations(recording)).toEqual([]);
    const { inputs } = recording.one(BUCKET);
    expect(inputs).toMatchObject({ uniformBucketLevelAccess: true, publicAccessPrevention: 'enforced', encryption: { defaultKmsKeyName: KEY }, location: 'EUROPE-WEST4' });
    expect(recording.ofType(MEMBER)).toEqual([]);
  });

  it('keeps earlier versions and what was deleted for as long as it is told, and unfinished uploads not', async () => {
    const { inputs } = (await make({ noncurrentDays: 90, softDeleteDays: 14 })).one(BUCKET);
    expect(inputs.versioning).toEqual({ enabled: true });
    expect(inputs.lifecycleRules).toEqual([
      { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: 90, withState: 'ARCHIVED' } },
      { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
    ]);
    expect(inputs.softDeletePolicy).toEqual({ retentionDurationSeconds: 1_209_600 });
  });

  it('gives one ServiceAccount reading of the whole bucket', async () => {
    const recording = await record(() => {
      const made = bucket();
      return { made, grant: made.grant(chart(), 'models', { serviceAccount: TRAINER, access: 'read' }) };
    });
    const { made, grant } = recording.result;
    const name = await recording.valueOf(made.bucketName);
    expect(recording.one(MEMBER).inputs).toEqual({ bucket: name, role: 'roles/storage.objectViewer', member: memberOf(TRAINER) });
    expect(await textOf(grant.uri)).toBe(`gs://${name}/`);
    // Its pods start once it may read.
    const [annotation = ''] = Object.values(grant.identity.serviceAccountAnnotations);
    expect(await textOf(annotation)).toBe(`b/${name}/roles/storage.objectViewer/${memberOf(TRAINER)}`);
    expect(grant.identity.egress).not.toEqual([]);
    expect(violations(recording)).toEqual([]);
  });

  it('gives a part of it by a managed folder, one for all who are let into it, and nothing on the bucket', async () => {
    const recording = await record(() => {
      const made = bucket();
      made.grant(chart(), 'a', { serviceAccount: TRAINER, access: 'read-write', prefix: 'team-a/models/' });
      made.grant(chart(), 'b', { serviceAccount: NOTEBOOK, access: 'read', prefix: 'team-a/models/' });
      return made;
    });
    const name = await recording.valueOf(recording.result.bucketName);
    expect(recording.one(FOLDER).inputs).toEqual({ bucket: name, name: 'team-a/models/', forceDestroy: true });
    expect(recording.ofType(FOLDER_MEMBER).map(({ inputs }) => inputs)).toEqual([
      { bucket: name, managedFolder: 'team-a/models/', role: 'roles/storage.objectUser', member: memberOf(TRAINER) },
      { bucket: name, managedFolder: 'team-a/models/', role: 'roles/storage.objectViewer', member: memberOf(NOTEBOOK) },
    ]);
    expect(recording.ofType(MEMBER)).toEqual([]);
  });

  it('makes one grant of the same asked twice: two would undo each other', async () => {
    const recording = await record(() => {
      const made = bucket();
      for (const id of ['first', 'second']) made.grant(chart(), id, { serviceAccount: TRAINER, access: 'read' });
    });
    expect(recording.ofType(MEMBER)).toHaveLength(1);
  });

  it('is protected with its objects, or goes with them', async () => {
    const kept = (await make()).one(BUCKET);
    expect([kept.options.protect, kept.inputs.forceDestroy]).toEqual([true, false]);
    const deleted = (await make(DELETE)).one(BUCKET);
    expect([deleted.options.protect, deleted.inputs.forceDestroy, deleted.inputs.softDeletePolicy.retentionDurationSeconds]).toEqual([false, true, 0]);
  });

  it('is in a preview as far as it is known', async () => {
    const recording = await record(() => bucket().grant(chart(), 'a', { serviceAccount: TRAINER, access: 'read', prefix: 'a/' }), { preview: true });
    expect(recording.one(FOLDER_MEMBER).inputs.role).toBe('roles/storage.objectViewer');
  });

  it.each<[Partial<Args>, RegExp]>([
    [{ region: 'EU' }, /artifacts: region is 'EU'; expected a region such as/],
    [{ bucketName: 'my-google-models' }, /artifacts: bucketName is 'my-google-models'; expected the name of a bucket/],
    [{ bucketName: 'a'.repeat(64) }, /3 to 63 characters/],
    [{ noncurrentDays: 0 }, /artifacts: noncurrentDays is 0; expected a whole number from 1/],
    [{ softDeleteDays: 3 }, /artifacts: softDeleteDays is 3; expected a whole number from 7 to 90/],
  ])('refuses %p', (args, message) => expect(refusal(() => bucket(args))).resolves.toEqual(refused(message)));

  it('refuses a name that would be too long with what makes it unique', () => expect(refusal(() => bucket({}, 'a'.repeat(56)))).resolves.toEqual(refused(/at most 55 characters/)));

  it.each(['models', '/models/', 'a/../b/', 'models*/', 'a/'.repeat(16)])('refuses the prefix %p, for which there can be no folder', async (prefix) => {
    const { resources } = await record(() => {
      const made = bucket();
      expect(() => made.grant(chart(), 'a', { serviceAccount: TRAINER, access: 'read', prefix })).toThrow(/prefix is .* expected a folder such as 'models\/'/);
    });
    expect(resources.filter(({ type }) => type === FOLDER)).toEqual([]);
  });
});

describe('existingBucket', () => {
  const find = (bucketName: string) => existingBucket(liveBuckets(provider()), 'bucket', { bucketName, principals: principals() });

  it('grants access to a bucket that is there, and changes nothing of it', async () => {
    const recording = await record(async () => {
      const found = await find('shared');
      found.grant(chart(), 'a', { serviceAccount: TRAINER, access: 'read-write' });
      return found;
    });
    expect(recording.result).toMatchObject({ bucket: 'shared', region: 'europe-west4', uri: 'gs://shared', protocol: 'gs', endpoint: 'storage.googleapis.com' });
    expect(recording.one(MEMBER).inputs).toEqual({ bucket: 'shared', role: 'roles/storage.objectUser', member: memberOf(TRAINER) });
    expect(recording.ofType(BUCKET)).toEqual([]);
  });

  it('takes it for granted without an account', async () => {
    const { result } = await record(() => existingBucket(assumedBuckets('europe-west4'), 'bucket', { bucketName: 'anything', principals: principals() }));
    expect(result.region).toBe('europe-west4');
  });

  it('refuses one that is not there', () => expect(refusal(() => find('nowhere'))).resolves.toEqual(refused(/bucket: bucketName is 'nowhere'; expected a bucket that exists/)));
  it('refuses one with lists on objects', () => expect(refusal(() => find('with-lists'))).resolves.toEqual(refused(/expected a bucket with uniform bucket-level access/)));
});
