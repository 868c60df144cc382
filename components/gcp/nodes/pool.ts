import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { NodePoolCapacity } from '../../capacity';
import { hardenedNode } from './hardening';
import { planPool, type PoolPlan, waits } from './plan';
import type { NodePoolArgs } from './pool-args';

/** Zones that a regional cluster has nodes in unless it says otherwise. */
const ZONES = 3;

/** The longest that a machine of the Dynamic Workload Scheduler is lent. @see https://cloud.google.com/kubernetes-engine/docs/concepts/dws */
const LONGEST_RUN = `${7 * 24 * 3600}s`;

/** How GKE names the effects of taints. */
const EFFECTS = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' } as const;

/**
 * Nodes of one kind in a GKE cluster, as many as are asked for.
 *
 * @throws InvalidInputError for a machine type that is not known or does not suit the kind, GPUs that it cannot have, and sizes out of range
 */
export class NodePool extends pulumi.ComponentResource {
  /** What its nodes have for pods. */
  readonly capacity: NodePoolCapacity;

  constructor(name: string, args: NodePoolArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = planPool(name, args);
    super('kubeflow-cdk:gcp:NodePool', name, {}, options);
    this.capacity = plan.capacity;
    const { cluster, zones } = args;
    const { min, max } = plan.capacity;
    const scheduled = waits(plan.provisioning);
    new gcp.container.NodePool(
      name,
      {
        project: cluster.project,
        location: cluster.location,
        cluster: cluster.clusterName,
        ...(zones && { nodeLocations: [...zones] }),
        // It counts in each zone.
        initialNodeCount: Math.ceil(min / (zones?.length ?? ZONES)),
        autoscaling: { totalMinNodeCount: min, totalMaxNodeCount: max, locationPolicy: args.kind === 'system' ? 'BALANCED' : 'ANY' },
        maxPodsPerNode: plan.maxPodsPerNode,
        // Machines that are lent for a time are not repaired: the scheduler would have to find others first.
        management: { autoRepair: !scheduled, autoUpgrade: true },
        networkConfig: { enablePrivateNodes: true },
        ...(plan.provisioning === 'queued' && { queuedProvisioning: { enabled: true } }),
        ...(!scheduled && { upgradeSettings: upgradeOf(plan) }),
        nodeConfig: nodeConfigOf(plan, args),
      },
      // GKE counts nodes itself after the first; a new minimum would otherwise replace the pool.
      { parent: this, ignoreChanges: ['initialNodeCount'] },
    );
    this.registerOutputs({});
  }
}

/** One node more while nodes are upgraded; of machines with GPUs, which are scarce, one fewer. */
function upgradeOf({ gpus }: PoolPlan): gcp.types.input.container.NodePoolUpgradeSettings {
  return gpus ? { strategy: 'SURGE', maxSurge: 0, maxUnavailable: 1 } : { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 };
}

function nodeConfigOf(plan: PoolPlan, args: NodePoolArgs): gcp.types.input.container.NodePoolNodeConfig {
  const { machine, provisioning } = plan;
  return {
    ...hardenedNode(args.account.email, args.diskKey),
    machineType: plan.machineType,
    diskType: machine.hyperdiskOnly ? 'hyperdisk-balanced' : 'pd-balanced',
    diskSizeGb: plan.diskGib,
    labels: plan.labels,
    taints: plan.taints.map(({ key, value = '', effect }) => ({ key, value, effect: EFFECTS[effect] })),
    spot: provisioning === 'spot',
    ...(waits(provisioning) && { flexStart: true, maxRunDuration: LONGEST_RUN }),
    ...reservationOf(plan),
    ...(args.kind === 'gpu' && plan.gpus && acceleratorsOf(plan.gpus, args.driver ?? 'DEFAULT')),
  };
}

function reservationOf({ provisioning }: PoolPlan): gcp.types.input.container.NodePoolNodeConfig {
  if (waits(provisioning)) return { reservationAffinity: { consumeReservationType: 'NO_RESERVATION' } };
  if (typeof provisioning === 'string') return {};
  return { reservationAffinity: { consumeReservationType: 'SPECIFIC_RESERVATION', key: 'compute.googleapis.com/reservation-name', values: [provisioning.reservation] } };
}

function acceleratorsOf({ type, count }: NonNullable<PoolPlan['gpus']>, driver: string): gcp.types.input.container.NodePoolNodeConfig {
  return {
    guestAccelerators: [{ type, count, gpuDriverInstallationConfig: { gpuDriverVersion: driver } }],
    // The network card that newer machines with GPUs need.
    gvnic: { enabled: true },
  };
}
