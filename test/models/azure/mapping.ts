import { azure, azureName } from '../azure';
import type { InApi, Mapping } from '../registered';
import type { Schema } from '../schema';

/** Inputs that are names in the URL, and the libraries that say what they may be. */
const NAMES: Readonly<Record<string, readonly [requirement: string, parameter: string]>> = {
  'containerregistry cacheRuleName': ['azure-mgmt-containerregistry==10.3.0', 'cache_rule_name'],
  'containerregistry credentialSetName': ['azure-mgmt-containerregistry==10.3.0', 'credential_set_name'],
  'containerregistry registryName': ['azure-mgmt-containerregistry==10.3.0', 'registry_name'],
  'containerservice agentPoolName': ['azure-mgmt-containerservice==34.0.0', 'agent_pool_name'],
  'containerservice resourceName': ['azure-mgmt-containerservice==34.0.0', 'resource_name'],
  'keyvault keyName': ['azure-mgmt-keyvault==10.3.1', 'key_name'],
  'keyvault vaultName': ['azure-mgmt-keyvault==10.3.1', 'vault_name'],
  'storage accountName': ['azure-mgmt-storage==21.2.1', 'account_name'],
  'storage containerName': ['azure-mgmt-storage==21.2.1', 'container_name'],
};

function of(library: string, model: string): InApi {
  const withNames = (schema: Schema): Schema => ({
    ...schema,
    field(name) {
      const named = NAMES[`${library} ${name}`];
      return named ? azureName(...named) : schema.field?.(name);
    },
  });
  return { schemas: () => [withNames(azure(library, model))] };
}

/** What resources of the Azure provider are in Azure's APIs. */
export const AZURE: Mapping = {
  prefix: 'azure-native:',
  inApi: {
    'azure-native:compute:DiskEncryptionSet': of('compute', 'DiskEncryptionSet'),
    'azure-native:containerregistry:CacheRule': of('containerregistry', 'CacheRule'),
    'azure-native:containerregistry:CredentialSet': of('containerregistry', 'CredentialSet'),
    'azure-native:containerregistry:Registry': of('containerregistry', 'Registry'),
    'azure-native:containerservice:AgentPool': of('containerservice', 'AgentPool'),
    'azure-native:containerservice:MaintenanceConfiguration': of('containerservice', 'MaintenanceConfiguration'),
    'azure-native:containerservice:ManagedCluster': of('containerservice', 'ManagedCluster'),
    'azure-native:dbformysql:Server': of('mysqlflexibleservers', 'Server'),
    'azure-native:dbforpostgresql:Server': of('postgresqlflexibleservers', 'Server'),
    'azure-native:keyvault:Key': of('keyvault', 'KeyCreateParameters'),
    'azure-native:keyvault:Vault': of('keyvault', 'VaultCreateOrUpdateParameters'),
    'azure-native:network:FlowLog': of('network', 'FlowLog'),
    'azure-native:network:NatGateway': of('network', 'NatGateway'),
    'azure-native:network:NetworkSecurityGroup': of('network', 'NetworkSecurityGroup'),
    'azure-native:network:PublicIPAddress': of('network', 'PublicIPAddress'),
    'azure-native:storage:BlobContainer': of('storage', 'BlobContainer'),
    'azure-native:storage:BlobServiceProperties': of('storage', 'BlobServiceProperties'),
    'azure-native:storage:FileServiceProperties': of('storage', 'FileServiceProperties'),
    'azure-native:storage:ManagementPolicy': of('storage', 'ManagementPolicy'),
    'azure-native:storage:StorageAccount': of('storage', 'StorageAccountCreateParameters'),
  },
  unspoken: [
    'azure-native:authorization:ManagementLockByScope',
    'azure-native:authorization:RoleAssignment',
    'azure-native:dbformysql:Configuration',
    'azure-native:dbforpostgresql:Configuration',
    'azure-native:managedidentity:UserAssignedIdentity',
    'azure-native:monitor:DiagnosticSetting',
    'azure-native:network:PrivateDnsZoneGroup',
    'azure-native:network:PrivateEndpoint',
    'azure-native:network:Subnet',
    'azure-native:network:VirtualNetwork',
    'azure-native:operationalinsights:Workspace',
    'azure-native:privatedns:PrivateZone',
    'azure-native:privatedns:VirtualNetworkLink',
    'azure-native:resources:ResourceGroup',
  ],
  behind: {
    'azure-native:dbformysql:Server version=8.4': 'https://github.com/Azure/azure-rest-api-specs/issues/38382, https://github.com/hashicorp/terraform-provider-azurerm/pull/31099',
  },
};
