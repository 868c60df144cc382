import { Registry, type RegistryArgs } from '../../../../components/azure/registry';
import { imagesOf, rewriteImages, useImage } from '../../../../constructs/core';
import { record, violations } from '../../record';
import { chart, GROUP, key, network, promise, refusalOf, resolved } from '../data/parts';

const REGISTRY = 'azure-native:containerregistry:Registry';
const KUBELET = '66666666-2222-4333-8444-555555555555';
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/vault`;
const dockerHub = { vaultId: VAULT, vaultUri: 'https://vault.vault.azure.net/', usernameSecret: 'hub-user', passwordSecret: 'hub-token' };

function registry(args: Partial<RegistryArgs> = {}, name = 'registry') {
  return new Registry(name, { network: network(), kubeletPrincipalId: KUBELET, ...args });
}

test('nobody pulls from outside, without a name, or with a password', async () => {
  const recording = await record(() => registry({ key, dockerHub }));
  expect(recording.one(REGISTRY).inputs).toMatchObject({
    sku: { name: 'Premium' },
    adminUserEnabled: false,
    anonymousPullEnabled: false,
    publicNetworkAccess: 'Disabled',
    zoneRedundancy: 'Enabled',
    policies: { exportPolicy: { status: 'disabled' }, retentionPolicy: { status: 'disabled' } },
    encryption: { status: 'enabled', keyVaultProperties: { keyIdentifier: key.keyUri, identity: key.identityClientId } },
    identity: { userAssignedIdentities: { [String(key.identityId)]: {} } },
  });
  expect(recording.one('azure-native:network:PrivateEndpoint').inputs.privateLinkServiceConnections).toMatchObject([{ groupIds: ['registry'], privateLinkServiceId: await promise(recording.result.registryId) }]);
  expect(violations(recording)).toEqual([]);
});

test('nodes pull, and do nothing else', async () => {
  const recording = await record(() => registry());
  expect(recording.one('azure-native:authorization:RoleAssignment').inputs).toMatchObject({
    principalId: KUBELET,
    scope: await promise(recording.result.registryId),
    roleDefinitionId: expect.stringMatching(/\/7f951dda-4ed3-4680-a7ca-43fe172d538d$/),
  });
});

test('images of others come through it, under the name of where they are from', async () => {
  const recording = await record(async () => {
    const made = registry();
    const scope = chart();
    rewriteImages(scope, made.imageRewrite);
    useImage(scope, { registry: 'quay.io', repository: 'jetstack/cert-manager-controller', tag: 'v1' });
    return { image: await resolved(imagesOf(scope)[0]?.reference ?? ''), host: await resolved(made.host) };
  });
  expect(recording.result.host).toMatch(/^registry[0-9a-f]{8}\.azurecr\.io$/);
  expect(recording.result.image).toBe(`${recording.result.host}/quay.io/jetstack/cert-manager-controller:v1`);
  const rules = recording.ofType('azure-native:containerregistry:CacheRule').map(({ inputs }) => [inputs.sourceRepository, inputs.targetRepository, inputs.credentialSetResourceId]);
  expect(rules).toEqual(['quay.io/*', 'registry.k8s.io/*', 'ghcr.io/*'].map((source) => [source, source, undefined]));
});

test('Docker Hub is asked in the name of an account, whose two secrets alone the registry reads', async () => {
  const recording = await record(() => registry({ dockerHub, cached: [] }));
  const set = recording.one('azure-native:containerregistry:CredentialSet');
  expect(set.inputs.authCredentials).toEqual([
    { name: 'Credential1', usernameSecretIdentifier: 'https://vault.vault.azure.net/secrets/hub-user', passwordSecretIdentifier: 'https://vault.vault.azure.net/secrets/hub-token' },
  ]);
  const roles = recording.ofType('azure-native:authorization:RoleAssignment').filter(({ inputs }) => inputs.principalId !== KUBELET);
  expect(roles.map(({ inputs }) => inputs.scope)).toEqual([`${VAULT}/secrets/hub-user`, `${VAULT}/secrets/hub-token`]);
  expect(roles.every(({ inputs }) => inputs.roleDefinitionId.endsWith('/4633458b-17de-408a-b874-0445c86b69e6') && inputs.principalId.length === 36)).toBe(true);
  expect(recording.one('azure-native:containerregistry:CacheRule').inputs).toMatchObject({ sourceRepository: 'docker.io/*', credentialSetResourceId: expect.stringMatching(/credentialSets\/docker-io$/) });
});

test('retention', async () => {
  expect((await record(() => registry())).one(REGISTRY).options.protect).toBe(true);
  const gone = await record(() => registry({ retention: 'delete', untaggedRetentionDays: 7 }));
  expect(gone.one(REGISTRY).options.protect).toBe(false);
  expect(gone.one(REGISTRY).inputs.policies.retentionPolicy).toEqual({ status: 'enabled', days: 7 });
});

test('who pulls and pushes is logged where that is asked for', async () => {
  const recording = await record(() => registry({ logWorkspaceId: '/workspaces/logs' }));
  expect(recording.one('azure-native:monitor:DiagnosticSetting').inputs).toMatchObject({ workspaceId: '/workspaces/logs', resourceUri: await promise(recording.result.registryId) });
});

test('a preview does not know the host', async () => {
  const { result } = await record(() => resolved(`${registry().host}/team/image`), { preview: true });
  expect(result).toBe('?/team/image');
});

test.each([
  [{ registryName: 'my-registry' }, /registryName is 'my-registry'; expected 5 to 50 letters and digits/],
  [{ registryName: 'abcd' }, /registryName/],
  [{ untaggedRetentionDays: 366 }, /untaggedRetentionDays is 366/],
  [{ cached: ['quay.io', 'quay.io'] }, /cached is \["quay.io","quay.io"\]; expected some of/],
  [{ dockerHub: { ...dockerHub, passwordSecret: 'a/b' } }, /dockerHub.passwordSecret is 'a\/b'; expected a secret's name/],
] satisfies [Partial<RegistryArgs>, RegExp][])('%j is refused before anything is registered', async (args, message) => {
  const refusal = await refusalOf(() => registry(args));
  expect(refusal.message).toMatch(message);
  expect(refusal.registered).toEqual([]);
});

test('a name that leaves no room for what makes it unique is refused', async () => {
  expect((await refusalOf(() => registry({}, 'r'.repeat(43)))).message).toMatch(/expected 1 to 42 letters and digits/);
  const { name } = (await record(() => registry({}, 'my-registry'))).one(REGISTRY);
  expect(name).toBe('myregistry');
});
