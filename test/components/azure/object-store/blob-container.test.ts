import { BlobContainer, existingContainer, liveContainerLookups, assumedContainerLookups, type BlobContainerArgs } from '../../../../components/azure/object-store';
import { PrivateLinkZone } from '../../../../components/azure/private-link';
import { record, violations } from '../../record';
import { chart, GROUP, identities, key, network, promise, Provider, refusalOf, resolved, SUBSCRIPTION } from '../data/parts';

const ACCOUNT = 'azure-native:storage:StorageAccount';
const serviceAccount = { namespace: 'models', name: 'predictor' };

function bucket(args: Partial<BlobContainerArgs> = {}, name = 'object-store') {
  const granted = identities();
  return { granted, container: new BlobContainer(name, { network: network(), identities: granted, ...args }) };
}

test('nobody reaches the account from outside, and nobody opens it with a key', async () => {
  const recording = await record(() => bucket({ key }));
  const { inputs } = recording.one(ACCOUNT);
  expect(inputs).toMatchObject({
    publicNetworkAccess: 'Disabled',
    networkRuleSet: { defaultAction: 'Deny' },
    allowSharedKeyAccess: false,
    allowBlobPublicAccess: false,
    isLocalUserEnabled: false,
    minimumTlsVersion: 'TLS1_2',
    enableHttpsTrafficOnly: true,
    sku: { name: 'Standard_ZRS' },
  });
  expect(recording.one('azure-native:storage:BlobContainer').inputs).toMatchObject({ containerName: 'kubeflow', publicAccess: 'None' });
  expect(violations(recording)).toEqual([]);
});

test('the name of the account begins with letters and digits of the component, and leaves room for what makes it unique', async () => {
  const recording = await record(() => bucket());
  const { name, inputs } = recording.one(ACCOUNT);
  expect(name).toBe('objectstore');
  expect(inputs.accountName).toBeUndefined();
  expect((await record(() => bucket({}, 'sixteen-letters-xy'))).one(ACCOUNT).name).toBe('sixteenlettersxy');
  expect(() => bucket({}, 'seventeen-letters-x')).toThrow(/name is 'seventeen-letters-x'; expected 1 to 16 letters and digits/);
  expect(() => bucket({}, '---')).toThrow(/expected 1 to 16/);
});

test('names lead to a private endpoint in the subnet of endpoints', async () => {
  const recording = await record(() => bucket());
  const account = (await promise(recording.result.container.accountId)) as string;
  expect(recording.one('azure-native:network:PrivateEndpoint').inputs).toMatchObject({
    subnet: { id: expect.stringMatching(/subnets\/endpoints$/) },
    privateLinkServiceConnections: [{ groupIds: ['blob'], privateLinkServiceId: account }],
  });
  const zone = recording.one('azure-native:privatedns:PrivateZone');
  expect(zone.inputs.privateZoneName).toBe('privatelink.blob.core.windows.net');
  expect(recording.one('azure-native:privatedns:VirtualNetworkLink').inputs).toMatchObject({ virtualNetwork: { id: expect.stringMatching(/virtualNetworks\/main$/) }, registrationEnabled: false });
  expect(recording.one('azure-native:network:PrivateDnsZoneGroup').inputs.privateDnsZoneConfigs).toMatchObject([{ privateDnsZoneId: `${GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.blob.core.windows.net` }]);
});

test('two containers of one network share its zone', async () => {
  const recording = await record(() => {
    const privateLinkZone = new PrivateLinkZone('blobs', { service: 'blob', network: network() });
    bucket({ privateLinkZone }, 'models');
    bucket({ privateLinkZone }, 'artefacts');
  });
  expect(recording.ofType('azure-native:privatedns:PrivateZone')).toHaveLength(1);
  expect(recording.ofType('azure-native:network:PrivateEndpoint')).toHaveLength(2);
  const { message } = await refusalOf(() => bucket({ privateLinkZone: new PrivateLinkZone('files', { service: 'file', network: network() }) }));
  expect(message).toBe("object-store: privateLinkZone is 'file'; expected a zone of the service 'blob'");
});

test('the key in the vault encrypts blobs, in the name of its identity, and may rotate', async () => {
  const recording = await record(() => bucket({ key }));
  const { encryption, identity } = recording.one(ACCOUNT).inputs;
  expect(encryption).toMatchObject({ keySource: 'Microsoft.Keyvault', keyVaultProperties: { keyName: 'data', keyVaultUri: key.vaultUri }, encryptionIdentity: { encryptionUserAssignedIdentity: key.identityId }, requireInfrastructureEncryption: true });
  expect(encryption.keyVaultProperties).not.toHaveProperty('keyVersion');
  expect(identity.userAssignedIdentities).toEqual([key.identityId]);
});

