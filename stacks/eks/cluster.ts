import type * as pulumi from '@pulumi/pulumi';
import {
  type AwsIdentity,
  type ClusterNetwork,
  clusterAutoscalerAccess,
  EksAddOns,
  EksCluster,
  loadBalancerControllerAccess,
  Network,
  NetworkAddOns,
  NodeGroup,
  NodeRole,
  type PolicyStatement,
  type TargetCluster,
} from '../../components/aws';
import { asString } from '../../components/bridge';
import type { Retention } from '../../components/retention';
import type { BlockStorage } from '../../constructs/core';
import type { EksConfig } from '../config';
import { PLATFORM_KUBERNETES } from '../kubernetes';
import type { Provisioned } from '../stack';
import { DEFAULT_CIDR, type FoundCluster, type FoundNetwork, type NodeGroupKind, serviceCidr, type Survey } from './survey';

/** What every part of the stack is made with. */
export interface EksContext {
  readonly config: EksConfig;
  readonly account: AwsIdentity;
  /** ARN of the role or user that deploys. */
  readonly deployer: string;
  readonly retention: Retention;
  readonly options: pulumi.ComponentResourceOptions;
}

/** The cluster, and what else is made with it. */
export interface MadeCluster {
  readonly cluster: TargetCluster;
  readonly network: ClusterNetwork;
  readonly vpcId: string;
  readonly blockStorage?: BlockStorage;
  readonly loadBalancerAccess: readonly PolicyStatement[];
  /** What the autoscaler needs, of a cluster whose node groups are ours. */
  readonly autoscalerAccess?: readonly PolicyStatement[];
  readonly provisioned: Omit<Provisioned, 'leftovers' | 'outputs'>;
}

type Args = EksContext & { readonly keyArn: pulumi.Output<string> };

/** Network, cluster, nodes and add-ons; or a network or cluster there is already. */
export function cluster(args: Args, found: Survey): MadeCluster {
  const network = networkOf(args, found.network);
  return found.cluster.kind === 'existing' ? existing(args, found.cluster.cluster, network) : made(args, found.cluster, network);
}

function networkOf({ config, account, retention, options, keyArn }: Args, found: FoundNetwork): ClusterNetwork {
  if (found.kind === 'existing') return found.network;
  const { existing: _, cidr = DEFAULT_CIDR, ...rest } = config.network;
  return new Network('network', { ...rest, cidr, account, keyArn, retention, zones: found.zones }, options);
}

function existing({ account }: Args, cluster: TargetCluster, network: ClusterNetwork): MadeCluster {
  return {
    ...common(cluster, network, account),
    provisioned: { kubeconfig: cluster.kubeconfig, context: cluster.context, readyAfter: [], nodePools: [] },
  };
}

function made({ config, account, deployer, retention, options, keyArn }: Args, { offeredVersions, offeredZones }: Extract<FoundCluster, { kind: 'made' }>, network: ClusterNetwork): MadeCluster {
  const { clusterName, kubernetesVersion, profile, nodes } = config;
  const { administrators = [], existing: _, ...clusterConfig } = config.cluster;
  const cluster = new EksCluster(
    'cluster',
    {
      ...clusterConfig,
      account,
      network,
      clusterName,
      kubernetesVersion,
      supportedVersions: PLATFORM_KUBERNETES.range,
      offeredVersions,
      administrators: [...new Set([deployer, ...administrators])],
      profile,
      serviceCidr: serviceCidr(config),
      keyArn,
      retention,
    },
    options,
  );
  const networkAddOns = new NetworkAddOns('network-add-ons', { account, cluster }, options);
  const role = new NodeRole('node-role', { account }, options);
  const group = (kind: NodeGroupKind, sizes: EksConfig['nodes']['system']) =>
    new NodeGroup(`nodes-${kind}`, { ...sizes, kind, cluster, network, role, networkAddOns, offeredZones, keyArn }, options);
  const groups = [group('system', nodes.system), group('cpu', nodes.cpu), ...(nodes.gpu ? [group('gpu', nodes.gpu)] : [])];
  const addOns = new EksAddOns('add-ons', { account, cluster, nodes: groups, keyArn }, options);
  return {
    ...common(cluster, network, account),
    blockStorage: addOns.blockStorage,
    autoscalerAccess: clusterAutoscalerAccess(account, { clusterName: cluster.clusterName }),
    provisioned: { kubeconfig: cluster.kubeconfig, context: cluster.context, readyAfter: [...groups, addOns], nodePools: groups.map(({ capacity }) => capacity) },
  };
}

function common(cluster: TargetCluster, network: ClusterNetwork, account: AwsIdentity): Pick<MadeCluster, 'cluster' | 'network' | 'vpcId' | 'loadBalancerAccess'> {
  return { cluster, network, vpcId: asString(network.vpcId, 'the id of the VPC'), loadBalancerAccess: loadBalancerControllerAccess(account, cluster, network) };
}
