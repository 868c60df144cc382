import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { input, isOneOf, isStated } from '../cloud/inputs';
import { azureResource } from './azure-resource';
import { companionPolicy } from './companion-policy';
import { azureInputPolicy } from './input-policy';
import { azureReferences } from './references';

const AUDITING = ['sql:ServerBlobAuditingPolicy', 'sql:ExtendedServerBlobAuditingPolicy'] as const;
const auditing = azureReferences({ from: AUDITING, inputs: [['serverName']], by: 'name', to: ['sql:Server'] });
const administrators = azureReferences({ from: ['sql:ServerAzureADAdministrator'], inputs: [['serverName']], by: 'name', to: ['sql:Server'] });
const protectors = azureReferences({ from: ['sql:EncryptionProtector'], inputs: [['serverName']], by: 'name', to: ['sql:Server'] });

const server = azureResource('sql:Server', { serverName: 'example' });
const isEnabled = (value: unknown): boolean => isOneOf(value, 'Enabled');

/** The first of these looks at what is declared, the second at what is not. */
const auditingOn: readonly ResourcePolicy[] = [
  azureInputPolicy({
    id: 'azure-sql-auditing-enabled',
    title: 'Auditing policies of SQL servers are on',
    severity: 'medium',
    enforcement: 'mandatory',
    controls: foundations('azure', { '3.0.0': '5.1.1', '2.1.0': '4.1.1', '2.0.0': '4.1.1' }),
    rationale: 'Without an audit log, nobody can tell who read or changed what. A policy that is declared but off writes none.',
    remediation: 'Set state to Enabled, with a storage account or Azure Monitor to write to.',
    types: AUDITING,
    noun: 'auditing policy',
    path: ['state'],
    meets: isEnabled,
    problem: 'is not on',
    fix: 'Enabled',
    examples: { fails: { serverName: 'example', state: 'Disabled' }, passes: { serverName: 'example', state: 'Enabled' } },
  }),
  companionPolicy({
    id: 'azure-sql-auditing',
    title: 'SQL servers are audited',
    severity: 'medium',
    enforcement: 'mandatory',
    // A log that is not written is not kept for 90 days either.
    controls: foundations('azure', { '3.0.0': ['5.1.1', '5.1.6'], '2.1.0': ['4.1.1', '4.1.6'], '2.0.0': ['4.1.1', '4.1.6'] }),
    rationale: 'Without an audit log, nobody can tell who read or changed what. Servers write none unless a policy has them do so.',
    remediation: 'Declare an ExtendedServerBlobAuditingPolicy for the server, with state Enabled.',
    types: ['sql:Server'],
    noun: 'SQL server',
    among: auditing,
    problem: 'is not audited',
    examples: { fails: server, passes: [server, azureResource('sql:ExtendedServerBlobAuditingPolicy', { serverName: 'example', state: 'Enabled' })] },
  }),
];

const auditRetention: ResourcePolicy = {
  id: 'azure-sql-audit-retention',
  title: 'Audit logs of SQL servers are kept for 90 days',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '5.1.6', '2.1.0': '4.1.6', '2.0.0': '4.1.6' }),
  rationale: 'Intrusions are often found months later. Logs are kept without end unless a number of days is set.',
  remediation: 'Set state to Enabled, and retentionDays to 90 or more, or to 0 to keep logs without end.',
  resourceTypes: AUDITING.map((type) => `azure-native:${type}`),
  examples: { fails: azureResource(AUDITING[0], { state: 'Enabled', retentionDays: 30 }), passes: azureResource(AUDITING[0], { state: 'Enabled', retentionDays: 120 }) },
  check(policy, report) {
    const message = `auditing policy '${policy.name}' does not keep its log for 90 days`;
    const days = input(policy, 'retentionDays');
    const kept = days === undefined || (typeof days === 'number' && (days === 0 || days >= 90));
    if (!kept) report.finding({ path: ['retentionDays'], found: days, message, fix: 0 });
    // What is not written is not kept, for however long it would be.
    const state = input(policy, 'state');
    if (isOneOf(state, 'Disabled')) report.finding({ path: ['state'], found: state, message: `${message}, as it is not on`, fix: 'Enabled' });
  },
};

