import type { CloudResource } from '../../../../policies';
import { check, controls, inPreview, open, resource, run, UNKNOWN } from './run';

const MEMBER = 'gcp:projects/iAMMember:IAMMember';
const BINDING = 'gcp:projects/iAMBinding:IAMBinding';
const POLICY = 'gcp:projects/iAMPolicy:IAMPolicy';
const ADA = 'user:ada@example.com';
const ROBOT = 'serviceAccount:builder@my-project.iam.gserviceaccount.com';

const member = (role: unknown, name: unknown, about: Partial<CloudResource> = {}) => resource(MEMBER, { project: 'p', role, member: name }, about);
const binding = (role: unknown, members: unknown) => resource(BINDING, { project: 'p', role, members });
const policy = (...bindings: readonly unknown[]) => resource(POLICY, { project: 'p', policyData: JSON.stringify({ bindings }) });

describe('public access', () => {
  const VIEWER = 'roles/storage.objectViewer';
  const bucket = (kind: string, properties: object) => resource(`gcp:storage/bucketIAM${kind}:BucketIAM${kind}`, { bucket: 'models', ...properties });
  const key = (kind: string, properties: object) => resource(`gcp:kms/${kind}`, properties);

  it.each<[string, CloudResource, string[]]>([
    ['gcp-public-bucket', bucket('Member', { role: VIEWER, member: 'allUsers' }), [`member | "allUsers" | 'it' gives anyone on the internet ${VIEWER} on a storage bucket`]],
    ['gcp-public-bucket', bucket('Binding', { role: VIEWER, members: [ADA, null, 'allAuthenticatedUsers'] }), [`members[2] | "allAuthenticatedUsers" | 'it' gives anyone with a Google account ${VIEWER} on a storage bucket`]],
    [
      'gcp-public-bucket',
      bucket('Policy', { policyData: JSON.stringify({ bindings: [{ role: VIEWER, members: [ADA] }, { role: 'roles/owner', members: ['allUsers'] }] }) }),
      ["policyData | \"allUsers\" | 'it' gives anyone on the internet roles/owner on a storage bucket"],
    ],
    ['gcp-public-bucket', bucket('Member', { member: 'allUsers' }), ["member | \"allUsers\" | 'it' gives anyone on the internet a role on a storage bucket"]],
    ['gcp-public-bucket', resource('gcp:storage/managedFolderIamMember:ManagedFolderIamMember', { role: VIEWER, member: 'allUsers' }), [`member | "allUsers" | 'it' gives anyone on the internet ${VIEWER} on a storage bucket`]],
    ['gcp-public-bucket', bucket('Member', { role: VIEWER, member: 'user:allUsers@example.com' }), []],
    ['gcp-public-bucket', bucket('Policy', { policyData: '{"bindings": [' }), []],
    ['gcp-public-bucket', bucket('Policy', { policyData: { bindings: [null, { members: 'allUsers' }] } }), []],
    ['gcp-public-bucket', bucket('Binding', { role: VIEWER, members: null }), []],

    ['gcp-public-kms-key', key('cryptoKeyIAMMember:CryptoKeyIAMMember', { role: 'roles/cloudkms.viewer', member: 'allUsers' }), ["member | \"allUsers\" | 'it' gives anyone on the internet roles/cloudkms.viewer on a key in Cloud KMS"]],
    ['gcp-public-kms-key', key('keyRingIAMBinding:KeyRingIAMBinding', { role: 'roles/viewer', members: ['allAuthenticatedUsers'] }), ["members[0] | \"allAuthenticatedUsers\" | 'it' gives anyone with a Google account roles/viewer on a key in Cloud KMS"]],
    ['gcp-public-kms-key', key('cryptoKeyIAMMember:CryptoKeyIAMMember', { role: 'roles/cloudkms.viewer', member: ADA }), []],

    ['gcp-public-dataset', resource('gcp:bigquery/datasetIamMember:DatasetIamMember', { role: 'roles/viewer', member: 'allUsers' }), ["member | \"allUsers\" | 'it' gives anyone on the internet roles/viewer on BigQuery data"]],
    ['gcp-public-dataset', resource('gcp:bigquery/iamBinding:IamBinding', { role: 'roles/viewer', members: ['allUsers'] }), ["members[0] | \"allUsers\" | 'it' gives anyone on the internet roles/viewer on BigQuery data"]],
    ['gcp-public-dataset', resource('gcp:bigquery/iamMember:IamMember', { role: 'roles/viewer', member: ADA }), []],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });

  it('is undecided while a member is not known yet', () => {
    const subject = inPreview('gcp:storage/bucketIAMMember:BucketIAMMember', { role: VIEWER, member: UNKNOWN });
    expect(check('gcp-public-bucket', subject)).toEqual([]);
    expect(open('gcp-public-bucket', subject)).toEqual(['member: the value is not known yet']);
  });
});

