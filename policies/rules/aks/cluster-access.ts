import { isFields } from '../../engine/object';
import type { Policy, ResourcePolicy } from '../../engine/policy';
import { azureResource, isTrue } from '../azure/azure-resource';
import { azureInputPolicy } from '../azure/input-policy';
import { cis } from '../cis';
import { input, isOneOf } from '../cloud/inputs';
import { isEverywhere } from '../cloud/network';
import { shown } from '../shown';
import { CLUSTER, isPreset } from './cluster';

const endpointRanges: ResourcePolicy = {
  id: 'aks-endpoint-ranges',
  title: 'API servers of AKS answer known networks only',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.4.1' }),
  rationale: 'An API server that everyone can reach is one flaw, or one leaked token, away from being taken over. It answers every address unless ranges are named or the cluster is private.',
  remediation: 'List ranges in apiServerAccessProfile.authorizedIPRanges, or set apiServerAccessProfile.enablePrivateCluster.',
  resourceTypes: CLUSTER.resourceTypes,
  examples: {
    fails: azureResource(CLUSTER.type, { apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/0'] } }),
    passes: azureResource(CLUSTER.type, { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] } }),
  },
  check(cluster, report) {
    if (input(cluster, 'apiServerAccessProfile', 'enablePrivateCluster') === true) return;
    // The first is the input; people write the others, and a preview of the API had the last.
    const spellings = [['apiServerAccessProfile', 'authorizedIPRanges'], ['apiServerAccessProfile', 'authorizedIpRanges'], ['apiServerAuthorizedIPRanges']];
    const path = spellings.find((each) => input(cluster, ...each) !== undefined) ?? ['apiServerAccessProfile', 'authorizedIPRanges'];
    const ranges = input(cluster, ...path);
    if (!Array.isArray(ranges) || ranges.length === 0) {
      report.finding({ path, found: ranges, message: `cluster '${cluster.name}' answers every network at its API server` });
      return;
    }
    for (const index of ranges.keys()) {
      const range = input(cluster, ...path, index);
      if (isEverywhere(range)) {
        report.finding({ path: [...path, index], found: range, message: `cluster '${cluster.name}' answers every network at its API server, by the range ${String(range)}` });
      }
    }
  },
};

const entraId: ResourcePolicy = {
  id: 'aks-entra-id',
  title: 'AKS clusters know people by Entra ID only',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.5.1' }),
  rationale: 'Accounts of the cluster itself are certificates that work for everyone who has them, past every second factor, until the cluster is rebuilt. Those of Entra ID are managed in one place.',
  remediation: 'Set aadProfile.managed and disableLocalAccounts to true, and leave enableRBAC on.',
  resourceTypes: CLUSTER.resourceTypes,
  examples: {
    fails: azureResource(CLUSTER.type, { aadProfile: { managed: true } }),
    passes: azureResource(CLUSTER.type, { aadProfile: { managed: true }, disableLocalAccounts: true }),
  },
  check(cluster, report) {
    const managed = input(cluster, 'aadProfile', 'managed');
    // Without local accounts Azure makes no cluster that does not know Entra ID.
    const implied = input(cluster, 'aadProfile') === undefined && input(cluster, 'disableLocalAccounts') === true;
    if (managed !== true && !implied && !isPreset(cluster, managed)) report.finding({ path: ['aadProfile', 'managed'], found: managed, message: `cluster '${cluster.name}' does not know people by Entra ID`, fix: true });
    const local = input(cluster, 'disableLocalAccounts');
    if (local !== true && !isPreset(cluster, local)) report.finding({ path: ['disableLocalAccounts'], found: local, message: `cluster '${cluster.name}' has local accounts`, fix: true });
    const rbac = input(cluster, 'enableRBAC');
    if (rbac === false) report.finding({ path: ['enableRBAC'], found: rbac, message: `cluster '${cluster.name}' lets every account do everything`, fix: true });
  },
};

const azureRbac: ResourcePolicy = {
  id: 'aks-azure-rbac',
  title: 'AKS clusters are authorized by Azure RBAC',
  severity: 'medium',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.5.2' }),
  rationale: 'With Azure RBAC, what people may do in clusters is granted, reviewed and taken away where all their other roles are, and for many clusters at once.',
  remediation: 'Set aadProfile.enableAzureRBAC to true, and leave enableRBAC on.',
  resourceTypes: CLUSTER.resourceTypes,
  examples: {
    fails: azureResource(CLUSTER.type, { aadProfile: { managed: true } }),
    passes: azureResource(CLUSTER.type, { aadProfile: { managed: true, enableAzureRBAC: true }, enableRBAC: true }),
  },
  check(cluster, report) {
    const azure = input(cluster, 'aadProfile', 'enableAzureRBAC');
    if (azure !== true && !isPreset(cluster, azure)) {
      // Azure takes the one only with the other.
      const fix = { managed: true, enableAzureRBAC: true };
      report.finding({ path: ['aadProfile', 'enableAzureRBAC'], found: azure, message: `cluster '${cluster.name}' is not authorized by Azure RBAC`, fix, fixAt: ['aadProfile'] });
    }
    const rbac = input(cluster, 'enableRBAC');
    if (rbac !== undefined && rbac !== true) report.finding({ path: ['enableRBAC'], found: rbac, message: `cluster '${cluster.name}' has no role-based access control`, fix: true });
  },
};