const administrator = companionPolicy({
  id: 'azure-sql-entra-administrator',
  title: 'SQL servers have an administrator of Entra ID',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '5.1.4', '2.1.0': '4.1.4', '2.0.0': '4.1.4' }),
  rationale: 'Accounts of the server itself know no second factor and are forgotten when somebody leaves. Those of Entra ID are managed in one place.',
  remediation: 'Set administrators, or declare a ServerAzureADAdministrator for the server.',
  types: ['sql:Server'],
  noun: 'SQL server',
  among: administrators,
  applies: (resource) => !isStated(input(resource, 'administrators', 'login')) && !isStated(input(resource, 'administrators', 'sid')),
  path: ['administrators'],
  problem: 'has no administrator of Entra ID',
  examples: { fails: server, passes: azureResource('sql:Server', { administrators: { administratorType: 'ActiveDirectory', login: 'dba', sid: '00000000-0000-0000-0000-000000000000' } }) },
});

const TDE_KEY = foundations('azure', { '3.0.0': '5.1.3', '2.1.0': '4.1.3', '2.0.0': '4.1.3' });
const tdeKey: readonly ResourcePolicy[] = [
  azureInputPolicy({
    id: 'azure-sql-encryption-protector',
    title: 'Encryption protectors of SQL servers are customer-managed keys',
    severity: 'low',
    enforcement: 'mandatory',
    controls: TDE_KEY,
    rationale: 'With a key in a vault of your own, you decide who may decrypt, see each use of it, and can withdraw it.',
    remediation: 'Set serverKeyType to AzureKeyVault, with the key in serverKeyName.',
    types: ['sql:EncryptionProtector'],
    noun: 'encryption protector',
    path: ['serverKeyType'],
    meets: (value) => isOneOf(value, 'AzureKeyVault'),
    problem: 'is a key of the service',
    examples: { fails: { serverName: 'example', serverKeyType: 'ServiceManaged' }, passes: { serverName: 'example', serverKeyType: 'AzureKeyVault', serverKeyName: 'vault_key_1' } },
  }),
  companionPolicy({
    id: 'azure-sql-customer-key',
    title: 'SQL servers are encrypted with customer-managed keys',
    severity: 'low',
    enforcement: 'mandatory',
    controls: TDE_KEY,
    rationale: 'With a key in a vault of your own, you decide who may decrypt, see each use of it, and can withdraw it. Without one, the service uses a key of its own.',
    remediation: 'Set keyId, or declare an EncryptionProtector for the server.',
    types: ['sql:Server'],
    noun: 'SQL server',
    among: protectors,
    applies: (resource) => !isStated(input(resource, 'keyId')),
    path: ['keyId'],
    problem: 'is encrypted with a key of the service',
    examples: { fails: server, passes: azureResource('sql:Server', { keyId: 'https://example.vault.azure.net/keys/sql/1' }) },
  }),
];

const transparentEncryption = azureInputPolicy({
  id: 'azure-sql-data-encryption',
  title: 'SQL databases are encrypted',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '5.1.5', '2.1.0': '4.1.5', '2.0.0': '4.1.5' }),
  rationale: 'Files, backups and logs of a database that is not encrypted can be read by whoever gets hold of them. Databases are encrypted unless that is turned off.',
  remediation: 'Set state to Enabled.',
  types: ['sql:TransparentDataEncryption'],
  noun: 'transparent data encryption',
  path: ['state'],
  otherwise: [['status']],
  meets: isEnabled,
  problem: 'is not on',
  fix: 'Enabled',
  examples: { fails: { databaseName: 'example', state: 'Disabled' }, passes: { databaseName: 'example', state: 'Enabled' } },
});

export const SQL_SERVERS: readonly Policy[] = [...auditingOn, auditRetention, administrator, transparentEncryption, ...tdeKey];
