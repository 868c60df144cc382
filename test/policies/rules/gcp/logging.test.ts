import type { CloudResource } from '../../../../policies';
import { check, controls, inPreview, open, resource, run, UNKNOWN } from './run';

const PROJECT = 'gcp:organizations/project:Project';
const TYPES = ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'];
const ALL = TYPES.map((logType) => ({ logType }));

const audit = (properties: object, about: Partial<CloudResource> = {}) =>
  resource('gcp:projects/iAMAuditConfig:IAMAuditConfig', { project: 'my-project', service: 'allServices', auditLogConfigs: ALL, ...properties }, about);

describe('audit configurations', () => {
  it.each<[CloudResource, string[]]>([
    [audit({ auditLogConfigs: [{ logType: 'ADMIN_READ' }] }), ["auditLogConfigs | [{\"logType\":\"ADMIN_READ\"}] | 'it' does not log DATA_READ, DATA_WRITE"]],
    [audit({ auditLogConfigs: null }), ["auditLogConfigs | null | 'it' does not log ADMIN_READ, DATA_READ, DATA_WRITE"]],
    [audit({ auditLogConfigs: [...ALL, { logType: 'DATA_READ', exemptedMembers: ['user:ada@example.com'] }] }), ["auditLogConfigs[3].exemptedMembers[0] | \"user:ada@example.com\" | 'it' does not log what user:ada@example.com does"]],
    [audit({ service: 'storage.googleapis.com', auditLogConfigs: [{ logType: 'DATA_READ', exemptedMembers: ['user:ada@example.com'] }] }), ["auditLogConfigs[0].exemptedMembers[0] | \"user:ada@example.com\" | 'it' does not log what user:ada@example.com does"]],
    [audit({ service: 'storage.googleapis.com', auditLogConfigs: [{ logType: 'DATA_READ' }] }), []],
    [audit({ auditLogConfigs: ALL.map((config) => ({ ...config, exemptedMembers: [] })) }), []],
    [audit({ auditLogConfigs: ALL.map((config) => ({ ...config, exemptedMembers: [null] })) }), []],
    [audit({ auditLogConfigs: [...ALL, { logType: 'DATA_READ', exemptedMembers: [null, {}] }] }), ["auditLogConfigs[3].exemptedMembers[1] | {} | 'it' does not log what {} does"]],
    [audit({}), []],
    [resource('gcp:organizations/iamAuditConfig:IamAuditConfig', { service: 'allServices', auditLogConfigs: ALL }), []],
  ])('%j: %j', (subject, expected) => {
    expect(check('gcp-audit-config', subject)).toEqual(expected);
  });

  const project = (about: Partial<CloudResource> = {}) => resource(PROJECT, { projectId: 'my-project' }, about);
  const MISSING = [" | null | project 'it' has no audit configuration for all services"];

  it.each<[string, readonly CloudResource[], string[]]>([
    ['none', [project()], MISSING],
    ['one of the project', [project(), audit({})], []],
    ['one of another project', [project(), audit({ project: 'other' })], MISSING],
    ['one of a single service', [project(), audit({ service: 'storage.googleapis.com' })], MISSING],
    ['one that got the project as an input', [project({ urn: 'urn:pulumi:test::project::gcp:organizations/project:Project::p' }), audit({ project: null }, { dependencies: { project: ['urn:pulumi:test::project::gcp:organizations/project:Project::p'] } })], []],
    ['one by the id of the project', [project({ id: 'projects/my-project' }), audit({ project: 'projects/my-project' })], []],
    ['one of the organisation', [project(), resource('gcp:organizations/iamAuditConfig:IamAuditConfig', { service: 'allServices' })], []],
  ])('of a project: %s', (_title, subjects, expected) => {
    expect(check('gcp-project-audit-config', ...subjects)).toEqual(expected);
  });

  const PROJECT_AUDIT = 'gcp:projects/iAMAuditConfig:IAMAuditConfig';

  it.each<[string, readonly CloudResource[]]>([
    ['one of a service that is not known', [project(), inPreview(PROJECT_AUDIT, { project: 'my-project', service: UNKNOWN })]],
    ['one of the folder, of such a service', [project(), inPreview('gcp:folder/iamAuditConfig:IamAuditConfig', { service: UNKNOWN })]],
    ['one of a project that is not known', [project(), inPreview(PROJECT_AUDIT, { project: UNKNOWN, service: 'allServices' })]],
    ['one of what it may be called', [resource(PROJECT), audit({})]],
  ])('of a project is left open: %s', (_title, subjects) => {
    expect(check('gcp-project-audit-config', ...subjects)).toEqual([]);
    expect(open('gcp-project-audit-config', ...subjects)).toEqual([': it is not known of which project, or of which service, an audit configuration is']);
  });

  it('of a project is found beside one that is not known', () => {
    const subjects = [project(), inPreview(PROJECT_AUDIT, { project: 'my-project', service: UNKNOWN }), audit({})];
    expect(check('gcp-project-audit-config', ...subjects)).toEqual([]);
    expect(open('gcp-project-audit-config', ...subjects)).toEqual([]);
  });
});