describe('retention', () => {
  test('keep: Pulumi refuses to delete account and container, and what is deleted comes back for 30 days', async () => {
    const recording = await record(() => bucket());
    expect(recording.one(ACCOUNT).options).toMatchObject({ protect: true });
    expect(recording.one('azure-native:storage:BlobContainer').options).toMatchObject({ protect: true });
    expect(recording.one('azure-native:storage:BlobServiceProperties').inputs).toMatchObject({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 30 },
      containerDeleteRetentionPolicy: { enabled: true, days: 30 },
    });
    // A lock would keep grants from being withdrawn.
    expect(recording.ofType('azure-native:authorization:ManagementLockByScope')).toEqual([]);
  });

  test('delete: all of it goes with the stack, and the policies are content', async () => {
    const recording = await record(() => bucket({ retention: 'delete' }));
    expect(recording.one(ACCOUNT).options.protect).toBe(false);
    expect(recording.one('azure-native:storage:BlobContainer').options.protect).toBe(false);
    expect(recording.one('azure-native:storage:BlobServiceProperties').inputs.deleteRetentionPolicy.days).toBe(7);
    expect(violations(recording)).toEqual([]);
  });

  test('old versions do not pile up', async () => {
    const recording = await record(() => bucket({ versionRetentionDays: 10 }));
    const [rule] = recording.one('azure-native:storage:ManagementPolicy').inputs.policy.rules;
    expect(rule).toMatchObject({ enabled: true, definition: { actions: { version: { delete: { daysAfterCreationGreaterThan: 10 } } } } });
    expect(rule.definition.actions).not.toHaveProperty('baseBlob');
  });
});

