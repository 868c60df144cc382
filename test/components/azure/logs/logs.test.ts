import { Logs, type LogsArgs } from '../../../../components/azure';
import { record } from '../../record';
import { refusal } from '../stack';

const program = (args: Partial<LogsArgs> = {}) => new Logs('logs', { resourceGroupName: 'kubeflow', location: 'westeurope', ...args });

test('logs are kept for 90 days, and as long as it is said', async () => {
  const workspace = 'azure-native:operationalinsights:Workspace';
  expect((await record(() => program())).one(workspace).inputs['retentionInDays']).toBe(90);
  expect((await record(() => program({ days: 365 }))).one(workspace).inputs['retentionInDays']).toBe(365);
});

test('who may read a resource may read its logs, and no others', async () => {
  const { features, workspaceCapping } = (await record(() => program())).one('azure-native:operationalinsights:Workspace').inputs;
  expect(features).toEqual({ enableLogAccessUsingOnlyResourcePermissions: true });
  expect(workspaceCapping).toBeUndefined();
});

test.each<[Partial<LogsArgs>, string]>([
  [{ days: 7 }, 'logs: days is 7; expected a whole number from 30 to 730'],
  [{ dailyLimitGb: 0 }, 'logs: dailyLimitGb is 0'],
])('%j is refused', async (args, problem) => {
  expect(await refusal(() => program(args))).toEqual({ message: expect.stringContaining(problem), registered: 0 });
});
