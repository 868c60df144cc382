import type { CloudResource } from '../../engine/object';
import type { Policy, PolicyContext, Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { azureResource, isTrue } from '../azure/azure-resource';
import { DIAGNOSTIC_SETTINGS, diagnosticSettingsOf, sendsLogs } from '../azure/diagnostics';
import { azureInputPolicy } from '../azure/input-policy';
import { cis } from '../cis';
import { mustHave } from '../cloud/companion';
import { elements, input, isOneOf } from '../cloud/inputs';
import { someIs } from '../cloud/some';
import { CLUSTER, isPreset } from './cluster';

const cluster = azureResource(CLUSTER.type, { resourceName: 'example' });
const settingsOfClusters = diagnosticSettingsOf(CLUSTER.type);
const AUDIT = ['kube-audit', 'kube-audit-admin'];

const auditLogs: ResourcePolicy = {
  id: 'aks-audit-logs',
  title: 'AKS clusters keep their audit log',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ aks: '2.1.1' }),
  rationale: 'The audit log of the API server says who did what in the cluster. Azure keeps it only where a diagnostic setting sends it.',
  remediation: 'Declare a DiagnosticSetting for the cluster that sends kube-audit or kube-audit-admin.',
  reach: 'stack',
  resourceTypes: [...CLUSTER.resourceTypes, ...DIAGNOSTIC_SETTINGS.map((type) => `azure-native:${type}`)],
  examples: {
    fails: cluster,
    passes: [
      cluster,
      azureResource('monitor:DiagnosticSetting', { resourceUri: '/providers/Microsoft.ContainerService/managedClusters/example', logs: [{ category: 'kube-audit', enabled: true }] }),
    ],
  },
  check(resource, report, context) {
    if (!CLUSTER.resourceTypes.some((type) => type === resource.type)) return checkSetting(resource, report, context);
    const addon = ['omsagent', 'omsAgent'].find((name) => input(resource, 'addonProfiles', name, 'enabled') === true);
    if (addon === undefined) {
      mustHave(resource, { among: settingsOfClusters, meets: sendsAudit, message: `cluster '${resource.name}' has no diagnostic setting that sends its audit log` }, report, context);
    } else if (!someIs(context.derive(settingsOfClusters).to(resource).certain, sendsAudit)) {
      report.undecided({ path: ['addonProfiles', addon], reason: 'the cluster is monitored; whether its audit log is sent as well, no diagnostic setting of this stack says' });
    }
  },
};

function sendsAudit(setting: CloudResource): boolean {
  return sendsLogs(setting, AUDIT);
}

/** A setting that lists the audit log and leaves it off, of a cluster that is not here to be judged itself. */
function checkSetting(setting: CloudResource, report: Report, context: PolicyContext): void {
  const settings = context.derive(settingsOfClusters);
  if (settings.targets(setting).length > 0 || isOfCluster(setting) === false) return;
  const off = elements(setting, 'logs').find(({ path }) => isOneOf(input(setting, ...path, 'category'), ...AUDIT) && input(setting, ...path, 'enabled') !== true);
  if (!off || sendsAudit(setting)) return;
  const path = [...off.path, 'enabled'];
  const sent = someIs(settings.beside(setting), sendsAudit);
  if (sent) return;
  if (sent === undefined || settings.isOpen(setting)) report.undecided({ path, reason: 'it is not known what the setting is of, or what others send' });
  else report.finding({ path, found: input(setting, ...path), message: `diagnostic setting '${setting.name}' does not send the audit log of its cluster`, fix: true });
}

/** Whether a setting is of a cluster, by the id it names. */
function isOfCluster(setting: CloudResource): boolean | undefined {
  return readOr<boolean | undefined>(undefined, () => /\/managedClusters\/[^/]+$/i.test(String(input(setting, 'resourceUri'))));
}

const common = { types: [CLUSTER.type], noun: 'cluster', enforcement: 'mandatory' } as const;

const defender = azureInputPolicy({
  ...common,
  id: 'aks-defender',
  title: 'AKS clusters are watched by Microsoft Defender',
  severity: 'medium',
  controls: cis({ aks: '5.1.1' }),
  rationale: 'Defender scans the images that run in the cluster for known flaws, and sees attacks while they happen.',
  remediation: 'Set securityProfile.defender.securityMonitoring.enabled to true.',
  path: ['securityProfile', 'defender', 'securityMonitoring', 'enabled'],
  // Where older versions of the API have it.
  otherwise: [['securityProfile', 'azureDefender', 'enabled']],
  meets: isTrue,
  problem: 'is not watched by Microsoft Defender',
  fix: true,
  examples: { fails: { securityProfile: {} }, passes: { securityProfile: { defender: { securityMonitoring: { enabled: true } } } } },
});

const workloadIdentity: ResourcePolicy = {
  id: 'aks-workload-identity',
  title: 'Workloads of AKS have identities of their own',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.2.1' }),
  rationale: 'Without workload identity, pods reach Azure with the identity of their node, which all of them share, or with passwords in secrets.',
  remediation: 'Set securityProfile.workloadIdentity.enabled and oidcIssuerProfile.enabled to true.',
  resourceTypes: CLUSTER.resourceTypes,
  examples: {
    fails: azureResource(CLUSTER.type, { oidcIssuerProfile: { enabled: true } }),
    passes: azureResource(CLUSTER.type, { oidcIssuerProfile: { enabled: true }, securityProfile: { workloadIdentity: { enabled: true } } }),
  },
  check(resource, report) {
    const identity = ['securityProfile', 'workloadIdentity', 'enabled'];
    const enabled = input(resource, ...identity);
    if (enabled !== true && !isPreset(resource, enabled)) report.finding({ path: identity, found: enabled, message: `cluster '${resource.name}' has no identities for workloads`, fix: true });
    const issuer = ['oidcIssuerProfile', 'enabled'];
    const issues = input(resource, ...issuer);
    if (issues !== true && !isPreset(resource, issues)) report.finding({ path: issuer, found: issues, message: `cluster '${resource.name}' has no issuer of tokens for workloads`, fix: true });
  },
};

const secretsKey = azureInputPolicy({
  ...common,
  id: 'aks-secrets-key',
  title: 'Secrets of AKS are encrypted with a key of their owner',
  severity: 'medium',
  controls: cis({ aks: '5.3.1' }),
  rationale: 'With a key in a vault of your own, whoever gets hold of the data of the API server cannot read the secrets in it, and the key can be withdrawn.',
  remediation: 'Set securityProfile.azureKeyVaultKms.enabled to true, with the key in keyId.',
  path: ['securityProfile', 'azureKeyVaultKms', 'enabled'],
  meets: isTrue,
  problem: 'does not encrypt its secrets with a key of their owner',
  fix: true,
  examples: {
    fails: { securityProfile: { azureKeyVaultKms: { enabled: false } } },
    passes: { securityProfile: { azureKeyVaultKms: { enabled: true, keyId: 'https://example.vault.azure.net/keys/aks/1' } } },
  },
});

export const CLUSTER_SECURITY: readonly Policy[] = [auditLogs, defender, workloadIdentity, secretsKey];
