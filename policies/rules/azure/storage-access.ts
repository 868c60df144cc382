import type { Policy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { foundations } from '../cis';
import { input, isOneOf } from '../cloud/inputs';
import { isFalse, isTrue, notTrue } from './azure-resource';
import { azureInputPolicy } from './input-policy';

const types = ['storage:StorageAccount'] as const;
const noun = 'storage account';

/** CIS: nobody reads blobs without signing in. */
export const storageAnonymousAccess = azureInputPolicy({
  id: 'azure-storage-anonymous-access',
  title: 'Storage accounts allow no anonymous access to blobs',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.8', '5.0.0': '9.3.8', '4.0.0': '10.3.9', '3.0.0': '4.17', '2.1.0': '3.17', '2.0.0': '3.7' }),
  rationale: 'As long as the account allows it, one container with a public access level, set by mistake, opens its blobs to everyone. Azure allows it only where it is asked to.',
  remediation: 'Remove allowBlobPublicAccess, or set it to false.',
  types,
  noun,
  path: ['allowBlobPublicAccess'],
  meets: notTrue,
  problem: 'allows anonymous access to blobs',
  fix: false,
  examples: { fails: { allowBlobPublicAccess: true }, passes: { allowBlobPublicAccess: false } },
});

/** CIS: the account cannot be reached from public networks. */
export const storagePublicNetwork = azureInputPolicy({
  id: 'azure-storage-public-network',
  title: 'Storage accounts are closed to public networks',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.2.2', '5.0.0': '9.3.2.2', '4.0.0': '10.3.2.2', '3.0.0': '4.6', '2.1.0': '3.7' }),
  rationale: 'An account that only private endpoints reach cannot be attacked from the Internet with a leaked key. Public network access is on unless it is turned off.',
  remediation: 'Set publicNetworkAccess to Disabled, and reach the account through a private endpoint.',
  types,
  noun,
  path: ['publicNetworkAccess'],
  meets: (value) => isOneOf(value, 'Disabled', 'SecuredByPerimeter'),
  problem: 'can be reached from public networks',
  fix: 'Disabled',
  examples: { fails: { publicNetworkAccess: 'Enabled' }, passes: { publicNetworkAccess: 'Disabled' } },
});

const BYPASS = ['networkRuleSet', 'bypass'];

/** Whether trusted services pass the network rules: they do by default. Several names stand between commas: `Logging, AzureServices`. */
function passesServices(bypass: unknown): boolean {
  return bypass === undefined || (typeof bypass === 'string' && bypass.split(',').some((name) => isOneOf(name.trim(), 'AzureServices')));
}

/** What passes the network rules, and trusted services too. */
function withServices(bypass: unknown): string {
  return typeof bypass !== 'string' || isOneOf(bypass.trim(), '', 'None') ? 'AzureServices' : `${bypass}, AzureServices`;
}

/** CIS: network rules deny what they do not allow. */
export const storageDefaultDeny = azureInputPolicy({
  id: 'azure-storage-default-deny',
  title: 'Network rules of storage accounts deny by default',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.2.3', '5.0.0': '9.3.2.3', '4.0.0': '10.3.2.3', '3.0.0': '4.7', '2.1.0': '3.8', '2.0.0': '3.8' }),
  rationale: 'Without network rules, or with rules that allow by default, every network may connect to the account. Rules should name the networks that may.',
  remediation: 'Set networkRuleSet.defaultAction to Deny, and list the networks that may connect.',
  types,
  noun,
  path: ['networkRuleSet', 'defaultAction'],
  // Rules that are not stated do not matter where no public network may connect at all.
  meets: (value, account) => isOneOf(value, 'Deny') || (value === undefined && isOneOf(input(account, 'publicNetworkAccess'), 'Disabled')),
  problem: 'allows connections from every network by default',
  // Rules that deny keep out trusted services, where they did not before, unless those may pass.
  mend: (account) => {
    const bypass = readOr(undefined, () => input(account, ...BYPASS));
    return { fix: { defaultAction: 'Deny', ...(!passesServices(bypass) && { bypass: withServices(bypass) }) }, fixAt: ['networkRuleSet'] };
  },
  examples: { fails: { networkRuleSet: { defaultAction: 'Allow' } }, passes: { networkRuleSet: { defaultAction: 'Deny' } } },
});

/** CIS: services of Azure that are trusted may pass the network rules. */
export const storageTrustedServices = azureInputPolicy({
  id: 'azure-storage-trusted-services',
  title: 'Trusted services of Azure may reach storage accounts',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.5', '5.0.0': '9.3.5', '4.0.0': '10.3.5', '3.0.0': '4.8', '2.1.0': '3.9', '2.0.0': '3.9' }),
  rationale: 'Backup, monitoring and other services of Azure connect from networks that no rule can name. Where rules deny by default, they work only if trusted services may pass.',
  remediation: 'Add AzureServices to networkRuleSet.bypass, or remove bypass.',
  types,
  noun,
  path: BYPASS,
  applies: (account) => isOneOf(input(account, 'networkRuleSet', 'defaultAction'), 'Deny'),
  meets: passesServices,
  problem: 'keeps out trusted services of Azure',
  mend: (account) => ({ fix: withServices(input(account, ...BYPASS)) }),
  examples: {
    fails: { networkRuleSet: { bypass: 'None', defaultAction: 'Deny' } },
    passes: { networkRuleSet: { bypass: 'Logging, AzureServices', defaultAction: 'Deny' } },
  },
});

/** CIS: access keys are not used. */
export const storageSharedKey = azureInputPolicy({
  id: 'azure-storage-shared-key',
  title: 'Storage accounts refuse access keys',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.1.3', '5.0.0': '9.3.1.3', '4.0.0': '10.3.1.3' }),
  rationale: 'An access key grants everything, to whoever holds it, without a name in the log. Without keys, each request is made by an identity that can be restricted and withdrawn.',
  remediation: 'Set allowSharedKeyAccess to false, and grant roles to identities.',
  types,
  noun,
  path: ['allowSharedKeyAccess'],
  meets: isFalse,
  problem: 'accepts its access keys',
  fix: false,
  examples: { fails: { allowSharedKeyAccess: true }, passes: { allowSharedKeyAccess: false } },
});

/** CIS: somebody is reminded to rotate the access keys. */
export const storageKeyReminder = azureInputPolicy({
  id: 'azure-storage-key-rotation-reminder',
  title: 'Storage accounts remind of the rotation of their keys',
  severity: 'low',
  enforcement: 'advisory',
  controls: foundations('azure', { '6.0.0': '9.3.1.1', '5.0.0': '9.3.1.1', '4.0.0': '10.3.1.1', '3.0.0': '4.3', '2.1.0': '3.3', '2.0.0': '3.3' }),
  rationale: 'An access key that leaked unnoticed works until it is replaced. The reminder makes visible which keys are due.',
  remediation: 'Set keyPolicy.keyExpirationPeriodInDays, to 90 or less.',
  types,
  noun,
  path: ['keyPolicy', 'keyExpirationPeriodInDays'],
  meets: (value) => typeof value === 'number' && value > 0,
  problem: 'does not remind of the rotation of its keys',
  fix: 90,
  examples: { fails: {}, passes: { keyPolicy: { keyExpirationPeriodInDays: 90 } } },
});

/** CIS: no objects are replicated to other tenants. */
export const storageCrossTenantReplication = azureInputPolicy({
  id: 'azure-storage-cross-tenant-replication',
  title: 'Storage accounts do not replicate to other tenants',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.7', '5.0.0': '9.3.7', '4.0.0': '10.3.8', '3.0.0': '4.16', '2.1.0': '3.16' }),
  rationale: 'A replication policy can copy every object to an account of somebody else. Azure refuses that unless the account allows it.',
  remediation: 'Remove allowCrossTenantReplication, or set it to false.',
  types,
  noun,
  path: ['allowCrossTenantReplication'],
  meets: notTrue,
  problem: 'allows replication to other tenants',
  fix: false,
  examples: { fails: { allowCrossTenantReplication: true }, passes: { allowCrossTenantReplication: false } },
});

/** CIS: the portal asks for an identity rather than a key. */
export const storageEntraByDefault = azureInputPolicy({
  id: 'azure-storage-entra-by-default',
  title: 'The portal uses Entra ID for storage accounts',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.3.1', '5.0.0': '9.3.3.1', '4.0.0': '10.3.3.1' }),
  rationale: 'Unless told otherwise, the portal reads data with the access key of the account, which passes over every role that was granted.',
  remediation: 'Set defaultToOAuthAuthentication to true.',
  types,
  noun,
  path: ['defaultToOAuthAuthentication'],
  meets: isTrue,
  problem: 'is opened with its access key in the portal',
  fix: true,
  examples: { fails: { defaultToOAuthAuthentication: false }, passes: { defaultToOAuthAuthentication: true } },
});

export const STORAGE_ACCESS: readonly Policy[] = [
  storageAnonymousAccess,
  storagePublicNetwork,
  storageDefaultDeny,
  storageTrustedServices,
  storageSharedKey,
  storageKeyReminder,
  storageCrossTenantReplication,
  storageEntraByDefault,
];
