import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { input, isNamed, isOneOf, setting } from '../cloud/inputs';
import { isDefaultComputeAccount } from '../gcp/service-accounts';
import { CLUSTER, decide, isAutopilot, NODE_POOL, nodePolicy, nodePool, nodeSetting, nodesOf, poolsOfClusters } from './cluster';

const ACCOUNT = 'gke-nodes@my-project.iam.gserviceaccount.com';

/** CIS GKE 5.2.1: nodes have a service account made for them. */
export const nodeServiceAccount: ResourcePolicy = {
  id: 'gke-node-service-account',
  title: 'GKE nodes have a service account of their own',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.2.1' }),
  rationale:
    'The default service account of Compute Engine may edit nearly everything in the project. A pod that reaches the ' +
    'credentials of its node then owns the project. A node needs little more than to write logs and metrics and pull images.',
  remediation:
    'Make a service account with roles/container.defaultNodeServiceAccount and name it in nodeConfig.serviceAccount (of Autopilot and ' +
    'auto-provisioned nodes in clusterAutoscaling.autoProvisioningDefaults.serviceAccount).',
  examples: { fails: nodePool({ nodeConfig: { machineType: 'e2-standard-4' } }), passes: nodePool({ nodeConfig: { serviceAccount: ACCOUNT } }) },
  resourceTypes: [CLUSTER, NODE_POOL],
  check(resource, report) {
    if (resource.type === CLUSTER && isAutopilot(resource)) {
      const stated = input(resource, 'nodeConfig', 'serviceAccount');
      const { path, value } = setting(resource, 'clusterAutoscaling', 'autoProvisioningDefaults', 'serviceAccount');
      if (isDefault(value) && isDefault(stated)) report.finding({ path, found: value, message: message(`nodes of cluster '${resource.name}'`) });
      return;
    }
    for (const nodes of nodesOf(resource)) {
      decide(report, nodes.config, () => {
        const { path, value } = nodeSetting(resource, nodes, 'serviceAccount');
        if (isDefault(value)) report.finding({ path, found: value, message: message(nodes.name) });
      });
    }
  },
};

function isDefault(account: unknown): boolean {
  return !isNamed(account) || account === 'default' || isDefaultComputeAccount(account);
}

function message(nodes: string): string {
  return `${nodes}: the service account is the default one of Compute Engine`;
}

const MODE = ['workloadMetadataConfig', 'mode'] as const;

/** CIS GKE 5.4.1: pods see the metadata server of GKE, not that of the node. */
export const metadataServer = nodePolicy({
  id: 'gke-metadata-server',
  title: 'GKE nodes run the GKE metadata server',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.4.1' }),
  rationale:
    'Any pod can ask the metadata server of Compute Engine for the credentials of its node and for the data with which the ' +
    'kubelet registered. The GKE metadata server answers each pod as its own service account instead.',
  remediation: 'Set nodeConfig.workloadMetadataConfig.mode to GKE_METADATA; the cluster needs Workload Identity for it.',
  reach: 'stack',
  examples: {
    fails: nodePool({ nodeConfig: { workloadMetadataConfig: { mode: 'GCE_METADATA' } } }),
    passes: nodePool({ nodeConfig: { workloadMetadataConfig: { mode: 'GKE_METADATA' } } }),
  },
  checkNodes(nodes, resource, report, context) {
    // Auto-provisioned nodes run it where the cluster has Workload Identity, and cannot say otherwise.
    if (nodes.provisioned) return;
    const { path, value } = nodeSetting(resource, nodes, ...MODE);
    if (isOneOf(value, 'GKE_METADATA')) return;
    // Before version 4 of the provider the input was called nodeMetadata.
    if (isOneOf(nodeSetting(resource, nodes, 'workloadMetadataConfig', 'nodeMetadata').value, 'GKE_METADATA_SERVER')) return;
    if (value === undefined) {
      const pools = context.derive(poolsOfClusters);
      const owner = resource.type === NODE_POOL ? pools.targets(resource)[0] : resource;
      // With Workload Identity it is what new nodes get unless they are told otherwise.
      if (owner && (isAutopilot(owner) || isNamed(input(owner, 'workloadIdentityConfig', 'workloadPool')))) return;
      if (!owner && pools.isOpen(resource)) return report.undecided({ path, reason: 'it is not known of which cluster the pool is, and whether that has Workload Identity' });
    }
    report.finding({ path, found: value, message: `${nodes.name}: pods reach the metadata server of Compute Engine`, fix: 'GKE_METADATA' });
  },
});
