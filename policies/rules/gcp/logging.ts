import type { Inventory } from '../../engine/inventory';
import { type CloudResource, type Fields, isFields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { elements, input, isOn, nameOf, setting } from '../cloud/inputs';
import { references } from '../cloud/references';
import { someIs } from '../cloud/some';
import { shown } from '../shown';
import { google } from './controls';

const PROJECT = 'gcp:organizations/project:Project';
const PROJECT_AUDIT = 'gcp:projects/iAMAuditConfig:IAMAuditConfig';
const INHERITED_AUDIT = ['gcp:folder/iamAuditConfig:IamAuditConfig', 'gcp:organizations/iamAuditConfig:IamAuditConfig'];
const SINKS = [
  'gcp:logging/projectSink:ProjectSink',
  'gcp:logging/folderSink:FolderSink',
  'gcp:logging/organizationSink:OrganizationSink',
  'gcp:logging/billingAccountSink:BillingAccountSink',
];
const BUCKET = 'gcp:storage/bucket:Bucket';
const LOG_TYPES = ['ADMIN_READ', 'DATA_READ', 'DATA_WRITE'];

const AUDIT = google('2.1');
const AUDIT_ABOUT = {
  severity: 'medium',
  enforcement: 'mandatory',
  controls: AUDIT,
  rationale:
    'Who read or changed data is logged only if the project asks for it. Without these logs nobody can tell what an intruder ' +
    'saw, and an account that is exempt is the one that will be used.',
  remediation: 'Declare an audit configuration for allServices with ADMIN_READ, DATA_READ and DATA_WRITE, and without exemptedMembers.',
} as const;

function audit(auditLogConfigs: readonly Fields[]): CloudResource {
  return { type: PROJECT_AUDIT, name: 'audit', properties: { project: 'my-project', service: 'allServices', auditLogConfigs } };
}

const ALL_TYPES = LOG_TYPES.map((logType) => ({ logType }));

/** CIS Google Cloud 2.1, of the audit configurations. */
export const auditConfig: ResourcePolicy = {
  ...AUDIT_ABOUT,
  id: 'gcp-audit-config',
  title: 'Audit logs have every kind of access, by everyone',
  examples: { fails: audit([{ logType: 'DATA_READ', exemptedMembers: ['user:ada@example.com'] }]), passes: audit(ALL_TYPES) },
  resourceTypes: [PROJECT_AUDIT, ...INHERITED_AUDIT],
  check(resource, report) {
    const configs = elements(resource, 'auditLogConfigs');
    for (const { path: config } of configs) {
      const exempt = elements(resource, ...config, 'exemptedMembers').find(({ value }) => value !== undefined);
      if (exempt) report.finding({ path: exempt.path, found: exempt.value, message: `'${resource.name}' does not log what ${shown(exempt.value)} does` });
    }
    if (input(resource, 'service') !== 'allServices') return;
    const logged = new Set(configs.map(({ path }) => input(resource, ...path, 'logType')));
    const missing = LOG_TYPES.filter((type) => !logged.has(type));
    if (missing.length === 0) return;
    report.finding({ path: ['auditLogConfigs'], found: input(resource, 'auditLogConfigs'), message: `'${resource.name}' does not log ${missing.join(', ')}` });
  },
};

const auditsOfProjects = references({
  from: [PROJECT_AUDIT],
  inputs: [['project']],
  to: [PROJECT],
  namesOf: (project) => [project.id, nameOf(project, 'projectId')],
  mayBeCalledOtherwise: (project) => project.id === undefined && nameOf(project, 'projectId') === undefined,
});

/** Whether an audit configuration is for all services. */
function isForAll(config: CloudResource): boolean {
  return input(config, 'service') === 'allServices';
}

/** Made once an evaluation: whether every project has the configuration of what is above it; `undefined` if that is not known. */
function isInherited(inventory: Inventory): boolean | undefined {
  return someIs(INHERITED_AUDIT.flatMap((type) => inventory.ofType(type)), isForAll);
}

/** CIS Google Cloud 2.1, of the projects that have none. */
export const projectAudit: ResourcePolicy = {
  ...AUDIT_ABOUT,
  id: 'gcp-project-audit-config',
  title: 'Projects have an audit configuration',
  reach: 'stack',
  examples: {
    fails: { type: PROJECT, name: 'main', properties: { projectId: 'my-project' } },
    passes: [{ type: PROJECT, name: 'main', properties: { projectId: 'my-project' } }, audit(ALL_TYPES)],
  },
  resourceTypes: [PROJECT],
  check(resource, report, context) {
    const { certain, open } = context.derive(auditsOfProjects).to(resource);
    const audited = [context.derive(isInherited), someIs(certain, isForAll)];
    if (audited.includes(true)) return;
    if (open || audited.includes(undefined)) report.undecided({ path: [], reason: 'it is not known of which project, or of which service, an audit configuration is' });
    else report.finding({ path: [], found: undefined, message: `project '${resource.name}' has no audit configuration for all services` });
  },
};

function sink(properties: Fields): CloudResource {
  return { type: 'gcp:logging/projectSink:ProjectSink', name: 'archive', properties: { destination: 'storage.googleapis.com/logs', ...properties } };
}

/** Made once an evaluation: whether some sink takes every log entry; `undefined` if that is not known yet. */
function exportsAll(inventory: Inventory): boolean | undefined {
  return someIs(SINKS.flatMap((type) => inventory.ofType(type)), (each) => !isFiltered(each));
}

function isFiltered(resource: CloudResource): boolean {
  const value = input(resource, 'filter');
  return isOn(input(resource, 'disabled')) || (value !== undefined && value !== '');
}

/** CIS Google Cloud 2.2. */
export const sinkForAll: ResourcePolicy = {
  id: 'gcp-log-sink',
  title: 'A log sink takes every log entry',
  severity: 'low',
  enforcement: 'advisory',
  controls: google('2.2', { v5: '2.3' }),
  rationale:
    'Logs that are kept in their project only are lost with it, or deleted by whoever takes it over. One sink should copy ' +
    'everything elsewhere; a stack whose sinks all have filters may have it in another stack.',
  remediation: 'Declare a sink without a filter, to a bucket or a project that others administer.',
  reach: 'stack',
  examples: { fails: sink({ filter: 'severity>=ERROR' }), passes: sink({}) },
  resourceTypes: SINKS,
  check(resource, report, context) {
    const all = context.derive(exportsAll);
    if (all) return;
    const off = setting(resource, 'disabled');
    const { path, value } = isOn(off.value) ? off : setting(resource, 'filter');
    if (all === undefined) report.undecided({ path, reason: 'another sink may take every log entry' });
    else report.finding({ path, found: value, message: `'${resource.name}' does not take every log entry, and no other sink does` });
  },
};

const STORAGE = 'storage.googleapis.com/';

const sinksOfBuckets = references({
  from: SINKS,
  inputs: [['destination']],
  // What sinks write to besides buckets, so that a sink to it is not taken for one that may write to any bucket.
  to: [BUCKET, 'gcp:bigquery/dataset:Dataset', 'gcp:pubsub/topic:Topic', 'gcp:logging/projectBucketConfig:ProjectBucketConfig', PROJECT],
  keysOf: (value) => (String(value).startsWith(STORAGE) ? [value] : []),
  namesOf: (resource) => [nameOf(resource), resource.id].flatMap((name) => (name === undefined ? [] : [STORAGE + name])),
  mayBeCalledOtherwise: (resource) => resource.type === BUCKET && resource.id === undefined && nameOf(resource) === undefined,
});

function bucket(retentionPolicy: Fields): CloudResource {
  return { type: BUCKET, name: 'logs', properties: { name: 'logs', location: 'EU', retentionPolicy } };
}

/** CIS Google Cloud 2.3. */
export const lockedLogBucket: ResourcePolicy = {
  id: 'gcp-log-bucket-lock',
  title: 'Buckets for logs have a locked retention policy',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: google('2.3', { v5: '2.4' }),
  rationale: 'An intruder who may write to the bucket removes the traces. While a locked policy lasts, nobody can, not even you.',
  remediation: 'Set retentionPolicy to { isLocked: true, retentionPeriod: <seconds> }. A lock cannot be undone.',
  reach: 'stack',
  examples: { fails: [sink({}), bucket({ retentionPeriod: '2592000' })], passes: [sink({}), bucket({ retentionPeriod: '2592000', isLocked: true })] },
  resourceTypes: [BUCKET],
  check(resource, report, context) {
    const { certain, open } = context.derive(sinksOfBuckets).to(resource);
    if (certain.length === 0 && !open) return;
    const policy = setting(resource, 'retentionPolicy');
    const { path, value } = setting(resource, 'retentionPolicy', 'isLocked');
    if (isFields(policy.value) && isOn(value)) return;
    if (certain.length === 0) report.undecided({ path, reason: 'it is not known to which bucket a sink writes' });
    else report.finding({ path, found: value, message: `logs in bucket '${resource.name}' can be deleted: its retention policy is not locked` });
  },
};
