import * as pulumi from '@pulumi/pulumi';
import { resourceInputs } from '../../../components/bridge/inputs';
import { synthesize, type Manifest, type SynthesizedObject } from '../../../constructs/core';
import { violations } from '../../components/record';
import { deployed, managementApi } from './run';

const GRANTS = 'azure-native:authorization:RoleAssignment';
const BLOB_CONTRIBUTOR = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
const DEPLOYER = '77777777-2222-4333-8444-555555555555';

type Recording = Awaited<ReturnType<typeof deployed>>;

beforeEach(managementApi);
afterEach(() => jest.restoreAllMocks());

const objectsOf = ({ result }: Recording): readonly SynthesizedObject[] => synthesize(result.app);

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};
const FULL = { teams: ['vision', 'speech'], registry: {}, dns: { zone: 'create' } };
/** What is deployed with the least of configuration, and with everything that can be made. */
const standard = once(() => deployed());
const full = once(() => deployed(FULL));

/** The one object that matches, as a cluster gets it. */
async function deployedObject(recording: Recording, matches: (manifest: Manifest) => boolean) {
  const [found, ...more] = objectsOf(recording).filter(({ manifest }) => matches(manifest));
  if (!found || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} objects match`);
  return recording.valueOf(pulumi.output(resourceInputs(found.manifest)));
}

/** Who a principal is: the name of the identity, or the id as it stands. */
function principals({ resources }: Recording): (principalId: string) => string {
  const identities = require('../../doubles/cloud').invent as (resource: { type: string; name: string; inputs: unknown }) => { state: { principalId?: string } };
  const known = new Map(resources.filter(({ type }) => type === 'azure-native:managedidentity:UserAssignedIdentity').map((each) => [identities(each).state.principalId, each.name]));
  return (principalId) => known.get(principalId) ?? principalId;
}

test('no mandatory policy finds anything in resources and objects together', async () => {
  const developed = { development: true, exposure: 'internet-facing', nodes: { gpu: {} } };
  for (const recording of [await standard(), await full(), await deployed(developed)]) {
    expect(violations(recording, ...objectsOf(recording).map(({ manifest }) => manifest))).toEqual([]);
  }
});

test('a preview on an empty state shows every resource that a deployment makes', async () => {
  const names = ({ resources }: Recording) => resources.map(({ type, name }) => `${type} ${name}`).sort();
  const made = names(await standard());
  expect(names(await deployed({}, { preview: true }))).toEqual(made);
  expect(made.length).toBeGreaterThan(100);
});

test('everything is in the one resource group, made or named', async () => {
  const groupsOf = ({ resources }: Recording) => new Set(resources.map(({ inputs }) => inputs['resourceGroupName']).filter((name) => name !== undefined && name !== 'NetworkWatcherRG'));
  const made = await full();
  const { inputs } = made.one('azure-native:resources:ResourceGroup');
  expect(inputs['location']).toBe('westeurope');
  expect([...groupsOf(made)]).toEqual([expect.stringMatching(/^network[0-9a-f]{8}$/)]);
  const named = await deployed({ ...FULL, network: { resourceGroup: 'ours' } });
  expect(named.ofType('azure-native:resources:ResourceGroup')).toEqual([]);
  expect([...groupsOf(named)]).toEqual(['ours']);
});

test('every resource of Azure goes through the one provider, which is of the stack', async () => {
  const { resources } = await standard();
  const used = new Set(resources.filter(({ type, custom }) => custom && type.startsWith('azure-native:')).map(({ provider }) => provider.split('::').slice(0, 4).at(-1)));
  expect([...used]).toEqual(['azure']);
  expect(resources.filter(({ type }) => type.startsWith('azuread:')).map(({ provider }) => provider.split('::')[3])).toEqual(expect.arrayContaining(['entra']));
});

test('the API server is private, and whoever deploys administers the cluster', async () => {
  const recording = await standard();
  expect(recording.one('azure-native:containerservice:ManagedCluster').inputs).toMatchObject({ resourceName: 'kubeflow', kubernetesVersion: '1.35', disableLocalAccounts: true, apiServerAccessProfile: { enablePrivateCluster: true } });
  expect(recording.one(GRANTS, 'cluster-deployer').inputs).toMatchObject({ principalId: DEPLOYER, scope: expect.stringMatching(/managedClusters\/kubeflow$/) });
  const open = await deployed({ cluster: { authorizedIpRanges: ['203.0.113.0/24'] } });
  expect(open.one('azure-native:containerservice:ManagedCluster').inputs['apiServerAccessProfile']).toMatchObject({ enablePrivateCluster: false, authorizedIPRanges: ['203.0.113.0/24'] });
});

test('the gateway is reached from the network; with internet-facing, from everywhere', async () => {
  const ingress = async (deployment: Promise<Recording>) => {
    const rules = (await deployment).one('azure-native:network:NetworkSecurityGroup', 'network-nodes').inputs['securityRules'];
    return rules.find(({ name }: { name: string }) => name === 'allow-ingress');
  };
  expect(await ingress(standard())).toMatchObject({ sourceAddressPrefix: '10.224.0.0/16', destinationPortRanges: ['80', '443'] });
  expect(await ingress(deployed({ exposure: 'internet-facing' }))).toMatchObject({ sourceAddressPrefix: 'Internet' });
  expect(await ingress(deployed({ network: { ingressFrom: ['10.0.0.0/8'] } }))).toMatchObject({ sourceAddressPrefix: '10.0.0.0/8' });
});

test('objects, databases, files and images are each encrypted with a key of their own', async () => {
  const recording = await full();
  const keys = ['object-store', 'database', 'shared-files', 'registry'].map((part) => {
    const key = recording.one('azure-native:keyvault:Key', `${part}-key`);
    return [part, key.inputs['vaultName']];
  });
  const vault = recording.one('azure-native:keyvault:Vault');
  expect(keys.map(([, name]) => name)).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(new RegExp(`^${vault.name}[0-9a-f]{8}$`))));
  const encryption = (type: string, name: string) => JSON.stringify(recording.one(type, name).inputs);
  expect(encryption('azure-native:storage:StorageAccount', 'objectstore')).toMatch(/"keyname":"object-store-key/i);
  expect(encryption('azure-native:storage:StorageAccount', 'sharedfiles')).toMatch(/"keyname":"shared-files-key/i);
  expect(encryption('azure-native:dbformysql:Server', 'database')).toMatch(/"primaryKeyURI":"https:\/\/[^"]*\/keys\/database-key/);
  expect(encryption('azure-native:containerregistry:Registry', 'registry')).toMatch(/"keyIdentifier":"https:\/\/[^"]*\/keys\/registry-key/);
  const cluster = recording.one('azure-native:containerservice:ManagedCluster').inputs;
  expect(cluster['securityProfile'].azureKeyVaultKms.keyId).toContain('/keys/keys-secrets');
  expect(cluster['diskEncryptionSetID']).toMatch(/diskEncryptionSets\/keys-disks/);
});

test('volumes of pods are encrypted with the set of the cluster', async () => {
  const recording = await standard();
  const block = await deployedObject(recording, ({ kind, metadata }) => kind === 'StorageClass' && metadata.name === 'kubeflow-block');
  expect(block).toHaveProperty('parameters.diskEncryptionSetID', recording.one('azure-native:containerservice:ManagedCluster').inputs['diskEncryptionSetID']);
});

test('a team acts as its own ServiceAccount alone, and reaches its own part of the container', async () => {
  const recording = await full();
  const who = principals(recording);
  const holders = recording.ofType(GRANTS).filter(({ inputs }) => inputs['roleDefinitionId'].endsWith(BLOB_CONTRIBUTOR) && inputs['scope'].includes('/containers/'));
  expect(holders.map(({ inputs }) => [who(inputs['principalId']), /'(vision|speech)\/'/.exec(inputs['condition'])?.[1]])).toEqual([['vision-team', 'vision'], ['speech-team', 'speech']]);
  const credentials = recording.ofType('azure-native:managedidentity:FederatedIdentityCredential');
  const issuers = new Set(credentials.map(({ inputs }) => inputs['issuer']));
  expect([...issuers]).toEqual([expect.stringMatching(/^https:\/\/westeurope\.oic\.prod-aks\.azure\.com\//)]);
  expect(credentials.map(({ inputs }) => inputs['subject']).sort()).toEqual([
    'system:serviceaccount:cert-manager:cert-manager',
    expect.stringMatching(/^system:serviceaccount:[a-z-]+:external-dns$/),
    'system:serviceaccount:speech:team',
    'system:serviceaccount:vision:team',
  ]);
});

test('nodes pull images and do nothing else; drivers make shares as the control plane', async () => {
  const recording = await full();
  const who = principals(recording);
  const held = (identity: string) => recording.ofType(GRANTS).filter(({ inputs }) => who(inputs['principalId']) === identity).map(({ name }) => name);
  expect(held('cluster-nodes')).toEqual(['registry']);
  expect(held('cluster-control-plane')).toContain('shared-files');
});

test('the database is reached in its own subnet, by a password that nobody has written down', async () => {
  const recording = await full();
  const server = recording.one('azure-native:dbformysql:Server');
  expect(server.inputs['network']).toMatchObject({ publicNetworkAccess: 'Disabled', delegatedSubnetResourceId: expect.stringMatching(/subnets\/database$/) });
  expect(server.secret).toContain('administratorLoginPassword');
  const policy = objectsOf(recording).find(({ manifest }) => manifest.kind === 'NetworkPolicy' && manifest.metadata.namespace === 'vision' && manifest.metadata.name === 'team');
  const database = recording.one('azure-native:network:Subnet', 'network-database').inputs['addressPrefix'];
  expect(JSON.stringify(policy?.manifest.spec)).toContain(`"cidr":"${database}"`);
});

test('in production data, keys and cluster are protected; for development, nothing is', async () => {
  const guarded = ({ resources }: Recording) => resources.filter(({ options }) => options.protect === true).map(({ type, name }) => `${type.split(':').at(-1)} ${name}`).sort();
  const kept = await full();
  expect(guarded(kept)).toEqual([
    'BlobContainer object-store', 'Database database-speech', 'Database database-vision', 'Key database-key', 'Key keys-disks', 'Key keys-secrets', 'Key object-store-key', 'Key registry-key', 'Key shared-files-key',
    'ManagedCluster cluster', 'Registry registry', 'Server database', 'StorageAccount flowlogs', 'StorageAccount objectstore', 'StorageAccount sharedfiles', 'Vault keys', 'Workspace logs', 'Zone dns',
  ]);
  expect(kept.ofType('azure-native:authorization:ManagementLockByScope').map(({ name }) => name).sort()).toEqual(['cluster', 'database']);
  const gone = await deployed({ ...FULL, development: true });
  expect(guarded(gone)).toEqual([]);
  expect(gone.ofType('azure-native:authorization:ManagementLockByScope')).toEqual([]);
  expect([kept.result.provisioned.leftovers, gone.result.provisioned.leftovers]).toEqual(['refuse', 'delete']);
});

test('people sign in to an application of the tenant the deployment is in', async () => {
  const recording = await standard();
  const tenant = '99999999-2222-4333-8444-555555555555';
  expect(recording.one('azuread:index/application:Application').inputs['web']).toMatchObject({ redirectUris: ['https://ml.example.com/oauth2/callback'] });
  expect(JSON.stringify(objectsOf(recording).map(({ manifest }) => manifest))).toContain(`https://login.microsoftonline.com/${tenant}/v2.0`);
});

test("cert-manager proves the domain as the identity it was given, in the zone's own resource group", async () => {
  const recording = await standard();
  const solver = JSON.stringify(await deployedObject(recording, (manifest) => manifest.kind === 'ClusterIssuer' && JSON.stringify(manifest).includes('azureDNS')));
  expect(solver).toContain('"resourceGroupName":"dns"');
  expect(solver).toMatch(/"managedIdentity":\{"clientID":"[0-9a-f-]{36}"/);
  expect(recording.ofType('azure-native:authorization:RoleDefinition').length).toBeGreaterThan(0);
  const without = await deployed({ dns: { zone: 'existing', resourceGroup: 'dns', customRoles: false } });
  expect(without.ofType('azure-native:authorization:RoleDefinition')).toEqual([]);
});

test('without a zone, no names are kept and no certificate is asked for', async () => {
  const recording = await deployed({ dns: { zone: 'none' } });
  const kinds = objectsOf(recording).map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  expect(kinds.filter((kind) => kind === 'Deployment external-dns' || kind === 'Certificate kubeflow-gateway')).toEqual([]);
});
