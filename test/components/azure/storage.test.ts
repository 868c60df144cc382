import * as pulumi from '@pulumi/pulumi';
import { azureDisks } from '../../../components/azure';
import { hasToken } from '../../../constructs/core';

test('volumes move between zones, are encrypted with the given key, and are not exported over the network', () => {
  const { volumes } = azureDisks({ diskEncryptionSetId: pulumi.output('/subscriptions/s/diskEncryptionSets/disks') });
  expect(volumes).toMatchObject({ provisioner: 'disk.csi.azure.com', waitForConsumer: true, expandable: true, parameters: { skuName: 'Premium_ZRS', networkAccessPolicy: 'DenyAll', publicNetworkAccess: 'Disabled', cachingMode: 'ReadOnly' } });
  expect(hasToken(volumes.parameters['diskEncryptionSetID'] ?? '')).toBe(true);
});

test('disks of the second version have no cache on the host, and without a set there is none named', () => {
  expect(azureDisks({ kind: 'PremiumV2_LRS' }).volumes.parameters).toEqual({ skuName: 'PremiumV2_LRS', networkAccessPolicy: 'DenyAll', publicNetworkAccess: 'Disabled', cachingMode: 'None' });
});