describe('roles', () => {
  const ADMIN = "'it' gives a service account the administrative role";

  it.each<[string, CloudResource, string[]]>([
    ['gcp-admin-service-account', member('roles/editor', ROBOT), [`member | "${ROBOT}" | ${ADMIN} roles/editor`]],
    ['gcp-admin-service-account', member('roles/owner', ROBOT), [`member | "${ROBOT}" | ${ADMIN} roles/owner`]],
    ['gcp-admin-service-account', member('roles/storage.objectAdmin', ROBOT), [`member | "${ROBOT}" | ${ADMIN} roles/storage.objectAdmin`]],
    ['gcp-admin-service-account', member('roles/container.admin', ROBOT), [`member | "${ROBOT}" | ${ADMIN} roles/container.admin`]],
    ['gcp-admin-service-account', binding('roles/container.admin', [ADA, ROBOT]), [`members[1] | "${ROBOT}" | ${ADMIN} roles/container.admin`]],
    ['gcp-admin-service-account', policy({ role: 'roles/editor', members: [ROBOT] }, { role: 'roles/viewer', members: [ROBOT] }), [`policyData | "${ROBOT}" | ${ADMIN} roles/editor`]],
    ['gcp-admin-service-account', resource('gcp:folder/iAMMember:IAMMember', { role: 'roles/editor', member: ROBOT }), [`member | "${ROBOT}" | ${ADMIN} roles/editor`]],
    ['gcp-admin-service-account', resource('gcp:organizations/iAMMember:IAMMember', { role: 'roles/editor', member: ROBOT }), [`member | "${ROBOT}" | ${ADMIN} roles/editor`]],
    ['gcp-admin-service-account', member('roles/editor', ADA), []],
    ['gcp-admin-service-account', member('roles/logging.logWriter', ROBOT), []],
    ['gcp-admin-service-account', member('roles/container.editor', ROBOT), []],
    ['gcp-admin-service-account', member('roles/editor', 'serviceAccount:12@cloudservices.gserviceaccount.com'), []],
    ['gcp-admin-service-account', member('roles/editor', 'serviceAccount:service-12@container-engine-robot.iam.gserviceaccount.com'), []],
    ['gcp-admin-service-account', member('roles/editor', 'serviceAccount:x@gcp-sa-pubsub.iam.gserviceaccount.com'), []],
    ['gcp-admin-service-account', member(null, ROBOT), []],
    ['gcp-admin-service-account', member('roles/editor', 5), []],

    ['gcp-project-wide-impersonation', member('roles/iam.serviceAccountUser', ADA), ["role | \"roles/iam.serviceAccountUser\" | 'it' lets its holders act as every service account (roles/iam.serviceAccountUser)"]],
    ['gcp-project-wide-impersonation', binding('roles/iam.serviceAccountTokenCreator', [ADA]), ["role | \"roles/iam.serviceAccountTokenCreator\" | 'it' lets its holders act as every service account (roles/iam.serviceAccountTokenCreator)"]],
    ['gcp-project-wide-impersonation', binding('roles/iam.serviceAccountUser', undefined), ["role | \"roles/iam.serviceAccountUser\" | 'it' lets its holders act as every service account (roles/iam.serviceAccountUser)"]],
    ['gcp-project-wide-impersonation', binding('roles/iam.serviceAccountUser', []), []],
    ['gcp-project-wide-impersonation', policy({ role: 'roles/iam.serviceAccountUser', members: [ADA, ROBOT] }), ["policyData | \"roles/iam.serviceAccountUser\" | 'it' lets its holders act as every service account (roles/iam.serviceAccountUser)"]],
    ['gcp-project-wide-impersonation', member('roles/iam.serviceAccountAdmin', ADA), []],
    ['gcp-project-wide-impersonation', member(['roles/iam.serviceAccountUser'], ADA), []],

    ['gcp-basic-roles', member('roles/owner', ADA), ["role | \"roles/owner\" | 'it' gives the basic role roles/owner"]],
    ['gcp-basic-roles', resource('gcp:folder/iAMBinding:IAMBinding', { role: 'roles/editor', members: [ADA] }), ["role | \"roles/editor\" | 'it' gives the basic role roles/editor"]],
    ['gcp-basic-roles', resource('gcp:organizations/iAMBinding:IAMBinding', { role: 'roles/viewer', members: [ADA] }), ["role | \"roles/viewer\" | 'it' gives the basic role roles/viewer"]],
    ['gcp-basic-roles', member('roles/browser', ADA), []],
    ['gcp-basic-roles', member(null, ADA), []],

    ['gcp-service-account-key', resource('gcp:serviceaccount/key:Key', { serviceAccountId: 'builder' }), [" | null | 'it' is a key that users manage"]],
  ])('%s of %j: %j', (id, subject, expected) => {
    expect(check(id, subject)).toEqual(expected);
  });

  it('only advises on what Google would refuse', () => {
    expect(run('gcp-admin-service-account', member('roles/editor', ROBOT.replace('serviceAccount', 'user'))).findings).toMatchObject([{ enforcement: 'advisory' }]);
    expect(run('gcp-admin-service-account', member('roles/editor', ROBOT)).findings).toMatchObject([{ enforcement: 'mandatory' }]);
  });

  it('only advises on viewers', () => {
    expect(run('gcp-basic-roles', member('roles/viewer', ADA)).findings).toMatchObject([{ enforcement: 'advisory' }]);
    expect(run('gcp-basic-roles', member('roles/editor', ADA)).findings).toMatchObject([{ enforcement: 'mandatory' }]);
  });

  it('knows a service account by where its address comes from, before it is made', () => {
    const account = resource('gcp:serviceaccount/account:Account', { accountId: 'builder' }, { urn: 'urn:pulumi:test::project::gcp:serviceaccount/account:Account::builder' });
    const subject = inPreview(MEMBER, { role: 'roles/editor', member: UNKNOWN }, { dependencies: { member: ['urn:pulumi:test::project::gcp:serviceaccount/account:Account::builder'] } });
    expect(check('gcp-admin-service-account', subject, account)).toEqual([`role | "roles/editor" | ${ADMIN} roles/editor`]);
    expect(open('gcp-admin-service-account', inPreview(MEMBER, { role: 'roles/editor', member: UNKNOWN }))).toEqual(['member: the value is not known yet']);
  });

  it('does not ask who has a role that does not matter', () => {
    for (const id of ['gcp-admin-service-account', 'gcp-project-wide-impersonation', 'gcp-basic-roles']) {
      expect(open(id, inPreview(MEMBER, { role: 'roles/logging.logWriter', member: UNKNOWN }))).toEqual([]);
    }
  });
});

