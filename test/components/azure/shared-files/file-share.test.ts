import { assumedShareAccountLookups, existingFileShare, FileShare, liveShareAccountLookups, type FileShareArgs, type FoundShareAccount } from '../../../../components/azure/shared-files';
import { record, violations } from '../../record';
import { key, network, promise, Provider, refusalOf, resolved } from '../data/parts';

const ACCOUNT = 'azure-native:storage:StorageAccount';
const DRIVER = '77777777-2222-4333-8444-555555555555';

function files(args: Partial<FileShareArgs> = {}, name = 'shared-files') {
  return new FileShare(name, { network: network(), driverPrincipalId: DRIVER, ...args });
}

test('shares are in an account of their own, which only the network reaches, and no key opens', async () => {
  const recording = await record(() => files());
  expect(recording.one(ACCOUNT).inputs).toMatchObject({ kind: 'FileStorage', sku: { name: 'Premium_ZRS' }, allowSharedKeyAccess: false, publicNetworkAccess: 'Disabled', enableHttpsTrafficOnly: true });
  expect(recording.one('azure-native:network:PrivateEndpoint').inputs.privateLinkServiceConnections).toMatchObject([{ groupIds: ['file'] }]);
  expect(recording.one('azure-native:privatedns:PrivateZone').inputs.privateZoneName).toBe('privatelink.file.core.windows.net');
  expect(violations(recording)).toEqual([]);
});

test('the driver makes shares in this account, and in no other', async () => {
  const recording = await record(() => files());
  expect(recording.one('azure-native:authorization:RoleAssignment').inputs).toMatchObject({
    principalId: DRIVER,
    scope: await promise(recording.result.accountId),
    roleDefinitionId: expect.stringMatching(/^\/subscriptions\/[0-9a-f-]+\/providers\/Microsoft\.Authorization\/roleDefinitions\/17d1049b-9a84-46fb-8f53-869881c3d3ab$/),
  });
});

test('volumes are NFS with TLS: nothing of theirs is stored in the cluster', async () => {
  const { result } = await record(async () => {
    const share = files();
    const { parameters } = share.volumes;
    const entries = await Promise.all(Object.entries(parameters).map(async ([name, value]) => [name, await resolved(value)] as const));
    return { volumes: share.volumes, parameters: Object.fromEntries(entries), account: await promise(share.accountName) };
  });
  expect(result.volumes).toMatchObject({ provisioner: 'file.csi.azure.com', expandable: true });
  expect(result.parameters).toMatchObject({ protocol: 'nfs', encryptInTransit: 'true', storageAccount: result.account, resourceGroup: 'kubeflow', skuName: 'Premium_ZRS', networkEndpointType: 'privateEndpoint' });
  expect(Object.keys(result.parameters).filter((name) => /secret|key/i.test(name))).toEqual([]);
});

test('without TLS the account takes what is not encrypted, which policies find', async () => {
  const recording = await record(() => files({ encryptInTransit: false }));
  expect(recording.one(ACCOUNT).inputs.enableHttpsTrafficOnly).toBe(false);
  expect(recording.result.volumes.parameters['encryptInTransit']).toBe('false');
  expect(violations(recording)).toEqual([expect.stringContaining('azure-storage-https')]);
});

test('retention', async () => {
  const keep = await record(() => files());
  expect(keep.one(ACCOUNT).options.protect).toBe(true);
  expect(keep.one('azure-native:storage:FileServiceProperties').inputs.shareDeleteRetentionPolicy).toEqual({ enabled: true, days: 30 });
  const gone = await record(() => files({ retention: 'delete' }));
  expect(gone.one(ACCOUNT).options.protect).toBe(false);
  expect(violations(gone)).toEqual([]);
});

test('a key in a vault encrypts files', async () => {
  const recording = await record(() => files({ key }));
  expect(recording.one(ACCOUNT).inputs.encryption).toMatchObject({ keySource: 'Microsoft.Keyvault', keyVaultProperties: { keyName: 'data' } });
});

test('a preview does not know the account', async () => {
  const { result } = await record(() => resolved(files().volumes.parameters['storageAccount'] ?? ''), { preview: true });
  expect(result).toBe('?');
});

test.each([
  [{ softDeleteDays: 400 }, /softDeleteDays is 400/],
  [{ accountName: 'No' }, /accountName is 'No'/],
] satisfies [Partial<FileShareArgs>, RegExp][])('%j is refused', async (args, message) => {
  const refusal = await refusalOf(() => files(args));
  expect(refusal.message).toMatch(message);
  expect(refusal.registered).toEqual([]);
});

describe('an account that exists', () => {
  const given = { resourceGroup: 'data', accountName: 'filesofteam' };
  const fine: FoundShareAccount = { kind: 'FileStorage', sku: 'Premium_LRS', publicNetworkAccess: false, secureTransfer: true };

  test('is used as it is', async () => {
    const { result } = await record(() => existingFileShare(liveShareAccountLookups(new Provider()), given));
    expect(result.volumes.parameters).toMatchObject({ storageAccount: 'filesofteam', resourceGroup: 'data', skuName: 'Premium_LRS', encryptInTransit: 'true' });
    const offline = await existingFileShare(assumedShareAccountLookups(), given);
    expect(offline.volumes.parameters).toMatchObject({ skuName: 'Premium_ZRS' });
  });

  test.each([
    [undefined, /sharedFiles: accountName is 'filesofteam'; expected a storage account in the resource group 'data'/],
    [{ ...fine, kind: 'StorageV2' }, /of the kind StorageV2/],
    [{ ...fine, publicNetworkAccess: true }, /whoever reaches an NFS share may use it/],
  ])('%j is refused', async (found, message) => {
    await expect(existingFileShare({ shareAccount: async () => found }, given)).rejects.toThrow(message);
  });
});
