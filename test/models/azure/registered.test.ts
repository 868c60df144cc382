import { verdict, type Verdict } from '../registered';
import { AZURE } from './mapping';
import { recordAzure } from './programs';

describe('what is registered with Azure', () => {
  let found: Verdict;
  beforeAll(async () => {
    found = verdict(await recordAzure(), AZURE);
  }, 60_000);

  it('is what its APIs take', () => {
    expect(found.contradictions).toEqual([]);
  });

  it('is compared, or known to have nothing to compare (mapping.ts)', () => {
    expect(found.unmapped).toEqual([]);
    expect(found.idle).toEqual([]);
  });

  it('is compared where names of fields differ, and where it matters most', () => {
    expect(found.compared).toEqual(
      expect.arrayContaining([
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
      ]),
    );
  });
});
