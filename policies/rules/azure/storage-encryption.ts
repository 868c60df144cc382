import type { Policy } from '../../engine/policy';
import { foundations } from '../cis';
import { isOneOf } from '../cloud/inputs';
import { isTrue, notFalse } from './azure-resource';
import { azureInputPolicy } from './input-policy';

const types = ['storage:StorageAccount'] as const;
const noun = 'storage account';

/** CIS: storage accounts refuse plain HTTP. */
export const storageHttps = azureInputPolicy({
  id: 'azure-storage-https',
  title: 'Storage accounts require secure transfer',
  severity: 'high',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.4', '5.0.0': '9.3.4', '4.0.0': '10.3.4', '3.0.0': '4.1', '2.1.0': '3.1', '2.0.0': '3.1' }),
  rationale: 'Over plain HTTP, and over SMB without encryption, data and access keys can be read on their way. Azure requires secure transfer unless it is told not to.',
  remediation: 'Remove enableHttpsTrafficOnly, or set it to true.',
  types,
  noun,
  path: ['enableHttpsTrafficOnly'],
  meets: notFalse,
  problem: 'accepts transfer that is not encrypted',
  fix: true,
  examples: { fails: { enableHttpsTrafficOnly: false }, passes: { enableHttpsTrafficOnly: true } },
});

/** CIS: storage accounts speak TLS 1.2 or newer. */
export const storageTls = azureInputPolicy({
  id: 'azure-storage-tls',
  title: 'Storage accounts require TLS 1.2',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '9.3.6', '5.0.0': '9.3.6', '4.0.0': '10.3.7', '3.0.0': '4.15', '2.1.0': '3.15', '2.0.0': '3.15' }),
  rationale: 'TLS 1.0 and 1.1 can be attacked. An account that does not state a minimum is taken to allow TLS 1.0.',
  remediation: 'Set minimumTlsVersion to TLS1_2.',
  types,
  noun,
  path: ['minimumTlsVersion'],
  meets: (value) => isOneOf(value, 'TLS1_2', 'TLS1_3'),
  problem: (value) => (value === undefined ? 'states no minimum version of TLS' : 'allows versions of TLS older than 1.2'),
  fix: 'TLS1_2',
  examples: { fails: { minimumTlsVersion: 'TLS1_0' }, passes: { minimumTlsVersion: 'TLS1_2' } },
});

/** CIS: a second layer of encryption below that of the service. */
export const storageInfrastructureEncryption = azureInputPolicy({
  id: 'azure-storage-infrastructure-encryption',
  title: 'Storage accounts are encrypted by the infrastructure too',
  severity: 'low',
  enforcement: 'mandatory',
  controls: foundations('azure', { '3.0.0': '4.2', '2.1.0': '3.2', '2.0.0': '3.2' }),
  rationale: 'A second layer of encryption, with another algorithm and another key, still protects the data if one of the two fails. It can only be chosen when the account is created.',
  remediation: 'Create the account with encryption.requireInfrastructureEncryption set to true.',
  types,
  noun,
  path: ['encryption', 'requireInfrastructureEncryption'],
  meets: isTrue,
  problem: 'is not encrypted by the infrastructure',
  fix: true,
  examples: { fails: { encryption: {} }, passes: { encryption: { keySource: 'Microsoft.Storage', requireInfrastructureEncryption: true } } },
});

/** CIS: critical data is encrypted with keys of one's own. */
export const storageCustomerKey = azureInputPolicy({
  id: 'azure-storage-customer-key',
  title: 'Storage accounts are encrypted with customer-managed keys',
  severity: 'low',
  enforcement: 'advisory',
  controls: foundations('azure', { '4.0.0': '2.1.1.2.1', '3.0.0': '4.11', '2.1.0': '3.12', '2.0.0': '3.12' }),
  rationale: 'With a key in a vault of your own, you decide who may decrypt, see each use of it, and can withdraw it. Which data is critical enough for that is yours to judge.',
  remediation: 'Set encryption.keySource to Microsoft.Keyvault, with the key in encryption.keyVaultProperties.',
  types,
  noun,
  path: ['encryption', 'keySource'],
  meets: (value) => isOneOf(value, 'Microsoft.Keyvault'),
  problem: 'is encrypted with keys of the platform',
  examples: {
    fails: { encryption: { keySource: 'Microsoft.Storage' } },
    passes: { encryption: { keySource: 'Microsoft.Keyvault', keyVaultProperties: { keyName: 'storage', keyVaultUri: 'https://example.vault.azure.net' } } },
  },
});

/** CIS: critical data survives the loss of a region. */
export const storageGeoRedundancy = azureInputPolicy({
  id: 'azure-storage-geo-redundancy',
  title: 'Storage accounts are replicated to another region',
  severity: 'low',
  enforcement: 'advisory',
  controls: foundations('azure', { '6.0.0': '9.3.11', '5.0.0': '9.3.11', '4.0.0': '10.3.12' }),
  rationale: 'Replicas within one region are lost with it. Which accounts are critical enough for another region is yours to judge.',
  remediation: 'Choose a geo-redundant SKU such as Standard_GRS.',
  types,
  noun,
  path: ['sku', 'name'],
  meets: (value) => isOneOf(value, 'Standard_GRS', 'Standard_RAGRS', 'Standard_GZRS', 'Standard_RAGZRS', 'StandardV2_GRS', 'StandardV2_GZRS'),
  problem: 'keeps its data in one region',
  examples: { fails: { sku: { name: 'Standard_LRS' } }, passes: { sku: { name: 'Standard_GRS' } } },
});

export const STORAGE_ENCRYPTION: readonly Policy[] = [
  storageHttps,
  storageTls,
  storageInfrastructureEncryption,
  storageCustomerKey,
  storageGeoRedundancy,
];
