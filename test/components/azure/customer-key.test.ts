import { BlobContainer, DataKey } from '../../../components/azure/data';
import { record, violations } from '../record';
import { GROUP, identities, network, promise, refusalOf } from './data/parts';

const vaultId = `${GROUP}/providers/Microsoft.KeyVault/vaults/vault`;

test('an identity of its own may wrap and unwrap with this key, and with no other', async () => {
  const recording = await record(async () => {
    const key = new DataKey('models-key', { network: network(), vaultId, vaultName: 'vault' });
    new BlobContainer('models', { network: network(), identities: identities(), key });
    return { keyName: await promise(key.keyName) };
  });
  const role = recording.one('azure-native:authorization:RoleAssignment');
  expect(role.inputs).toMatchObject({ scope: `${vaultId}/keys/${recording.result.keyName}`, roleDefinitionId: expect.stringMatching(/e147488a-f6f5-4113-8e2d-b22465e65bf6$/) });
  const key = recording.one('azure-native:keyvault:Key');
  expect(key.inputs).toMatchObject({ resourceGroupName: 'kubeflow', vaultName: 'vault', properties: { keyOps: ['wrapKey', 'unwrapKey'] } });
  expect(key.options.protect).toBe(true);
  expect(recording.one('azure-native:storage:StorageAccount').inputs.encryption.keyVaultProperties.keyName).toBe(recording.result.keyName);
  expect(violations(recording)).toEqual([]);
});

test('rotation has limits', async () => {
  const refusal = await refusalOf(() => new DataKey('key', { network: network(), vaultId, vaultName: 'vault', rotationDays: 1 }));
  expect(refusal.message).toMatch(/key: rotationDays is 1/);
  expect(refusal.registered).toEqual([]);
});
