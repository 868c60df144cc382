import { describeRegistered } from '../registered-tests';
import { AZURE } from './mapping';
import { recordAzure } from './programs';

describeRegistered('Azure', recordAzure, AZURE, [
  'azure-native:containerservice:AgentPool osSKU',
  'azure-native:containerservice:AgentPool scaleSetPriority',
  'azure-native:containerservice:ManagedCluster autoUpgradeProfile.nodeOSUpgradeChannel',
  'azure-native:containerservice:ManagedCluster networkProfile.networkDataplane',
  'azure-native:containerservice:ManagedCluster networkProfile.networkPolicy',
  'azure-native:containerservice:ManagedCluster securityProfile.azureKeyVaultKms.keyVaultNetworkAccess',
  'azure-native:dbformysql:Server highAvailability.mode',
  'azure-native:dbforpostgresql:Server authConfig.passwordAuth',
  'azure-native:storage:StorageAccount minimumTlsVersion',
  'azure-native:storage:StorageAccount sku.name',
]);
