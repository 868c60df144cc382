import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { input, isOneOf } from '../cloud/inputs';
import { someIs } from '../cloud/some';
import { CLUSTER, isAutopilot, NODE_POOL, nodeSetting, nodePool, nodesOf, poolsOfClusters } from './cluster';

/** CIS GKE 5.10.3: somewhere to run what is not trusted. */
export const sandbox: ResourcePolicy = {
  id: 'gke-sandbox',
  title: 'GKE clusters have a node pool with GKE Sandbox',
  severity: 'low',
  enforcement: 'advisory',
  controls: cis({ gke: '5.10.3' }),
  rationale:
    'Containers share the kernel of their node. GKE Sandbox (gVisor) puts a kernel of its own between, so that code one does ' +
    'not trust, or that handles what strangers send, has one more wall to break. Whether you run such code is for you to say.',
  remediation: "Add a node pool with nodeConfig.sandboxConfig.type GVISOR and run untrusted workloads with the runtime class 'gvisor'.",
  reach: 'stack',
  examples: {
    fails: nodePool({ nodeConfig: { machineType: 'e2-standard-4' } }),
    passes: nodePool({ nodeConfig: { imageType: 'COS_CONTAINERD', sandboxConfig: { type: 'GVISOR' } } }),
  },
  resourceTypes: [CLUSTER, NODE_POOL],
  check(resource, report, context) {
    const pools = context.derive(poolsOfClusters);
    if (resource.type === NODE_POOL) {
      // With its cluster in the stack, the cluster is what is judged: one pool is enough for it.
      if (pools.targets(resource).length > 0 || isSandboxed(resource)) return;
      const path = ['nodeConfig', 'sandboxConfig'];
      if (pools.isOpen(resource)) report.undecided({ path, reason: 'it is not known of which cluster the pool is, and which others that has' });
      else report.finding({ path, found: input(resource, ...path), message: `node pool '${resource.name}' does not run pods in GKE Sandbox` });
      return;
    }
    // Autopilot offers the runtime class to every pod.
    if (isAutopilot(resource)) return;
    const path = ['nodeConfig', 'sandboxConfig'];
    const { certain, open } = pools.to(resource);
    const sandboxed = someIs([resource, ...certain], isSandboxed);
    if (sandboxed) return;
    if (open || sandboxed === undefined) report.undecided({ path, reason: 'it is not known of which cluster a pool is, or whether it has GKE Sandbox' });
    else report.finding({ path, found: undefined, message: `cluster '${resource.name}' has no node pool with GKE Sandbox` });
  },
};

function isSandboxed(resource: CloudResource): boolean {
  return nodesOf(resource).some((nodes) =>
    ['type', 'sandboxType'].some((key) => isOneOf(nodeSetting(resource, nodes, 'sandboxConfig', key).value, 'GVISOR')),
  );
}
