import type { FieldPath } from '../../engine/field-path';
import type { Inventory } from '../../engine/inventory';
import type { CloudResource, Fields } from '../../engine/object';
import type { PolicyContext, Report, ResourcePolicy } from '../../engine/policy';
import { readOr } from '../../engine/unknown-value';
import { decide, elements, type Input, input, isOn, nameOf } from '../gcp/inputs';

/** Pulumi type of a GKE cluster. */
export const CLUSTER = 'gcp:container/cluster:Cluster';
/** Pulumi type of a node pool that is declared apart from its cluster. */
export const NODE_POOL = 'gcp:container/nodePool:NodePool';

/** A cluster for examples. */
export function cluster(properties: Fields): CloudResource {
  return { type: CLUSTER, name: 'main', properties: { location: 'europe-west1', ...properties } };
}

/** A node pool for examples. */
export function nodePool(properties: Fields): CloudResource {
  return { type: NODE_POOL, name: 'workers', properties: { cluster: 'main', location: 'europe-west1', ...properties } };
}

/** Whether Google manages the nodes of a cluster, and with them most of their settings. */
export function isAutopilot(resource: CloudResource): boolean {
  return isOn(input(resource, 'enableAutopilot').value);
}

/** A policy over clusters: everything but how it finds them. */
export type ClusterPolicy = Omit<ResourcePolicy, 'resourceTypes' | 'check'> & {
  /** That Google enforces the control in Autopilot clusters, so that these have nothing to set. @default false */
  readonly enforcedByAutopilot?: boolean;
  checkCluster(resource: CloudResource, report: Report, context: PolicyContext): void;
};

/** Makes a policy that looks at clusters. */
export function clusterPolicy({ enforcedByAutopilot = false, checkCluster, ...about }: ClusterPolicy): ResourcePolicy {
  return {
    ...about,
    resourceTypes: [CLUSTER],
    check(resource, report, context) {
      if (enforcedByAutopilot && isAutopilot(resource)) return;
      checkCluster(resource, report, context);
    },
  };
}

/** A policy over one input of clusters. */
export type ClusterInputPolicy = Omit<ClusterPolicy, 'checkCluster'> & {
  readonly path: FieldPath;
  /** Whether a value of the input, `undefined` if it has none, meets the control. */
  meets(value: unknown, resource: CloudResource): boolean;
  /** Whether the input is left to a default that meets the control: that is reported as advice. @default never */
  isDefaulted?(value: unknown, resource: CloudResource): boolean;
  /** What is wrong with a cluster that does not: how the sentence `cluster 'main' …` goes on. */
  readonly problem: string;
  /** @default no patch is offered */
  readonly fix?: unknown;
};

/** Makes a policy that one input of a cluster decides. */
export function clusterInput({ path, meets, isDefaulted, problem, fix, ...about }: ClusterInputPolicy): ResourcePolicy {
  return clusterPolicy({
    ...about,
    checkCluster(resource, report) {
      const { value } = input(resource, ...path);
      if (isDefaulted?.(value, resource)) {
        report.finding({ path, found: value, message: `cluster '${resource.name}' leaves ${path.join('.')} to the default of the provider`, fix, enforcement: 'advisory' });
      } else if (!meets(value, resource)) {
        report.finding({ path, found: value, message: `cluster '${resource.name}' ${problem}`, fix });
      }
    },
  });
}

/** Some of the nodes that a resource makes, and where their settings stand. */
export interface NodeGroup {
  /** How a sentence names them. */
  readonly name: string;
  /** Where the settings of each node stand. */
  readonly config: FieldPath;
  /** Where it stands how they are repaired and upgraded; absent for the default pool, which has no such input. */
  readonly management?: FieldPath;
  /** Node auto-provisioning makes them: it has fewer settings, and takes others from the cluster. */
  readonly provisioned: boolean;
}

/** The nodes of a cluster or node pool. Those of an Autopilot cluster are Google's. */
export function nodesOf(resource: CloudResource): readonly NodeGroup[] {
  if (resource.type === NODE_POOL) return [pool(`node pool '${resource.name}'`, [])];
  if (isAutopilot(resource)) return [];
  return [...inlinePools(resource), ...provisionedNodes(resource)];
}

/** The pools that the cluster itself declares: a list, else the default pool, if it is kept. */
function inlinePools(resource: CloudResource): readonly NodeGroup[] {
  const declared = elements(resource, 'nodePools');
  if (declared.length > 0) return declared.map(({ path }, index) => pool(`node pool ${index} of cluster '${resource.name}'`, path));
  if (isOn(input(resource, 'removeDefaultNodePool').value)) return [];
  return [{ name: `the default node pool of cluster '${resource.name}'`, config: ['nodeConfig'], provisioned: false }];
}

function provisionedNodes(resource: CloudResource): readonly NodeGroup[] {
  if (!isOn(input(resource, 'clusterAutoscaling', 'enabled').value)) return [];
  const config = ['clusterAutoscaling', 'autoProvisioningDefaults'];
  return [{ name: `auto-provisioned nodes of cluster '${resource.name}'`, config, management: [...config, 'management'], provisioned: true }];
}

function pool(name: string, path: FieldPath): NodeGroup {
  return { name, config: [...path, 'nodeConfig'], management: [...path, 'management'], provisioned: false };
}

/** A policy over nodes: everything but how it finds them. */
export type NodePolicy = Omit<ResourcePolicy, 'resourceTypes' | 'check'> & {
  checkNodes(nodes: NodeGroup, resource: CloudResource, report: Report, context: PolicyContext): void;
};

/** Makes a policy that looks at the nodes of clusters and node pools. */
export function nodePolicy({ checkNodes, ...about }: NodePolicy): ResourcePolicy {
  return {
    ...about,
    resourceTypes: [CLUSTER, NODE_POOL],
    check(resource, report, context) {
      for (const nodes of nodesOf(resource)) decide(report, nodes.config, () => checkNodes(nodes, resource, report, context));
    },
  };
}

/** An input of nodes. */
export function nodeInput(resource: CloudResource, nodes: NodeGroup, ...field: FieldPath): Input {
  return input(resource, ...nodes.config, ...field);
}

/** The clusters of an evaluation, and the node pools of each. */
export interface Clusters {
  /** The cluster that a node pool belongs to, if it is in the evaluation. */
  of(nodePool: CloudResource): CloudResource | undefined;
  /** The node pools that are declared apart from a cluster. */
  poolsOf(cluster: CloudResource): readonly CloudResource[];
}

/** Made once an evaluation: pass it to `context.derive`. */
export function clusters(inventory: Inventory): Clusters {
  const byName = new Map<unknown, CloudResource>();
  for (const resource of inventory.ofType(CLUSTER)) {
    for (const name of [resource.name, nameOf(resource), resource.id]) if (name !== undefined) byName.set(name, resource);
  }
  const of = (nodes: CloudResource): CloudResource | undefined => {
    const origin = inventory.origin(nodes, 'cluster');
    if (origin?.type === CLUSTER) return origin;
    return byName.get(readOr(undefined, () => input(nodes, 'cluster').value));
  };
  const pools = new Map<CloudResource, CloudResource[]>();
  for (const nodes of inventory.ofType(NODE_POOL)) {
    const owner = of(nodes);
    if (!owner) continue;
    const same = pools.get(owner);
    if (same) same.push(nodes);
    else pools.set(owner, [nodes]);
  }
  return { of, poolsOf: (resource) => pools.get(resource) ?? [] };
}