describe('duties', () => {
  const USER = 'roles/iam.serviceAccountUser';
  const ADMIN = 'roles/iam.serviceAccountAdmin';
  const DECRYPTER = 'roles/cloudkms.cryptoKeyDecrypter';
  const both = (use: string, admin: string) => `"${ADA}" | 'it' gives ${use} to ${ADA}, who has ${admin} too`;
  const onKey = (key: string, role: string) => resource('gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember', { cryptoKeyId: key, role, member: ADA });

  it.each<[string, string, readonly CloudResource[], string[]]>([
    ['of one person', 'gcp-service-account-duties', [member(ADMIN, ADA), member(USER, ADA)], [`member | ${both(USER, ADMIN)}`]],
    ['of two people', 'gcp-service-account-duties', [member(ADMIN, ROBOT), member(USER, ADA)], []],
    ['in one policy', 'gcp-service-account-duties', [policy({ role: ADMIN, members: [ADA] }, { role: USER, members: [ROBOT, ADA] })], [`policyData | ${both(USER, ADMIN)}`]],
    ['by bindings', 'gcp-service-account-duties', [binding(ADMIN, [ROBOT, ADA]), binding(USER, [ADA])], [`members[0] | ${both(USER, ADMIN)}`]],
    ['in two projects', 'gcp-service-account-duties', [resource(MEMBER, { project: 'other', role: ADMIN, member: ADA }), member(USER, ADA)], []],
    ['one only', 'gcp-service-account-duties', [member(ADMIN, ADA)], []],
    ['over keys of a project', 'gcp-kms-duties', [member('roles/cloudkms.admin', ADA), member(DECRYPTER, ADA)], [`member | ${both(DECRYPTER, 'roles/cloudkms.admin')}`]],
    ['over one key', 'gcp-kms-duties', [onKey('k', 'roles/cloudkms.admin'), onKey('k', DECRYPTER)], [`member | ${both(DECRYPTER, 'roles/cloudkms.admin')}`]],
    ['over two keys', 'gcp-kms-duties', [onKey('a', 'roles/cloudkms.admin'), onKey('b', DECRYPTER)], []],
  ])('%s', (_title, id, subjects, expected) => {
    expect(check(id, ...subjects)).toEqual(expected);
  });

  const later = (properties: object, about: Partial<CloudResource> = {}) => inPreview(MEMBER, { project: 'p', role: ADMIN, member: ADA, ...properties }, about);

  it.each<[string, readonly CloudResource[]]>([
    ['who administers', [later({ member: UNKNOWN })]],
    ['which role somebody has', [later({ role: UNKNOWN })]],
    ['what a policy gives', [inPreview(POLICY, { project: 'p', policyData: UNKNOWN })]],
    ['where somebody administers', [later({ project: UNKNOWN })]],
    ['where, but for what says so', [later({ project: UNKNOWN }, { dependencies: { project: ['urn:a'] } })]],
  ])('are left open while it is not known %s', (_what, subjects) => {
    const use = member(USER, ADA);
    const its = (...all: readonly CloudResource[]) => run('gcp-service-account-duties', ...all).coverage.undecided.filter(({ path, reason }) => path === 'member' && reason.startsWith('to whom'));
    expect(check('gcp-service-account-duties', use, ...subjects)).toEqual([]);
    expect(its(use, ...subjects)).toMatchObject([{ reason: `to whom, or on what, ${ADMIN} is given is not known yet` }]);
    expect(check('gcp-service-account-duties', use, member(ADMIN, ADA), ...subjects)).toHaveLength(1);
  });

  it.each<[string, CloudResource]>([
    ['in another project', later({ project: 'other', member: UNKNOWN })],
    ['by somebody else', later({ project: UNKNOWN, member: ROBOT })],
    ['of another role', later({ role: 'roles/viewer', member: UNKNOWN })],
    ['on keys', inPreview('gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember', { cryptoKeyId: UNKNOWN, role: ADMIN, member: ADA })],
  ])('are not left open for what is not known %s', (_where, subject) => {
    expect(check('gcp-service-account-duties', member(USER, ADA), subject)).toEqual([]);
    expect(open('gcp-service-account-duties', member(USER, ADA), subject)).toEqual([]);
  });

  it('does not take two projects that are not known yet for one', () => {
    const at = (role: string, urn: string) => inPreview(MEMBER, { project: UNKNOWN, role, member: ADA }, { dependencies: { project: [urn] } });
    expect(check('gcp-service-account-duties', at(ADMIN, 'urn:a'), at(USER, 'urn:b'))).toEqual([]);
    expect(open('gcp-service-account-duties', at(ADMIN, 'urn:a'), at(USER, 'urn:b'))).toEqual([]);
    expect(check('gcp-service-account-duties', at(ADMIN, 'urn:a'), at(USER, 'urn:a'))).toHaveLength(1);
  });
});

it.each([
  ['gcp-service-account-key', ['1.5'], ['1.4']],
  ['gcp-admin-service-account', ['1.6'], ['1.5']],
  ['gcp-project-wide-impersonation', ['1.7'], ['1.6']],
  ['gcp-service-account-duties', ['1.9'], ['1.8']],
  ['gcp-public-kms-key', ['1.10'], ['1.9']],
  ['gcp-kms-duties', ['1.12'], ['1.11']],
  ['gcp-public-bucket', ['5.1'], ['5.1']],
  ['gcp-public-dataset', ['7.1'], ['7.1']],
])('%s decides %j of the benchmark, once %j', (id, now, before) => {
  expect(controls(id, 'cis-gcp-5.0.0:')).toEqual(now);
  for (const version of ['4.0.0', '3.0.0', '2.0.0']) expect(controls(id, `cis-gcp-${version}:`)).toEqual(before);
});