const privateCluster = azureInputPolicy({
  id: 'aks-private-cluster',
  title: 'API servers of AKS are private',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.4.2' }),
  rationale: 'A private cluster has no public address at all: its API server is reached from its own network and those connected to it.',
  remediation: 'Create the cluster with apiServerAccessProfile.enablePrivateCluster set to true.',
  types: [CLUSTER.type],
  noun: 'cluster',
  path: ['apiServerAccessProfile', 'enablePrivateCluster'],
  meets: isTrue,
  problem: 'has a public API server',
  fix: true,
  examples: { fails: { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] } }, passes: { apiServerAccessProfile: { enablePrivateCluster: true } } },
});

const POOL = 'azure-native:containerservice:AgentPool';

const privateNodes: ResourcePolicy = {
  id: 'aks-private-nodes',
  title: 'Nodes of AKS have no public addresses',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ aks: '5.4.3' }),
  rationale: 'A node with a public address can be attacked from the Internet, past the load balancers and rules in front of the cluster.',
  remediation: 'Remove enableNodePublicIP, or set it to false.',
  resourceTypes: [...CLUSTER.resourceTypes, POOL],
  examples: {
    fails: azureResource(CLUSTER.type, { agentPoolProfiles: [{ name: 'system', enableNodePublicIP: true }] }),
    passes: azureResource(CLUSTER.type, { agentPoolProfiles: [{ name: 'system', enableNodePublicIP: false }] }),
  },
  check(resource, report) {
    const isPool = resource.type === POOL;
    const pools = input(resource, 'agentPoolProfiles');
    const places = isPool ? [[]] : Array.isArray(pools) ? pools.map((_, index) => ['agentPoolProfiles', index]) : [];
    for (const at of places) {
      if (!isPool && !isFields(input(resource, ...at))) continue;
      const path = [...at, 'enableNodePublicIP'];
      const value = input(resource, ...path);
      if (value === undefined || value === false) continue;
      const pool = isPool ? resource.name : shown(input(resource, ...at, 'name') ?? at[1]);
      report.finding({ path, found: value, message: `node pool '${pool}' gives its nodes public addresses`, fix: false });
    }
  },
};

const NETWORK_POLICY: readonly string[] = ['networkProfile', 'networkPolicy'];

const networkPolicy: ResourcePolicy = {
  id: 'aks-network-policy',
  title: 'AKS clusters enforce network policies',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.3.1', aks: ['4.4.1', '5.4.4'] }),
  rationale: 'Without an engine that enforces them, network policies are accepted and have no effect: every pod reaches every other. None is installed unless one is chosen.',
  remediation: 'Set networkProfile.networkPolicy to cilium, azure or calico.',
  resourceTypes: CLUSTER.resourceTypes,
  examples: {
    fails: azureResource(CLUSTER.type, { networkProfile: { networkPlugin: 'azure' } }),
    passes: azureResource(CLUSTER.type, { networkProfile: { networkPlugin: 'azure', networkPolicy: 'cilium' } }),
  },
  check(cluster, report) {
    const engine = input(cluster, ...NETWORK_POLICY);
    if (isOneOf(engine, 'azure', 'calico', 'cilium') || isPreset(cluster, engine)) return;
    if (engine === undefined || isOneOf(engine, 'none', '')) {
      // The dataplane of Cilium enforces policies itself.
      if (isOneOf(input(cluster, 'networkProfile', 'networkDataplane'), 'cilium') && engine === undefined) return;
      if (isOneOf(input(cluster, 'networkProfile', 'networkPlugin'), 'none')) {
        report.undecided({ path: NETWORK_POLICY, reason: 'the network plugin is installed apart from the cluster' });
        return;
      }
    }
    report.finding({ path: NETWORK_POLICY, found: engine, message: `cluster '${cluster.name}' does not enforce network policies` });
  },
};

export const CLUSTER_ACCESS: readonly Policy[] = [endpointRanges, privateCluster, privateNodes, networkPolicy, entraId, azureRbac];
