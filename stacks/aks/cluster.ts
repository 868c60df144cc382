import type * as pulumi from '@pulumi/pulumi';
import {
  AksCluster,
  AksNodePools,
  type AksNetwork,
  type AksTarget,
  type AzureAccount,
  azureDisks,
  existingAksCluster,
  existingNetwork,
  FlowLogs,
  Keys,
  Logs,
  Network,
  planAddresses,
} from '../../components/azure';
import type { Retention } from '../../components/retention';
import type { BlockStorage } from '../../constructs/core';
import type { AksConfig } from '../config/schemas/aks';
import { PLATFORM_KUBERNETES } from '../kubernetes';
import type { Provisioned } from '../stack';
import type { AksLookups } from './lookups';
import { systemPoolOf, userPoolsOf } from './nodes';

/** What every part of the stack is made with. */
export interface AksContext {
  readonly config: AksConfig;
  readonly account: AzureAccount;
  readonly lookups: AksLookups;
  readonly retention: Retention;
  readonly options: { readonly provider: pulumi.ProviderResource };
}

/** The cluster, and what else is made with it. */
export interface MadeCluster {
  readonly cluster: AksTarget;
  readonly network: AksNetwork;
  /** Range that databases are in, of a network that is ours. */
  readonly databaseCidr?: string;
  readonly keys: Keys;
  readonly workspaceId: pulumi.Output<string>;
  readonly blockStorage?: BlockStorage;
  readonly provisioned: Omit<Provisioned, 'leftovers' | 'outputs'>;
}

type Place = Pick<MadeCluster, 'network' | 'keys' | 'workspaceId' | 'databaseCidr'>;

/** Network, logs, keys, cluster and nodes; or a network or cluster there is already. */
export async function cluster(context: AksContext): Promise<MadeCluster> {
  const { existing, ...config } = context.config.cluster;
  if (!existing) return made(context, config, await placeOf(context));
  const { lookups, options } = context;
  // Nothing here mounts secrets of key vaults.
  const found = await existingAksCluster(lookups.azure, { ...existing, supported: PLATFORM_KUBERNETES.range, needsSecretsStore: false }, options, 'cluster.existing');
  return { ...(await placeOf(context)), cluster: found, provisioned: { kubeconfig: found.kubeconfig, context: found.context, readyAfter: [], nodePools: [] } };
}

async function placeOf({ config, account: { tenantId }, lookups, retention, options }: AksContext): Promise<Place> {
  const { location, logs, flowLogs, keys, exposure } = config;
  const { existing, ingressFrom, ...addresses } = config.network;
  const { cidr, subnets } = planAddresses(addresses, 'network');
  const network = existing
    ? await existingNetwork(lookups.azure, { ...existing, location }, 'network.existing')
    : new Network('network', { ...addresses, location, ingressFrom: ingressFrom ?? (exposure === 'internal' ? [cidr] : ['Internet']) }, options);
  const { workspaceId } = new Logs('logs', { ...logs, resourceGroupName: network.resourceGroupName, location, retention }, options);
  // Of a network that exists, traffic is logged by whoever made it.
  if (!existing) new FlowLogs('flow-logs', { ...flowLogs, network, workspaceId, retention }, options);
  return { network, workspaceId, keys: new Keys('keys', { ...keys, network, tenantId, workspaceId, retention }, options), ...(!existing && { databaseCidr: subnets.database }) };
}

function made({ config: { clusterName, kubernetesVersion, nodes }, account, retention, options }: AksContext, config: Omit<AksConfig['cluster'], 'existing'>, place: Place): MadeCluster {
  const { network, keys, workspaceId } = place;
  const systemPool = systemPoolOf(nodes);
  const cluster = new AksCluster(
    'cluster',
    {
      ...config,
      network,
      keys,
      workspaceId,
      tenantId: account.tenantId,
      deployerObjectId: account.objectId,
      clusterName,
      kubernetesVersion,
      supported: PLATFORM_KUBERNETES.range,
      systemPool,
      retention,
    },
    options,
  );
  const pools = new AksNodePools('nodes', { cluster, network, systemPool, pools: userPoolsOf(nodes) }, options);
  return {
    ...place,
    cluster,
    blockStorage: azureDisks({ diskEncryptionSetId: keys.diskEncryptionSetId }),
    provisioned: { kubeconfig: cluster.kubeconfig, context: cluster.context, readyAfter: [cluster, pools], nodePools: [...cluster.capacity, ...pools.capacity] },
  };
}
