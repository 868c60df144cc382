import type { CloudResource } from '../../engine/object';
import type { ResourcePolicy } from '../../engine/policy';
import { cis } from '../cis';
import { input, isOff, isOn, isOneOf, setting } from '../cloud/inputs';
import { cluster, CLUSTER, clusterInput, decide, isAutopilot, NODE_POOL, nodesOf, poolsOfClusters } from './cluster';

/** CIS GKE 4.3.1: network policies are enforced. */
export const networkPolicyEnforcement = clusterInput({
  id: 'gke-network-policy',
  title: 'GKE clusters enforce network policies',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ kubernetes: '5.3.1', gke: '4.3.1' }),
  rationale:
    'NetworkPolicy objects do nothing unless the network enforces them: the API server takes them, and every pod still ' +
    'reaches every other. Dataplane V2 enforces them, and so does the network policy add-on.',
  remediation: 'Set datapathProvider to ADVANCED_DATAPATH, or networkPolicy.enabled to true.',
  examples: { fails: cluster({ networkPolicy: { enabled: false } }), passes: cluster({ datapathProvider: 'ADVANCED_DATAPATH' }) },
  enforcedByAutopilot: true,
  path: ['networkPolicy', 'enabled'],
  meets: (value, resource) => isOn(value) || isOneOf(input(resource, 'datapathProvider'), 'ADVANCED_DATAPATH'),
  problem: 'does not enforce network policies',
  fix: true,
});

/** CIS GKE 5.6.1: traffic between pods of one node is seen too. */
export const intranodeVisibility = clusterInput({
  id: 'gke-intranode-visibility',
  title: 'GKE clusters show traffic inside a node to the network',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.6.1' }),
  rationale:
    'Traffic between pods on one node does not pass the network by default, so neither flow logs nor firewall rules see it. ' +
    'Where an intruder moves from pod to pod, that is the traffic one wants to have seen.',
  remediation: 'Set enableIntranodeVisibility to true, and switch on the flow logs of the subnet.',
  examples: { fails: cluster({}), passes: cluster({ enableIntranodeVisibility: true }) },
  path: ['enableIntranodeVisibility'],
  // Autopilot switches it on unless it is told not to.
  meets: (value, resource) => isOn(value) || (isAutopilot(resource) && !isOff(value)),
  problem: 'hides traffic between pods of one node from the network',
  fix: true,
});

/** CIS GKE 5.6.2: pods have addresses of the VPC. */
export const vpcNative = clusterInput({
  id: 'gke-vpc-native',
  title: 'GKE clusters are VPC-native',
  severity: 'low',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.6.2' }),
  rationale:
    'In a VPC-native cluster pods have alias addresses that the VPC knows: it checks that nobody forges them, and firewall ' +
    'rules can name them. A routes-based cluster has neither, and cannot be private.',
  remediation: 'Set networkingMode to VPC_NATIVE (left out, it is by default, which is reported as advice), and give the ranges in ipAllocationPolicy rather than clusterIpv4Cidr.',
  examples: { fails: cluster({ networkingMode: 'ROUTES' }), passes: cluster({ networkingMode: 'VPC_NATIVE', ipAllocationPolicy: {} }) },
  enforcedByAutopilot: true,
  path: ['networkingMode'],
  meets: isVpcNative,
  isDefaulted: (mode, resource) => mode === undefined && input(resource, 'ipAllocationPolicy') === undefined && isVpcNative(mode, resource),
  problem: 'is routes-based, not VPC-native',
  fix: 'VPC_NATIVE',
});

function isVpcNative(mode: unknown, resource: CloudResource): boolean {
  if (mode !== undefined) return isOneOf(mode, 'VPC_NATIVE');
  // New clusters are VPC-native by default, unless a range of pods is given apart from an allocation policy.
  return input(resource, 'ipAllocationPolicy') !== undefined || input(resource, 'clusterIpv4Cidr') === undefined;
}

/** CIS GKE 5.6.5: nodes have no public addresses. */
export const privateNodes: ResourcePolicy = {
  id: 'gke-private-nodes',
  title: 'GKE nodes have no public addresses',
  severity: 'high',
  enforcement: 'mandatory',
  controls: cis({ gke: '5.6.5' }),
  rationale:
    'A node with a public address is one firewall rule away from the internet, with the kubelet and every node port. ' +
    'Private nodes reach out through Cloud NAT, and are not reached.',
  remediation: 'Set privateClusterConfig.enablePrivateNodes to true, and leave networkConfig.enablePrivateNodes of node pools out or true.',
  reach: 'stack',
  examples: {
    fails: cluster({}),
    passes: cluster({ privateClusterConfig: { enablePrivateNodes: true, masterIpv4CidrBlock: '172.16.0.0/28' } }),
  },
  resourceTypes: [CLUSTER, NODE_POOL],
  check(resource, report, context) {
    if (resource.type === NODE_POOL) {
      const { path, value } = setting(resource, 'networkConfig', 'enablePrivateNodes');
      if (isOff(value)) report.finding({ path, found: value, message: `nodes of node pool '${resource.name}' have public addresses`, fix: true });
      return;
    }
    for (const { name, config } of nodesOf(resource)) {
      const path = [...config.slice(0, -1), 'networkConfig', 'enablePrivateNodes'];
      // Only pools in the list of a cluster have a setting of their own here.
      if (config[0] !== 'nodePools') continue;
      decide(report, path, () => {
        const value = input(resource, ...path);
        if (isOff(value)) report.finding({ path, found: value, message: `nodes of ${name} have public addresses` });
      });
    }
    const { path, value } = setting(resource, 'privateClusterConfig', 'enablePrivateNodes');
    if (isOn(value)) return;
    const { certain, open } = context.derive(poolsOfClusters).to(resource);
    const areAllPrivate = arePrivate(resource, certain);
    if (areAllPrivate && !open) return;
    if (areAllPrivate ?? open) report.undecided({ path, reason: 'it is not known of which cluster a node pool is' });
    else report.finding({ path, found: value, message: `nodes of cluster '${resource.name}' have public addresses by default`, fix: true });
  },
};

/** Whether each node pool of a cluster says of itself that it is private; `undefined` if it has none. */
function arePrivate(resource: CloudResource, apart: readonly CloudResource[]): boolean | undefined {
  const inline = nodesOf(resource).map(({ config }) =>
    config[0] === 'nodePools' && isOn(input(resource, ...config.slice(0, -1), 'networkConfig', 'enablePrivateNodes')),
  );
  const pools = apart.map((nodes) => isOn(input(nodes, 'networkConfig', 'enablePrivateNodes')));
  return inline.length + pools.length > 0 ? [...inline, ...pools].every(Boolean) : undefined;
}
