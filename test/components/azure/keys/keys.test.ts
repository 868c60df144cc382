import { Keys, Network, type KeysArgs } from '../../../../components/azure';
import { record } from '../../record';
import { refusal, TENANT } from '../stack';

function program(args: Partial<KeysArgs> = {}, name = 'keys'): Keys {
  const network = new Network('network', { location: 'westeurope' });
  return new Keys(name, { network, tenantId: TENANT, workspaceId: '/subscriptions/s/workspaces/logs', ...args });
}

const made = (args: Partial<KeysArgs> = {}) => record(() => program(args));

const vault = 'azure-native:keyvault:Vault';

test('the vault is reached from inside the network and by trusted services, and opened by roles', async () => {
  const recording = await made();
  const { properties } = recording.one(vault).inputs;
  expect(properties).toMatchObject({ publicNetworkAccess: 'disabled', enableRbacAuthorization: true, networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [] } });
  const endpoint = recording.one('azure-native:network:PrivateEndpoint').inputs;
  expect(endpoint['subnet']['id']).toMatch(/subnets\/endpoints$/);
  expect(endpoint['privateLinkServiceConnections'][0]).toMatchObject({ groupIds: ['vault'], privateLinkServiceId: expect.stringMatching(/vaults\/keys/) });
  expect(recording.one('azure-native:privatedns:PrivateZone').inputs['privateZoneName']).toBe('privatelink.vaultcore.azure.net');
});

test('what is deleted can be recovered for as long as retention says, and not be purged in either case', async () => {
  const kept = (await made()).one(vault).inputs['properties'];
  expect(kept).toMatchObject({ softDeleteRetentionInDays: 90, enableSoftDelete: true, enablePurgeProtection: true });
  const gone = (await made({ retention: 'delete' })).one(vault).inputs['properties'];
  expect(gone).toMatchObject({ softDeleteRetentionInDays: 7, enableSoftDelete: true, enablePurgeProtection: true });
});

test('disks are encrypted with a key of their own, that only their set may use', async () => {
  const recording = await made();
  const set = recording.one('azure-native:compute:DiskEncryptionSet').inputs;
  expect(set['activeKey']['keyUrl']).toMatch(/\/keys\/keys-disks[^/]*\/[0-9a-f]{32}$/);
  expect(set['rotationToLatestKeyVersionEnabled']).toBe(true);
  const roles = recording.ofType('azure-native:authorization:RoleAssignment');
  expect(roles.map(({ inputs }) => [inputs['roleDefinitionId'].split('/').at(-1), inputs['scope'].replace(/[0-9a-f]{8}(?=$|\/)/g, '').split('/').slice(-4).join('/')])).toEqual([
    ['e147488a-f6f5-4113-8e2d-b22465e65bf6', 'vaults/keys/keys/keys-disks'],
  ]);
});

test('keys are replaced in time, and each version ends after twice as long', async () => {
  const recording = await made({ rotationDays: 90 });
  for (const { inputs } of recording.ofType('azure-native:keyvault:Key')) {
    const { attributes, lifetimeActions } = inputs['properties']['rotationPolicy'];
    expect(attributes.expiryTime).toBe('P180D');
    expect(lifetimeActions).toContainEqual({ action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P90D' } });
  }
});

test.each<[string, Partial<KeysArgs>, string, string]>([
  ['keys replaced too often', { rotationDays: 7 }, 'keys', 'rotationDays is 7; expected a whole number from 28 to 730'],
  ['a name too long for a vault', {}, 'encryption-of-everything', 'at most 16: it begins the name of a key vault, of which Azure allows 24'],
  ['a name no vault may have', {}, 'keys--of', 'single hyphens'],
])('%s is refused', async (_, args, name, problem) => {
  expect((await refusal(() => program(args, name))).message).toContain(problem);
});
