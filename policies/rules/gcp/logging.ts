import type { Inventory } from '../../engine/inventory';
import { type CloudResource, type Fields, isFields } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { elements, input, isOn, nameOf, setting } from '../cloud/inputs';
import { references } from '../cloud/references';
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
      const [exempt] = elements(resource, ...config, 'exemptedMembers');
      if (exempt) report.finding({ path: exempt.path, found: exempt.value, message: `'${resource.name}' does not log what ${String(exempt.value)} does` });
    }
    if (input(resource, 'service') !== 'allServices') return;
    const logged = new Set(configs.map(({ path }) => input(resource, ...path, 'logType')));
    const missing = LOG_TYPES.filter((type) => !logged.has(type));
    if (missing.length === 0) return;
    report.finding({ path: ['auditLogConfigs'], found: input(resource, 'auditLogConfigs'), message: `'${resource.name}' does not log ${missing.join(', ')}` });
  },
};

const auditsOfProjects = references({ from: [PROJECT_AUDIT], inputs: [['project']], to: [PROJECT], namesOf: (project) => [project.id, nameOf(project, 'projectId')] });

/** Whether an audit configuration is for all services, or may be. */
function isForAll(config: CloudResource): boolean {
  return readOr<unknown>('allServices', () => input(config, 'service')) === 'allServices';
}

/** Made once an evaluation: whether every project has the configuration of what is above it. */
function isInherited(inventory: Inventory): boolean {
  return INHERITED_AUDIT.some((type) => inventory.ofType(type).some(isForAll));
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
    if (context.derive(isInherited) || context.derive(auditsOfProjects).to(resource).certain.some(isForAll)) return;
    report.finding({ path: [], found: undefined, message: `project '${resource.name}' has no audit configuration for all services` });
  },
};

function sink(properties: Fields): CloudResource {
  return { type: 'gcp:logging/projectSink:ProjectSink', name: 'archive', properties: { destination: 'storage.googleapis.com/logs', ...properties } };
}

/** Made once an evaluation: whether some sink takes every log entry. */
function exportsAll(inventory: Inventory): boolean {
  return SINKS.some((type) => inventory.ofType(type).some((each) => readOr(true, () => !isFiltered(each))));
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
    if (context.derive(exportsAll)) return;
    const off = setting(resource, 'disabled');
    const { path, value } = isOn(off.value) ? off : setting(resource, 'filter');
    report.finding({ path, found: value, message: `'${resource.name}' does not take every log entry, and no other sink does` });
  },
};

const sinksOfBuckets = references({
  from: SINKS,
  inputs: [['destination']],
  to: [BUCKET],
  namesOf: (resource) => [nameOf(resource), resource.id].flatMap((name) => (name === undefined ? [] : [`storage.googleapis.com/${name}`])),
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
    if (context.derive(sinksOfBuckets).to(resource).certain.length === 0) return;
    const policy = setting(resource, 'retentionPolicy');
    const { path, value } = setting(resource, 'retentionPolicy', 'isLocked');
    if (isFields(policy.value) && isOn(value)) return;
    report.finding({ path, found: value, message: `logs in bucket '${resource.name}' can be deleted: its retention policy is not locked` });
  },
};
