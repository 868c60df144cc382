import type { FieldPath } from '../../engine/field-path';
import type { CloudResource, Fields } from '../../engine/object';
import type { PolicyContext, Report, ResourcePolicy } from '../../engine/policy';
import type { Setting } from '../../engine/setting';
import { UnknownValueError } from '../../engine/unknown-value';
import { inputPolicy, type InputPolicy } from '../cloud/input-policy';
import { elements, input, isOn, nameOf, setting } from '../cloud/inputs';
import { references } from '../cloud/references';

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
  return isOn(input(resource, 'enableAutopilot'));
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
export type ClusterInputPolicy = Omit<InputPolicy, 'resourceTypes' | 'noun' | 'applies'> & Pick<ClusterPolicy, 'enforcedByAutopilot'>;

/** Makes a policy that one input of a cluster decides. */
export function clusterInput({ enforcedByAutopilot = false, ...about }: ClusterInputPolicy): ResourcePolicy {
  return inputPolicy({ ...about, resourceTypes: [CLUSTER], noun: 'cluster', applies: (resource) => !(enforcedByAutopilot && isAutopilot(resource)) });
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
  if (isOn(input(resource, 'removeDefaultNodePool'))) return [];
  return [{ name: `the default node pool of cluster '${resource.name}'`, config: ['nodeConfig'], provisioned: false }];
}

function provisionedNodes(resource: CloudResource): readonly NodeGroup[] {
  if (!isOn(input(resource, 'clusterAutoscaling', 'enabled'))) return [];
  const config = ['clusterAutoscaling', 'autoProvisioningDefaults'];
  return [{ name: `auto-provisioned nodes of cluster '${resource.name}'`, config, management: [...config, 'management'], provisioned: true }];
}

function pool(name: string, path: FieldPath): NodeGroup {
  return { name, config: [...path, 'nodeConfig'], management: [...path, 'management'], provisioned: false };
}

/** Runs a check on one part of a resource: an unknown value leaves that part undecided, not the others. */
export function decide(report: Report, path: FieldPath, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    report.undecided({ path: error.path ?? path, reason: error.message });
  }
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
export function nodeSetting(resource: CloudResource, nodes: NodeGroup, ...field: FieldPath): Setting {
  return setting(resource, ...nodes.config, ...field);
}

/** The node pools of clusters that are declared apart from them. */
export const poolsOfClusters = references({
  from: [NODE_POOL],
  inputs: [['cluster']],
  to: [CLUSTER],
  namesOf: (resource) => [resource.name, nameOf(resource), resource.id],
  mayBeCalledOtherwise: (resource) => resource.id === undefined && nameOf(resource) === undefined,
});