describe('sinks', () => {
  const sink = (properties: object, about: Partial<CloudResource> = {}) =>
    resource('gcp:logging/projectSink:ProjectSink', { destination: 'storage.googleapis.com/logs', ...properties }, about);
  const bucket = (properties: object, about: Partial<CloudResource> = {}) => resource('gcp:storage/bucket:Bucket', { name: 'logs', ...properties }, about);
  const SOME = "'it' does not take every log entry, and no other sink does";

  it.each<[string, readonly CloudResource[], string[]]>([
    ['with a filter', [sink({ filter: 'severity>=ERROR' })], [`filter | "severity>=ERROR" | ${SOME}`]],
    ['switched off', [sink({ disabled: true })], [`disabled | true | ${SOME}`]],
    ['without a filter', [sink({})], []],
    ['with an empty filter', [sink({ filter: '' })], []],
    ['one without a filter is enough', [sink({ filter: 'severity>=ERROR' }), resource('gcp:logging/organizationSink:OrganizationSink', {})], []],
  ])('%s', (_title, subjects, expected) => {
    expect(check('gcp-log-sink', ...subjects)).toEqual(expected);
  });

  it('are advice, for another stack may have the one', () => {
    expect(run('gcp-log-sink', sink({ filter: 'x' })).findings).toMatchObject([{ enforcement: 'advisory' }]);
  });

  it('are not blamed while a filter is not known yet', () => {
    const unknown = inPreview('gcp:logging/projectSink:ProjectSink', { filter: UNKNOWN });
    expect(check('gcp-log-sink', unknown)).toEqual([]);
    expect(open('gcp-log-sink', unknown)).toEqual(['filter: the value is not known yet']);
    expect(check('gcp-log-sink', unknown, sink({ filter: 'x' }))).toEqual([]);
    expect(open('gcp-log-sink', unknown, sink({ filter: 'x' }))).toEqual(['filter: the value is not known yet', 'filter: another sink may take every log entry']);
    expect(open('gcp-log-sink', unknown, sink({ filter: 'x' }), sink({}))).toEqual([]);
  });

  it('may write to a bucket, which is then left open', () => {
    const unknown = (from?: string) => inPreview('gcp:logging/projectSink:ProjectSink', { destination: UNKNOWN }, from === undefined ? {} : { dependencies: { destination: [from] } });
    const OPEN = ['retentionPolicy.isLocked: it is not known to which bucket a sink writes'];
    expect(check('gcp-log-bucket-lock', bucket({}), unknown())).toEqual([]);
    expect(open('gcp-log-bucket-lock', bucket({}), unknown())).toEqual(OPEN);
    expect(open('gcp-log-bucket-lock', bucket({}), unknown('urn:pulumi:test::project::random:index/randomString:RandomString::x'))).toEqual(OPEN);
    expect(open('gcp-log-bucket-lock', bucket({}), unknown('urn:pulumi:test::project::gcp:bigquery/dataset:Dataset::logs'))).toEqual([]);
    expect(open('gcp-log-bucket-lock', bucket({ name: null }), sink({}))).toEqual(OPEN);
    expect(open('gcp-log-bucket-lock', bucket({ name: null }), sink({ destination: 'pubsub.googleapis.com/projects/p/topics/logs' }))).toEqual([]);
    expect(open('gcp-log-bucket-lock', bucket({ retentionPolicy: { isLocked: true } }), unknown())).toEqual([]);
  });

  const UNLOCKED = (found: string) => [`retentionPolicy.isLocked | ${found} | logs in bucket 'it' can be deleted: its retention policy is not locked`];

  it.each<[string, readonly CloudResource[], string[]]>([
    ['not locked', [bucket({ retentionPolicy: { retentionPeriod: '1', isLocked: false } }), sink({})], UNLOCKED('false')],
    ['without a policy', [bucket({}), sink({})], UNLOCKED('null')],
    ['locked', [bucket({ retentionPolicy: { isLocked: true } }), sink({})], []],
    ['that no sink writes to', [bucket({}), sink({ destination: 'storage.googleapis.com/other' })], []],
    ['that a sink gets as an input', [bucket({}, { urn: 'urn:pulumi:test::project::gcp:storage/bucket:Bucket::logs' }), sink({ destination: null }, { dependencies: { destination: ['urn:pulumi:test::project::gcp:storage/bucket:Bucket::logs'] } })], UNLOCKED('null')],
    ['by its id', [bucket({ name: null }, { id: 'logs' }), sink({})], UNLOCKED('null')],
  ])('to a bucket %s', (_title, subjects, expected) => {
    expect(check('gcp-log-bucket-lock', ...subjects)).toEqual(expected);
  });

  it('leave a bucket undecided while its policy is not known yet', () => {
    const subjects = [inPreview('gcp:storage/bucket:Bucket', { name: 'logs', retentionPolicy: UNKNOWN }), sink({})];
    expect(open('gcp-log-bucket-lock', ...subjects)).toEqual(['retentionPolicy: the value is not known yet']);
  });
});

it.each([
  ['gcp-audit-config', '2.1', '2.1'],
  ['gcp-project-audit-config', '2.1', '2.1'],
  ['gcp-log-sink', '2.3', '2.2'],
  ['gcp-log-bucket-lock', '2.4', '2.3'],
])('%s decides %s of the benchmark, once %s', (id, now, before) => {
  expect(controls(id, 'cis-gcp-5.0.0:')).toEqual([now]);
  expect(controls(id, 'cis-gcp-3.0.0:')).toEqual([before]);
});
