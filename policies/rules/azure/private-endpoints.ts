import type { Policy } from '../../engine/policy';
import { foundations } from '../cis';
import { each } from '../cloud/references';
import { azureResource } from './azure-resource';
import { companionPolicy } from './companion-policy';
import { azureReferences } from './references';

/** An index of the private endpoints to resources of some types. */
function privateEndpointsTo(to: readonly string[]) {
  const lists = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'];
  return azureReferences({ from: ['network:PrivateEndpoint'], inputs: lists.map((list) => [list, each, 'privateLinkServiceId']), by: 'id', to });
}

const STORAGE = ['storage:StorageAccount'];
const VAULT = ['keyvault:Vault'];
const COSMOS = ['cosmosdb:DatabaseAccount', 'documentdb:DatabaseAccount'];

/** A resource and the private endpoint to it. */
function withEndpoint(type: string, kind: string, nameInput: string) {
  const resource = azureResource(type, { [nameInput]: 'example' });
  const id = `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/example/providers/${kind}/example`;
  return { fails: resource, passes: [resource, azureResource('network:PrivateEndpoint', { privateLinkServiceConnections: [{ name: 'example', privateLinkServiceId: id }] })] };
}

const asked = {
  severity: 'low',
  enforcement: 'advisory',
  problem: 'is reached through no private endpoint of this stack',
} as const;

const storagePrivateEndpoint = companionPolicy({
  ...asked,
  id: 'azure-storage-private-endpoint',
  title: 'Storage accounts are reached through private endpoints',
  controls: foundations('azure', { '6.0.0': '9.3.2.1', '5.0.0': '9.3.2.1', '4.0.0': '10.3.2.1', '3.0.0': '4.9', '2.1.0': '3.10', '2.0.0': '3.10' }),
  rationale: 'Through a private endpoint, traffic to the account stays in your network, and public access can be turned off.',
  remediation: 'Declare a PrivateEndpoint whose connection names the account.',
  types: STORAGE,
  among: privateEndpointsTo(STORAGE),
  noun: 'storage account',
  examples: withEndpoint('storage:StorageAccount', 'Microsoft.Storage/storageAccounts', 'accountName'),
});

const keyVaultPrivateEndpoint = companionPolicy({
  ...asked,
  id: 'azure-key-vault-private-endpoint',
  title: 'Key vaults are reached through private endpoints',
  controls: foundations('azure', { '6.0.0': '8.3.8', '5.0.0': '8.3.8', '4.0.0': '9.3.8', '3.0.0': '3.3.7', '2.1.0': '8.7', '2.0.0': '8.7' }),
  rationale: 'Through a private endpoint, secrets and keys stay in your network, and public access to the vault can be turned off.',
  remediation: 'Declare a PrivateEndpoint whose connection names the vault.',
  types: VAULT,
  among: privateEndpointsTo(VAULT),
  noun: 'key vault',
  examples: withEndpoint('keyvault:Vault', 'Microsoft.KeyVault/vaults', 'vaultName'),
});

const cosmosPrivateEndpoint = companionPolicy({
  ...asked,
  id: 'azure-cosmos-private-endpoint',
  title: 'Cosmos DB accounts are reached through private endpoints',
  controls: foundations('azure', { '3.0.0': '5.4.2', '2.1.0': '4.5.2', '2.0.0': '4.5.2' }),
  rationale: 'Through a private endpoint, traffic to the databases stays in your network, and public access can be turned off.',
  remediation: 'Declare a PrivateEndpoint whose connection names the account.',
  types: COSMOS,
  among: privateEndpointsTo(COSMOS),
  noun: 'Cosmos DB account',
  examples: withEndpoint('cosmosdb:DatabaseAccount', 'Microsoft.DocumentDB/databaseAccounts', 'accountName'),
});

export const PRIVATE_ENDPOINTS: readonly Policy[] = [storagePrivateEndpoint, keyVaultPrivateEndpoint, cosmosPrivateEndpoint];
