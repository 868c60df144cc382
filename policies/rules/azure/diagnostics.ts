import type { Inventory } from '../../engine/inventory';
import type { CloudResource } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { foundations } from '../cis';
import { elements, input, isOneOf } from '../cloud/inputs';
import type { References } from '../cloud/references';
import { azureResource } from './azure-resource';
import { companionPolicy } from './companion-policy';
import { azureReferences } from './references';

/** Diagnostic settings of resources, without their package. */
export const DIAGNOSTIC_SETTINGS: readonly string[] = ['monitor:DiagnosticSetting', 'insights:DiagnosticSetting'];

/** An index of the diagnostic settings of resources of some type. */
export function diagnosticSettingsOf(type: string): (inventory: Inventory) => References {
  return azureReferences({ from: DIAGNOSTIC_SETTINGS, inputs: [['resourceUri']], by: 'id', to: [type] });
}

/** Whether a diagnostic setting sends one of some categories of logs, by name or in a group. */
export function sendsLogs(setting: CloudResource, categories: readonly string[], groups: readonly string[] = ['allLogs', 'audit']): boolean {
  return elements(setting, 'logs').some(
    ({ path }) =>
      input(setting, ...path, 'enabled') === true &&
      (isOneOf(input(setting, ...path, 'category'), ...categories) || isOneOf(input(setting, ...path, 'categoryGroup'), ...groups)),
  );
}

const settingsOfVaults = diagnosticSettingsOf('keyvault:Vault');
const vault = azureResource('keyvault:Vault', { vaultName: 'example' });

const vaultLogs = companionPolicy({
  id: 'azure-key-vault-logging',
  title: 'Key vaults are logged',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '6.1.1.4', '5.0.0': '6.1.1.4', '4.0.0': '7.1.1.4', '3.0.0': '6.1.4', '2.1.0': '5.1.4', '2.0.0': '5.1.5' }),
  rationale: 'The audit log of a vault says who read which secret and used which key. Without it, a leak cannot be traced.',
  remediation: 'Declare a DiagnosticSetting for the vault that sends AuditEvent, or the category group audit.',
  types: ['keyvault:Vault'],
  noun: 'key vault',
  among: settingsOfVaults,
  meets: (setting) => sendsLogs(setting, ['AuditEvent']),
  problem: 'has no diagnostic setting that sends its audit log',
  examples: {
    fails: vault,
    passes: [vault, azureResource('monitor:DiagnosticSetting', { resourceUri: '/providers/Microsoft.KeyVault/vaults/example', logs: [{ category: 'AuditEvent', enabled: true }] })],
  },
});

const ACTIVITY = ['Administrative', 'Alert', 'Policy', 'Security'];

const activityLog: ResourcePolicy = {
  id: 'azure-activity-log-categories',
  title: 'The activity log is kept with what matters',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: foundations('azure', { '6.0.0': '6.1.1.2', '5.0.0': '6.1.1.2', '4.0.0': '7.1.1.2', '3.0.0': '6.1.2', '2.1.0': '5.1.2', '2.0.0': '5.1.2' }),
  rationale: 'The log of a subscription says who changed what. Azure drops it after 90 days; a category that no setting sends elsewhere is lost.',
  remediation: `Enable the categories ${ACTIVITY.join(', ')} in logs.`,
  resourceTypes: ['azure-native:monitor:SubscriptionDiagnosticSetting', 'azure-native:insights:SubscriptionDiagnosticSetting'],
  examples: {
    fails: azureResource('monitor:SubscriptionDiagnosticSetting', { logs: [{ category: 'Administrative', enabled: true }] }),
    passes: azureResource('monitor:SubscriptionDiagnosticSetting', { logs: ACTIVITY.map((category) => ({ category, enabled: true })) }),
  },
  check(setting, report) {
    const missing = ACTIVITY.filter((category) => !sendsLogs(setting, [category], ['allLogs']));
    if (missing.length === 0) return;
    report.finding({ path: ['logs'], found: input(setting, 'logs'), message: `diagnostic setting '${setting.name}' of the subscription does not send ${missing.join(', ')}` });
  },
};

export const DIAGNOSTICS: readonly Policy[] = [vaultLogs, activityLog];
