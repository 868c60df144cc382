import type * as pulumi from '@pulumi/pulumi';
import {
  type ClusterNetwork,
  type DiskType,
  existingNetwork,
  type GcpLocation,
  type GcpLookups,
  GkeCluster,
  type GkeTarget,
  Network,
  NodeAccount,
  NodePool,
  persistentDisks,
  POOL_DEFAULTS,
  readMachineType,
} from '../../components/gcp';
import type { Retention } from '../../components/retention';
import type { BlockStorage } from '../../constructs/core';
import type { GkeConfig } from '../config/schemas/gke';
import { PLATFORM_KUBERNETES } from '../kubernetes';
import type { Provisioned } from '../stack';
import type { KeyOf } from './keys';
import { poolKinds, type Survey } from './survey';

/** What every part of the stack is made with. */
export interface GkeContext {
  readonly config: GkeConfig;
  readonly place: GcpLocation;
  readonly lookups: GcpLookups;
  readonly retention: Retention;
  readonly key: KeyOf;
  /** The provider, and that the project's APIs are enabled first. */
  readonly options: pulumi.CustomResourceOptions;
}

/** The cluster, and what else is made with it. */
export interface MadeCluster {
  readonly cluster: GkeTarget;
  readonly network: ClusterNetwork;
  readonly blockStorage?: BlockStorage;
  /** Who pulls images, of a cluster whose nodes are ours. */
  readonly nodeAccounts: readonly NodeAccount[];
  readonly provisioned: Omit<Provisioned, 'leftovers' | 'outputs'>;
}

/** A network, with what is decided for every cluster in it. */
type RoomyNetwork = ClusterNetwork & { readonly controlPlaneCidr: string; readonly maxPodsPerNode: number };

/** Network, cluster and nodes; or a network or cluster there is already. */
export async function cluster(context: GkeContext, found: Survey): Promise<MadeCluster> {
  if (found.kind === 'made') return made(context, found, await networkOf(context, found.maxNodes));
  const { kubeconfig, context: contextName } = found.cluster;
  return { cluster: found.cluster, network: await networkOf(context), nodeAccounts: [], provisioned: { kubeconfig, context: contextName, readyAfter: [], nodePools: [] } };
}

async function networkOf({ config: { network }, place, lookups, options }: GkeContext, maxNodes?: number): Promise<RoomyNetwork> {
  const { existing, ...rest } = network;
  const room = maxNodes !== undefined && { maxNodes };
  return existing ? existingNetwork('network', lookups, { ...existing, ...room }, options) : new Network('network', { ...rest, ...room, region: place.region }, options);
}

function made({ config, place, retention, key, options }: GkeContext, { zones }: Extract<Survey, { kind: 'made' }>, network: RoomyNetwork): MadeCluster {
  const { clusterName, kubernetesVersion: version, nodes } = config;
  const { existing: _, securityGroup, ...clusterConfig } = config.cluster;
  const account = new NodeAccount('node-account', { project: place.project }, options);
  const gke = new GkeCluster(
    'cluster',
    {
      ...clusterConfig,
      ...(securityGroup !== 'none' && { securityGroup }),
      project: place.project,
      region: place.region,
      clusterName,
      network,
      controlPlaneCidr: network.controlPlaneCidr,
      maxPodsPerNode: network.maxPodsPerNode,
      secretsKey: key('cluster'),
      diskKey: key('disks'),
      nodeAccount: account,
      supported: PLATFORM_KUBERNETES.range,
      version,
      retention,
    },
    options,
  );
  const common = { cluster: gke, account, diskKey: key('disks') };
  const pools = [
    new NodePool('nodes-system', { ...nodes.system, ...common, kind: 'system', zones: zones.system }, options),
    new NodePool('nodes-cpu', { ...nodes.cpu, ...common, kind: 'cpu', zones: zones.cpu }, options),
    ...(nodes.gpu ? [new NodePool('nodes-gpu', { ...nodes.gpu, ...common, kind: 'gpu', zones: zones.gpu }, options)] : []),
  ];
  return {
    cluster: gke,
    network,
    blockStorage: persistentDisks({ key: key('disks'), type: diskType(config) }),
    nodeAccounts: [account],
    provisioned: { kubeconfig: gke.kubeconfig, context: gke.context, readyAfter: pools, nodePools: pools.map(({ capacity }) => capacity) },
  };
}

/** Persistent Disks go with most machines; where none takes them, Hyperdisks. */
function diskType(config: GkeConfig): DiskType {
  const machines = poolKinds(config).map((kind) => readMachineType('machineType', config.nodes[kind]?.machineType ?? POOL_DEFAULTS[kind].machineType, `nodes-${kind}`));
  return machines.every(({ hyperdiskOnly }) => hyperdiskOnly) ? 'hyperdisk-balanced' : 'pd-balanced';
}
