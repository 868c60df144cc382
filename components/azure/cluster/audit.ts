import * as monitor from '@pulumi/azure-native/monitor';
import type * as pulumi from '@pulumi/pulumi';

/** Logs of the control plane. @see https://learn.microsoft.com/azure/aks/monitor-aks-reference#resource-logs */
export const CONTROL_PLANE_LOGS = [
  'kube-apiserver',
  'kube-audit',
  'kube-controller-manager',
  'kube-scheduler',
  'cluster-autoscaler',
  'cloud-controller-manager',
  'guard',
  'csi-azuredisk-controller',
  'csi-azurefile-controller',
  'csi-snapshot-controller',
] as const;

/** Sends all logs of a cluster's control plane to a workspace, each to a table of its own. */
export function auditLogs(name: string, clusterId: pulumi.Input<string>, workspaceId: pulumi.Input<string>, parent: pulumi.Resource): void {
  new monitor.DiagnosticSetting(
    name,
    { resourceUri: clusterId, workspaceId, logAnalyticsDestinationType: 'Dedicated', logs: CONTROL_PLANE_LOGS.map((category) => ({ category, enabled: true })) },
    { parent },
  );
}
