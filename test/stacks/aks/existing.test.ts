import path from 'node:path';
import { synthesize } from '../../../constructs/core';
import { readStackFile } from '../../../stacks/config';
import { plan } from '../../../stacks/plan';
import { violations } from '../../components/record';
import { configured, deployed, EXISTING_NETWORK, managementApi, refusal } from './run';

const PASSWORD = 'from-the-configuration';
const EVERYTHING = {
  network: EXISTING_NETWORK,
  cluster: { existing: { resourceGroup: 'clusters', clusterName: 'shared' } },
  objectStore: { existing: { resourceGroup: 'data', accountName: 'models', containerName: 'platform' } },
  database: { existing: { engine: 'mysql', resourceGroup: 'data', serverName: 'platform-sql', administratorLogin: 'platform', administratorPassword: PASSWORD } },
  sharedFiles: { existing: { resourceGroup: 'data', accountName: 'filesplatform' } },
  signIn: { existing: { issuer: 'https://login.example.com', clientId: 'kubeflow', clientSecret: PASSWORD } },
  teams: ['vision'],
};

beforeEach(managementApi);
afterEach(() => jest.restoreAllMocks());

test('of what exists, nothing is made: roles are given on it, and databases made in it', async () => {
  const recording = await deployed(EVERYTHING);
  const types = [...new Set(recording.resources.filter(({ custom }) => custom).map(({ type }) => type))];
  const made = ['resources:ResourceGroup', 'network:VirtualNetwork', 'network:FlowLog', 'containerservice:ManagedCluster', 'containerservice:AgentPool', 'storage:StorageAccount', 'dbformysql:Server', 'dns:Zone'];
  expect(types.filter((type) => made.some((each) => type === `azure-native:${each}`) || type.startsWith('azuread:'))).toEqual([]);
  expect(recording.one('azure-native:dbformysql:Database').inputs).toMatchObject({ serverName: 'platform-sql', databaseName: 'vision', resourceGroupName: 'data' });
  const container = '/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/models/blobServices/default/containers/platform';
  expect(recording.ofType('azure-native:authorization:RoleAssignment').filter(({ inputs }) => inputs['scope'].endsWith(container))).toHaveLength(1);
  expect(violations(recording, ...synthesize(recording.result.app).map(({ manifest }) => manifest))).toEqual([]);
});

test("identities trust the existing cluster's tokens, and the platform goes to it", async () => {
  const recording = await deployed(EVERYTHING);
  const { kubeconfig, context, nodePools } = recording.result.provisioned;
  expect(JSON.parse(await recording.valueOf(kubeconfig))['current-context']).toBe('shared');
  expect([context, nodePools]).toEqual(['shared', []]);
  const issuers = recording.ofType('azure-native:managedidentity:FederatedIdentityCredential').map(({ inputs }) => inputs['issuer']);
  expect(new Set(issuers).size).toBe(1);
  expect(issuers[0]).toMatch(/^https:\/\/westeurope\.oic\.prod-aks\.azure\.com\//);
});

test('a cluster of ours goes into a network that exists, whose traffic others log', async () => {
  const recording = await deployed({ network: EXISTING_NETWORK });
  const { inputs } = recording.one('azure-native:containerservice:ManagedCluster');
  expect(inputs['agentPoolProfiles'][0].vnetSubnetID).toMatch(/resourceGroups\/hub\/.*\/spoke\/subnets\/nodes$/);
  expect(inputs['resourceGroupName']).toBe('kubeflow');
  expect(recording.ofType('azure-native:network:FlowLog')).toEqual([]);
  expect(recording.one('azure-native:dbformysql:Server').inputs['network'].delegatedSubnetResourceId).toMatch(/spoke\/subnets\/mysql$/);
});

test('the configuration that comes with the repository can be planned, and is deployed by nobody who has not made it theirs', async () => {
  const values = readStackFile(path.resolve(__dirname, '../../..'), 'aks');
  expect(synthesize((await plan(configured(values))).app).length).toBeGreaterThan(200);
  // The double of Azure has a zone example.com in every resource group.
  const { message } = await refusal({ ...values, domain: String(values['domain']).replace('.com', '.net') });
  expect(message).toContain('kubeflow-cdk:domain is "ml.example.net"; expected a domain with a zone');
});
