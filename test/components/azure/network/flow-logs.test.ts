import { FlowLogs, Network, type FlowLogsArgs } from '../../../../components/azure';
import { record } from '../../record';
import { refusal } from '../stack';

const program = (args: Partial<FlowLogsArgs> = {}, name = 'flow-logs') => new FlowLogs(name, { network: new Network('network', { location: 'westeurope' }), workspaceId: '/subscriptions/s/workspaces/logs', ...args });

test('flows of the whole network are kept, and can be searched', async () => {
  const log = (await record(() => program())).one('azure-native:network:FlowLog').inputs;
  expect(log).toMatchObject({ enabled: true, networkWatcherName: 'NetworkWatcher_westeurope', resourceGroupName: 'NetworkWatcherRG', retentionPolicy: { enabled: true, days: 90 } });
  expect(log['targetResourceId']).toMatch(/virtualNetworks\/network/);
  expect(log['flowAnalyticsConfiguration'].networkWatcherFlowAnalyticsConfiguration).toMatchObject({ enabled: true, workspaceResourceId: '/subscriptions/s/workspaces/logs' });
});

test('they are written in the name of an identity that may write to this account and nowhere else; the account has no keys and no public address', async () => {
  const recording = await record(() => program());
  const account = recording.one('azure-native:storage:StorageAccount');
  expect(account.name).toBe('flowlogs');
  expect(account.inputs).toMatchObject({ allowSharedKeyAccess: false, publicNetworkAccess: 'Disabled', networkRuleSet: { defaultAction: 'Deny', bypass: 'AzureServices' } });
  const { roleDefinitionId, scope } = recording.one('azure-native:authorization:RoleAssignment').inputs;
  expect(roleDefinitionId).toMatch(/ba92f5b4-2d11-453d-a403-e96b0029c9fe$/);
  expect(scope).toBe(recording.one('azure-native:network:FlowLog').inputs['storageId']);
});

test.each<[string, Partial<FlowLogsArgs>, string, string]>([
  ['logs kept too short', { days: 7 }, 'flows', 'days is 7; expected a whole number from 90 to 365'],
  ['a name too long for a storage account', {}, 'logs-of-all-that-flows', '1 to 16 lower-case letters and digits'],
])('%s is refused', async (_, args, name, problem) => {
  expect((await refusal(() => program(args, name))).message).toContain(problem);
});