describe('grants', () => {
  test('a reader reads exactly this container', async () => {
    const { result } = await record(async () => {
      const { granted, container } = bucket();
      const grant = container.grant(chart(), 'models-read', { serviceAccount, access: 'read' });
      const [{ grants, ...to }] = granted.granted as [(typeof granted.granted)[number]];
      return { to, role: grants[0]?.roleDefinitionId, condition: grants[0]?.condition, count: grants.length, scope: await promise(grants[0]?.scope ?? ''), uri: await resolved(grant.uri), account: await resolved(grant.environment['AZURE_STORAGE_ACCOUNT'] ?? ''), identity: grant.identity, credentials: grant.credentials };
    });
    expect(result).toMatchObject({ to: { serviceAccount, id: 'models-read' }, count: 1, role: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', condition: undefined, credentials: undefined });
    expect(result.scope).toMatch(/\/storageAccounts\/objectstore[0-9a-f]{8}\/blobServices\/default\/containers\/kubeflow$/);
    expect(result.uri).toBe(`https://${result.account}.blob.core.windows.net/kubeflow/`);
    expect(result.identity.clientId).toBeDefined();
  });

  test('a writer of a part reads, lists and writes nothing else', async () => {
    const { result } = await record(async () => {
      const { granted, container } = bucket();
      const { uri } = container.grant(chart(), 'models-write', { serviceAccount, access: 'read-write', prefix: 'models/' });
      return { uri: await resolved(uri), grant: granted.granted[0]?.grants[0] };
    });
    expect(result.uri).toMatch(/\/kubeflow\/models\/$/);
    expect(result.grant?.roleDefinitionId).toBe('ba92f5b4-2d11-453d-a403-e96b0029c9fe');
    const condition = String(result.grant?.condition);
    for (const action of ['read', 'write', 'add/action', 'delete', 'move/action']) expect(allowed(condition, action, 'models/a', 'models/')).toBe(true);
    for (const action of ['read', 'write', 'add/action', 'delete', 'move/action']) expect(allowed(condition, action, 'secrets/a', 'secrets/')).toBe(false);
    expect(allowed(condition, 'list', '', 'models/a')).toBe(true);
    expect(allowed(condition, 'list', '', '')).toBe(false);
  });

  test('a reader of a part is restricted in what it reads and lists', async () => {
    const { result } = await record(() => {
      const { granted, container } = bucket();
      container.grant(chart(), 'read', { serviceAccount, access: 'read', prefix: 'data/' });
      return String(granted.granted[0]?.grants[0]?.condition);
    });
    expect(allowed(result, 'read', 'data/x', '')).toBe(true);
    expect(allowed(result, 'read', 'other/x', '')).toBe(false);
    expect(allowed(result, 'list', '', 'data/')).toBe(true);
    expect(allowed(result, 'list', '', '')).toBe(false);
  });

  test.each(['', '/models', "it's", 'a*', 'a?', 'a'.repeat(257)])('the prefix %j, which Azure cannot tell apart, is refused', async (prefix) => {
    const { message } = await refusalOf(() => bucket().container.grant(chart(), 'x', { serviceAccount, access: 'read', prefix }));
    expect(message).toMatch(/object-store: prefix is .*; expected up to 256 letters/);
  });
});

test.each([
  [{ containerName: 'Models' }, /containerName is 'Models'; expected 3 to 63 lower-case/],
  [{ containerName: 'a--b' }, /containerName/],
  [{ containerName: 'ab' }, /containerName/],
  [{ accountName: 'with-dash' }, /accountName is 'with-dash'; expected 3 to 24 lower-case/],
  [{ accountName: 'a'.repeat(25) }, /accountName/],
  [{ softDeleteDays: 0 }, /softDeleteDays is 0; expected a whole number from 1 to 365/],
  [{ softDeleteDays: 366 }, /softDeleteDays/],
  [{ versionRetentionDays: 1.5 }, /versionRetentionDays/],
] satisfies [Partial<BlobContainerArgs>, RegExp][])('%j is refused before anything is registered', async (args, message) => {
  const refusal = await refusalOf(() => bucket(args));
  expect(refusal.message).toMatch(message);
  expect(refusal.registered).toEqual([]);
});

test('who reads, writes and deletes is logged where that is asked for', async () => {
  const recording = await record(() => bucket({ logWorkspaceId: '/workspaces/logs' }));
  const { inputs } = recording.one('azure-native:monitor:DiagnosticSetting');
  expect(inputs.resourceUri).toMatch(/\/storageAccounts\/objectstore[0-9a-f]+\/blobServices\/default$/);
  expect(inputs.logs.map(({ category }: { category: string }) => category)).toEqual(['StorageRead', 'StorageWrite', 'StorageDelete']);
});

test('a preview knows everything but what Azure says', async () => {
  const recording = await record(async () => {
    const { container } = bucket();
    return { uri: await resolved(container.uri), bucket: container.bucket, region: container.region };
  }, { preview: true });
  expect(recording.result).toEqual({ uri: 'https://?/kubeflow/', bucket: 'kubeflow', region: 'westeurope' });
});

describe('a container that exists', () => {
  const given = { resourceGroup: 'data', accountName: 'team', containerName: 'models' };

  test('is granted as it is', async () => {
    const { result, resources } = await record(async () => {
      const granted = identities();
      const store = await existingContainer(liveContainerLookups(new Provider()), { ...given, identities: granted });
      const { uri } = store.grant(chart(), 'read', { serviceAccount, access: 'read' });
      return { uri, scope: await promise(granted.granted[0]?.grants[0]?.scope ?? '') };
    });
    expect(result.uri).toBe('https://team.blob.core.windows.net/models/');
    expect(result.scope).toBe(`/subscriptions/${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/team/blobServices/default/containers/models`);
    expect(resources.filter(({ type }) => !type.startsWith('pulumi:'))).toEqual([]);
  });

  test('is refused if it is not there, or open to everyone', async () => {
    const attempt = async (accountName: string) => (await refusalOf(() => existingContainer(liveContainerLookups(new Provider()), { ...given, accountName, identities: identities() }))).message;
    expect(await attempt('missing')).toMatch(/objectStore: containerName is 'models'; expected a container of the storage account 'missing' in the resource group 'data'/);
    expect(await attempt('public')).toMatch(/expected a container without public access/);
    expect(await attempt('NO')).toMatch(/accountName/);
  });

  test('is taken to be fine offline', async () => {
    const { result } = await record(() => existingContainer(assumedContainerLookups({ subscriptionId: SUBSCRIPTION, location: 'northeurope' }), { ...given, identities: identities() }));
    expect(result).toMatchObject({ protocol: 'azure-blob', region: 'northeurope', endpoint: 'team.blob.core.windows.net' });
  });
});

/** What Azure decides of a condition: a small reading of its language, for the forms that are used here. */
function allowed(condition: string, action: string, path: string, prefix: string): boolean {
  const listing = action === 'list';
  const expression = condition
    .replace(/ActionMatches\{'[^']*\/blobs\/([^']+)'\}/g, (_, named: string) => String(named === (listing ? 'read' : action)))
    .replace(/SubOperationMatches\{'Blob\.List'\}/g, String(listing))
    .replace(/@Resource\[[^\]]*:path\] StringStartsWith '([^']*)'/g, (_, start: string) => String(path.startsWith(start)))
    .replace(/@Request\[[^\]]*:prefix\] StringStartsWith '([^']*)'/g, (_, start: string) => String(prefix.startsWith(start)))
    .replace(/\bAND\b/g, '&&')
    .replace(/\bOR\b/g, '||')
    .replace(/\bNOT\b/g, '!');
  if (!/^[\s()!&|truefalse]+$/.test(expression)) throw new Error(`not understood: ${expression}`);
  return new Function(`return ${expression}`)() as boolean;
}
