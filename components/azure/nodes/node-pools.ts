import * as pulumi from '@pulumi/pulumi';
import * as containerservice from '@pulumi/azure-native/containerservice';
import { InvalidInputError } from '../../../constructs/core';
import type { NodePoolCapacity } from '../../capacity';
import type { AksNetwork } from '../network';
import { poolCapacity } from './capacity';
import { checkPool, checkTogether } from './checks';
import type { SystemPool, UserPool } from './pool';
import { poolProfile } from './profile';

/** Props of {@link AksNodePools}. */
export interface AksNodePoolsArgs {
  /** Cluster they belong to. */
  readonly cluster: { readonly resourceGroupName: pulumi.Input<string>; readonly clusterName: pulumi.Input<string> };
  readonly network: AksNetwork;
  /** At least one that takes ordinary pods. */
  readonly pools: readonly UserPool[];
  /** The cluster's first pool, to share the network with. @default the cluster exists already, and with it its pools */
  readonly systemPool?: SystemPool;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Pools of nodes that the cluster autoscaler makes more and fewer of: without addresses on the Internet, started securely, their disks encrypted by their host.
 *
 * @throws InvalidInputError for a pool that cannot be
 * @see https://learn.microsoft.com/azure/aks/create-node-pools
 */
export class AksNodePools extends pulumi.ComponentResource {
  /** What the pools have for pods. */
  readonly capacity: readonly NodePoolCapacity[];

  constructor(name: string, args: AksNodePoolsArgs, options?: pulumi.ComponentResourceOptions) {
    for (const [index, pool] of args.pools.entries()) checkPool(pool, `pools[${index}]`, name);
    if (!args.pools.some(({ kind }) => kind === 'cpu')) throw new InvalidInputError({ property: 'pools', value: args.pools.map((pool) => pool.name), expected: "at least one pool of the kind 'cpu': system nodes and those with GPUs take no ordinary pods", where: name });
    checkTogether([...(args.systemPool ? [args.systemPool] : []), ...args.pools], args.network.maxNodes, name);
    const capacity = args.pools.map((pool) => poolCapacity(pool, name));
    super('kubeflow-cdk:azure:AksNodePools', name, {}, options);
    this.capacity = capacity;
    for (const pool of args.pools) {
      new containerservice.AgentPool(
        `${name}-${pool.name}`,
        {
          ...poolProfile(pool, { subnetId: args.network.nodeSubnetId, tags: args.tags }),
          resourceGroupName: args.cluster.resourceGroupName,
          resourceName: args.cluster.clusterName,
          agentPoolName: pool.name,
        },
        // How many there are is the autoscaler's to say. A pool of the same name has to go before its successor comes.
        { parent: this, ignoreChanges: ['count'], deleteBeforeReplace: true },
      );
    }
    this.registerOutputs({});
  }
}
