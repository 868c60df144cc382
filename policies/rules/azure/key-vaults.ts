import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { input, isOneOf } from '../cloud/inputs';
import { azureResource, isTrue, notFalse } from './azure-resource';
import { azureInputPolicy } from './input-policy';

const types = ['keyvault:Vault'] as const;
const noun = 'key vault';

const recoverable: ResourcePolicy = {
  id: 'azure-key-vault-recoverable',
  title: 'Key vaults can be recovered',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '8.3.5', '5.0.0': '8.3.5', '4.0.0': '9.3.5', '3.0.0': '3.3.5', '2.1.0': '8.5', '2.0.0': '8.5' }),
  rationale: 'What a lost key has encrypted is lost with it. Soft delete, on by default, keeps deleted keys for a while; purge protection keeps them even from whoever may purge the vault.',
  remediation: 'Set properties.enablePurgeProtection to true, and do not turn off properties.enableSoftDelete.',
  resourceTypes: ['azure-native:keyvault:Vault'],
  examples: {
    fails: azureResource('keyvault:Vault', { properties: { enableSoftDelete: true } }),
    passes: azureResource('keyvault:Vault', { properties: { enablePurgeProtection: true } }),
  },
  check(vault, report) {
    const purge = ['properties', 'enablePurgeProtection'];
    const purgeProtection = input(vault, ...purge);
    if (purgeProtection !== true) report.finding({ path: purge, found: purgeProtection, message: `key vault '${vault.name}' is not protected from being purged`, fix: true });
    const soft = ['properties', 'enableSoftDelete'];
    const softDelete = input(vault, ...soft);
    if (!notFalse(softDelete)) report.finding({ path: soft, found: softDelete, message: `key vault '${vault.name}' does not keep what is deleted`, fix: true });
  },
};

const rbac = azureInputPolicy({
  id: 'azure-key-vault-rbac',
  title: 'Key vaults use role-based access control',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '8.3.6', '5.0.0': '8.3.6', '4.0.0': '9.3.6', '3.0.0': '3.3.6', '2.1.0': '8.6', '2.0.0': '8.6' }),
  rationale: 'Access policies grant a whole vault, and whoever may edit the vault may grant themselves access. Roles can be granted for a single secret, and by administrators only.',
  remediation: 'Set properties.enableRbacAuthorization to true, and grant roles in place of access policies.',
  types,
  noun,
  path: ['properties', 'enableRbacAuthorization'],
  meets: isTrue,
  problem: 'is opened by access policies',
  fix: true,
  examples: { fails: { properties: { accessPolicies: [] } }, passes: { properties: { enableRbacAuthorization: true } } },
});

const publicNetwork = azureInputPolicy({
  id: 'azure-key-vault-public-network',
  title: 'Key vaults are closed to public networks',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '8.3.7', '5.0.0': '8.3.7', '4.0.0': '9.3.7' }),
  rationale: 'A vault that only private endpoints reach cannot be read from the Internet with stolen credentials. Public network access is on unless it is turned off.',
  remediation: 'Set properties.publicNetworkAccess to disabled, and reach the vault through a private endpoint.',
  types,
  noun,
  path: ['properties', 'publicNetworkAccess'],
  meets: (value) => isOneOf(value, 'disabled', 'SecuredByPerimeter'),
  problem: 'can be reached from public networks',
  fix: 'disabled',
  examples: { fails: { properties: { publicNetworkAccess: 'enabled' } }, passes: { properties: { publicNetworkAccess: 'disabled' } } },
});

const keyRotation = azureInputPolicy({
  id: 'azure-key-rotation',
  title: 'Keys are rotated automatically',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '8.3.9', '5.0.0': '8.3.9', '4.0.0': '9.3.9', '3.0.0': '3.3.8', '2.1.0': '8.8', '2.0.0': '8.8' }),
  rationale: 'A key that is replaced regularly protects less data for less time if it becomes known. What nobody has to remember happens.',
  remediation: 'Add an action of type rotate to properties.rotationPolicy.lifetimeActions.',
  types: ['keyvault:Key'],
  noun: 'key',
  path: ['properties', 'rotationPolicy', 'lifetimeActions'],
  meets: (value, key) => Array.isArray(value) && value.some((_, index) => isOneOf(input(key, 'properties', 'rotationPolicy', 'lifetimeActions', index, 'action', 'type'), 'rotate')),
  problem: 'is not rotated automatically',
  examples: {
    fails: { properties: { rotationPolicy: { lifetimeActions: [{ action: { type: 'notify' } }] } } },
    passes: { properties: { rotationPolicy: { lifetimeActions: [{ action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P90D' } }] } } },
  },
});

export const KEY_VAULTS: readonly Policy[] = [recoverable, rbac, publicNetwork, keyRotation];
