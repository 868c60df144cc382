import * as pulumi from '@pulumi/pulumi';
import { checkVersionOffered, type AksClusterArgs, assumedLookups } from '../../../../components/azure';
import { record } from '../../record';
import { DEPLOYER, refusal, stack, systemPool, TENANT } from '../stack';

const CLUSTER = 'azure-native:containerservice:ManagedCluster';
const ROLE = 'azure-native:authorization:RoleAssignment';
const run = (cluster: Partial<AksClusterArgs> = {}) => record(() => stack({ cluster }));
let usual: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  usual = await run();
});

/** What is registered, by a run of its own if anything is asked for. */
const made = async (cluster?: Partial<AksClusterArgs>) => (cluster ? run(cluster) : usual);
const described = async (cluster?: Partial<AksClusterArgs>) => (await made(cluster)).one(CLUSTER).inputs;

test('the API server is in the network, and private unless an allow-list says otherwise', async () => {
  const hidden = (await described())['apiServerAccessProfile'];
  expect(hidden).toMatchObject({ enablePrivateCluster: true, enableVnetIntegration: true, disableRunCommand: true, enablePrivateClusterPublicFQDN: false });
  expect(hidden.subnetId).toMatch(/subnets\/api-server$/);
  expect(hidden.authorizedIPRanges).toBeUndefined();
  const listed = (await described({ authorizedIpRanges: ['203.0.113.0/24'] }))['apiServerAccessProfile'];
  expect(listed).toMatchObject({ enablePrivateCluster: false, enableVnetIntegration: true, authorizedIPRanges: ['203.0.113.0/24'] });
});

test('people are known by Entra ID and authorised by Azure; the cluster has no accounts of its own', async () => {
  const group = '88888888-2222-4333-8444-555555555555';
  expect(await described({ adminGroupObjectIds: [group] })).toMatchObject({
    disableLocalAccounts: true,
    enableRBAC: true,
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: TENANT, adminGroupObjectIDs: [group] },
  });
});

test('secrets are encrypted with a key of their own, which the control plane may use and no other', async () => {
  const recording = await made();
  const kms = recording.one(CLUSTER).inputs['securityProfile'].azureKeyVaultKms;
  expect(kms).toMatchObject({ enabled: true, keyVaultNetworkAccess: 'Private' });
  expect(kms.keyId).toMatch(/\/keys\/keys-secrets[0-9a-f]{8}\/[0-9a-f]{32}$/);
  const mayUse = recording.ofType(ROLE).filter(({ inputs }) => inputs['roleDefinitionId'].endsWith('12338af0-0e69-4776-bea7-57ae8d297424'));
  expect(mayUse.map(({ inputs }) => inputs['scope'].split('/').slice(-2).join('/'))).toEqual([expect.stringMatching(/^keys\/keys-secrets/)]);
});

test('the control plane has six roles, each on one thing, and the cluster waits for them', async () => {
  const recording = await made();
  const controlPlane = recording.ofType(ROLE).filter(({ name }) => name.startsWith('cluster-') && name !== 'cluster-deployer');
  const scopes = Object.fromEntries(controlPlane.map(({ name, inputs }) => [name.replace('cluster-', ''), inputs['scope'].split('/').at(-2)]));
  expect(scopes).toEqual({ 'node-subnet': 'subnets', 'api-server-subnet': 'subnets', disks: 'diskEncryptionSets', 'secrets-key': 'keys', vault: 'vaults', kubelet: 'userAssignedIdentities' });
  expect(new Set(controlPlane.map(({ inputs }) => inputs['principalId'])).size).toBe(1);
  const waitsFor = recording.one(CLUSTER).options.dependsOn;
  expect(Array.isArray(waitsFor) && waitsFor.length).toBe(8);
});

test('nodes pull images with an identity of their own', async () => {
  const recording = await made();
  const kubelet = recording.one(CLUSTER).inputs['identityProfile'].kubeletidentity;
  expect(kubelet.resourceId).toMatch(/userAssignedIdentities\/cluster-nodes/);
  expect(await recording.valueOf(recording.result.cluster.nodeIdentityPrincipalId)).toBe(kubelet.objectId);
});

test('disks of nodes are encrypted with the set, pods are in an overlay with policies, and leave through the gateway', async () => {
  const inputs = await described();
  expect(inputs['diskEncryptionSetID']).toMatch(/diskEncryptionSets\/keys-disks/);
  expect(inputs['networkProfile']).toMatchObject({
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    networkDataplane: 'cilium',
    networkPolicy: 'cilium',
    outboundType: 'userAssignedNATGateway',
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.0.0.0/16',
    dnsServiceIP: '10.0.0.10',
  });
});

test('nothing but what the cluster itself needs runs on its system nodes', async () => {
  const { agentPoolProfiles } = await described();
  expect(agentPoolProfiles).toHaveLength(1);
  expect(agentPoolProfiles[0]).toMatchObject({ name: 'system', mode: 'System', minCount: 3, maxCount: 5, nodeTaints: ['CriticalAddonsOnly=true:NoSchedule'], availabilityZones: ['1', '2', '3'] });
});

test('volumes, secrets of vaults, identities and scanning come with it', async () => {
  expect(await described()).toMatchObject({
    oidcIssuerProfile: { enabled: true },
    securityProfile: { workloadIdentity: { enabled: true }, imageCleaner: { enabled: true, intervalHours: 168 }, defender: { securityMonitoring: { enabled: true }, logAnalyticsWorkspaceResourceId: expect.stringContaining('workspaces/logs') } },
    storageProfile: { diskCSIDriver: { enabled: true }, fileCSIDriver: { enabled: true }, blobCSIDriver: { enabled: true } },
    addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: 'true' } }, azurepolicy: { enabled: false } },
    sku: { name: 'Base', tier: 'Standard' },
  });
});

