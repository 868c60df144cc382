import type { CloudResource, Fields } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { foundations } from '../cis';
import { input } from '../cloud/inputs';
import { azureResource } from './azure-resource';
import { companionPolicy } from './companion-policy';
import { azureReferences } from './references';

const GROUP_RETENTION = foundations('azure', { '6.0.0': '7.5', '5.0.0': '7.5', '4.0.0': '8.5', '3.0.0': '7.5', '2.1.0': '6.5', '2.0.0': '6.5' });
const NETWORK_RETENTION = foundations('azure', { '6.0.0': '7.8', '5.0.0': '7.8', '4.0.0': '8.8' });
const NETWORK = '/providers/Microsoft.Network/virtualNetworks/example';

/** Which of two kinds of controls a flow log falls under: that of what it logs. */
function controlsOf(flowLog: CloudResource): readonly string[] | undefined {
  const target = input(flowLog, 'targetResourceId');
  if (typeof target !== 'string') return undefined;
  if (/\/networkSecurityGroups\//i.test(target)) return GROUP_RETENTION;
  return /\/(virtualNetworks|networkInterfaces)\//i.test(target) ? NETWORK_RETENTION : undefined;
}

const retention: ResourcePolicy = {
  id: 'azure-flow-log-retention',
  title: 'Flow logs are kept for 90 days',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: [...GROUP_RETENTION, ...NETWORK_RETENTION],
  rationale: 'Intrusions are often found months later. What went where is then known only if the log is on and was kept; 0 days stand for without end.',
  remediation: 'Set enabled to true, and retentionPolicy to enabled with 90 days or more.',
  resourceTypes: ['azure-native:network:FlowLog'],
  examples: {
    fails: azureResource('network:FlowLog', { targetResourceId: NETWORK, enabled: true, retentionPolicy: { enabled: true, days: 7 } }),
    passes: azureResource('network:FlowLog', { targetResourceId: NETWORK, enabled: true, retentionPolicy: { enabled: true, days: 90 } }),
  },
  check(flowLog, report) {
    const controls = controlsOf(flowLog);
    const enabled = input(flowLog, 'enabled');
    if (enabled !== true) {
      // A log that is only turned on would be found again for not being kept.
      const retentionPolicy = readOr(undefined, () => longerRetention(flowLog));
      report.finding({ path: ['enabled'], found: enabled, message: `flow log '${flowLog.name}' is not on`, fix: { enabled: true, ...(retentionPolicy && { retentionPolicy }) }, fixAt: [], ...(controls && { controls }) });
      return;
    }
    const fix = longerRetention(flowLog);
    if (!fix) return;
    const path = ['retentionPolicy', 'days'];
    report.finding({ path, found: input(flowLog, ...path), message: `flow log '${flowLog.name}' is not kept for 90 days`, fix, fixAt: ['retentionPolicy'], ...(controls && { controls }) });
  },
};

/** The retention that would do; `undefined` if that of the flow log does. */
function longerRetention(flowLog: CloudResource): Fields | undefined {
  const days = input(flowLog, 'retentionPolicy', 'days');
  if (days === 0) return undefined;
  const isLong = typeof days === 'number' && days >= 90;
  if (isLong && input(flowLog, 'retentionPolicy', 'enabled') === true) return undefined;
  return { enabled: true, days: isLong ? days : 90 };
}

const GROUP = 'network:NetworkSecurityGroup';
const VIRTUAL_NETWORK = 'network:VirtualNetwork';

/** An index of the flow logs of resources of some type. */
function flowLogsOf(type: string) {
  return azureReferences({ from: ['network:FlowLog'], inputs: [['targetResourceId']], by: 'id', to: [type] });
}

/** Whether a flow log is on, and sent where it can be searched. */
function isCaptured(flowLog: CloudResource): boolean {
  return input(flowLog, 'enabled') === true && input(flowLog, 'flowAnalyticsConfiguration', 'networkWatcherFlowAnalyticsConfiguration', 'enabled') === true;
}

const captured = {
  severity: 'low',
  enforcement: 'advisory',
  meets: isCaptured,
  rationale: 'Flow logs say who spoke to whom. In a Log Analytics workspace they can be searched and watched while there is still time.',
  remediation: 'Declare a FlowLog for it that is enabled, with flowAnalyticsConfiguration for a workspace.',
  problem: 'has no flow log that is sent to Log Analytics',
} as const;

function withFlowLog(type: string, kind: string, nameInput: string) {
  const target = azureResource(type, { [nameInput]: 'example' });
  const flowAnalyticsConfiguration = { networkWatcherFlowAnalyticsConfiguration: { enabled: true, workspaceResourceId: '/providers/Microsoft.OperationalInsights/workspaces/example' } };
  const log = azureResource('network:FlowLog', { targetResourceId: `/providers/Microsoft.Network/${kind}/example`, enabled: true, flowAnalyticsConfiguration });
  return { fails: target, passes: [target, log] };
}

const ofGroups = companionPolicy({
  ...captured,
  id: 'azure-security-group-flow-logs',
  title: 'Flows through network security groups are captured',
  controls: foundations('azure', { '6.0.0': '6.1.1.5', '5.0.0': '6.1.1.5', '4.0.0': '7.1.1.5', '3.0.0': '6.1.5', '2.1.0': '5.1.5', '2.0.0': '5.1.6' }),
  types: [GROUP],
  among: flowLogsOf(GROUP),
  noun: 'network security group',
  examples: withFlowLog(GROUP, 'networkSecurityGroups', 'networkSecurityGroupName'),
});

const ofNetworks = companionPolicy({
  ...captured,
  id: 'azure-virtual-network-flow-logs',
  title: 'Flows through virtual networks are captured',
  controls: foundations('azure', { '6.0.0': '6.1.1.6', '5.0.0': '6.1.1.7', '4.0.0': '7.1.1.7' }),
  types: [VIRTUAL_NETWORK],
  among: flowLogsOf(VIRTUAL_NETWORK),
  noun: 'virtual network',
  examples: withFlowLog(VIRTUAL_NETWORK, 'virtualNetworks', 'virtualNetworkName'),
});

export const FLOW_LOGS: readonly Policy[] = [retention, ofGroups, ofNetworks];