test('logs of the control plane go to the workspace, and upgrades keep to their window', async () => {
  const recording = await made({ maintenance: { day: 'Saturday', startTime: '22:30', hours: 6, utcOffset: '+01:00' } });
  const setting = recording.one('azure-native:monitor:DiagnosticSetting', 'cluster').inputs;
  expect(setting['resourceUri']).toMatch(/managedClusters\/cluster$/);
  expect(setting['logs'].filter(({ enabled }: { enabled: boolean }) => enabled).map(({ category }: { category: string }) => category)).toEqual(expect.arrayContaining(['kube-audit', 'kube-apiserver', 'guard']));
  const windows = recording.ofType('azure-native:containerservice:MaintenanceConfiguration');
  expect(windows.map(({ inputs }) => inputs['configName'])).toEqual(['aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule']);
  for (const { inputs } of windows) expect(inputs['maintenanceWindow']).toEqual({ startTime: '22:30', durationHours: 6, utcOffset: '+01:00', schedule: { weekly: { dayOfWeek: 'Saturday', intervalWeeks: 1 } } });
});

test('the kubeconfig is secret, and has a way to sign in where others have a credential', async () => {
  const recording = await made({ clusterName: 'kubeflow', signIn: 'workloadidentity' });
  const { cluster } = recording.result;
  expect(await pulumi.isSecret(cluster.kubeconfig)).toBe(true);
  const kubeconfig = JSON.parse(await recording.valueOf(cluster.kubeconfig));
  expect(cluster.context).toBe('kubeflow');
  expect(kubeconfig['current-context']).toBe('kubeflow');
  expect(kubeconfig.clusters[0].cluster).toEqual({ server: expect.stringMatching(/^https:\/\/kubeflow-.*\.azmk8s\.io:443$/), 'certificate-authority-data': expect.any(String) });
  expect(kubeconfig.users).toEqual([
    {
      name: 'kubeflow',
      user: { exec: expect.objectContaining({ command: 'kubelogin', args: ['get-token', '--login', 'workloadidentity', '--server-id', '6dae42f8-4368-4678-94ff-3960e28e3630', '--tenant-id', TENANT] }) },
    },
  ]);
});

test('who deploys administers this cluster, and no other', async () => {
  const { inputs } = (await made()).one(ROLE, 'cluster-deployer');
  expect(inputs['principalId']).toBe(DEPLOYER);
  expect(inputs['roleDefinitionId']).toMatch(/b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b$/);
  expect(inputs['scope']).toMatch(/managedClusters\/cluster$/);
  expect((await made({ deployerObjectId: undefined })).ofType(ROLE).map(({ name }) => name)).not.toContain('cluster-deployer');
});

test.each<[string, Partial<AksClusterArgs>, string]>([
  ['a name AKS does not take', { clusterName: '-kubeflow' }, "cluster: clusterName is '-kubeflow'"],
  ['a name too long', { clusterName: 'k'.repeat(64) }, '1 to 63'],
  ['no version', { kubernetesVersion: 'latest' }, "kubernetesVersion is 'latest'"],
  ['a version the platform does not run on', { kubernetesVersion: '1.30', supported: '>=1.32 <1.36' }, "kubernetesVersion is '1.30'; expected a version that the platform runs on: >=1.32 <1.36"],
  ['an empty allow-list', { authorizedIpRanges: [] }, '1 to 200 ranges'],
  ['an allow-list of everyone', { authorizedIpRanges: ['0.0.0.0/0'] }, 'authorizedIpRanges[0]'],
  ['a public name of a public API server', { authorizedIpRanges: ['203.0.113.0/24'], publicDnsName: true }, 'publicDnsName'],
  ['a group by its name', { adminGroupObjectIds: ['admins'] }, 'adminGroupObjectIds[0]'],
  ['a tenant by its name', { tenantId: 'contoso.com' }, 'tenantId'],
  ['a deployer by name', { deployerObjectId: 'me' }, 'deployerObjectId'],
  ['a system pool with GPUs', { systemPool: { ...systemPool, vmSize: 'Standard_NC24ads_A100_v4' } }, 'systemPool.vmSize'],
  ['a system pool from none', { systemPool: { ...systemPool, min: 0 } }, 'systemPool.min'],
  ['a time there is none of', { maintenance: { day: 'Monday', startTime: '25:00' } }, 'maintenance.startTime'],
  ['too short a window', { maintenance: { day: 'Monday', startTime: '02:00', hours: 2 } }, 'maintenance.hours is 2; expected a whole number from 4 to 24'],
])('%s is refused', async (_, args, problem) => {
  expect((await refusal(() => stack({ cluster: args }))).message).toContain(problem);
});

test('a version that a location does not offer is refused, with those that it does', async () => {
  const lookups = { ...assumedLookups({ location: 'westeurope' }), kubernetesVersions: async () => ['1.34', '1.33'] };
  await expect(checkVersionOffered(lookups, 'westeurope', '1.34')).resolves.toBeUndefined();
  await expect(checkVersionOffered(lookups, 'westeurope', '1.36')).rejects.toThrow("kubernetesVersion is '1.36'; expected a version that AKS offers in westeurope: 1.33, 1.34");
  await expect(checkVersionOffered(assumedLookups({ location: 'westeurope' }), 'westeurope', '1.36')).resolves.toBeUndefined();
});
