import { checkWholeNumber, InvalidInputError } from '../../../constructs/core';
import { machineType } from './machine-types';
import { isSpot, maxPodsOf, minNodesOf, osDiskGiBOf, zonesOf, type NodePool } from './pool';

/** Most nodes of a pool. @see https://learn.microsoft.com/azure/aks/quotas-skus-regions */
export const LARGEST_POOL = 1000;
/** Pods that a node of an overlay network takes. */
export const PODS_PER_NODE = { least: 30, most: 250 } as const;
/** Names of Linux pools. */
export const POOL_NAME = /^[a-z][a-z0-9]{0,11}$/;
const DISK_GIB = { least: 30, most: 2048 } as const;
/** The least that a system pool takes. @see https://learn.microsoft.com/azure/aks/use-system-pools */
const SYSTEM_LEAST = { vCpus: 2, memoryGiB: 4 };
const ZONES: readonly string[] = ['1', '2', '3'];
const RESERVATION = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/capacityReservationGroups\/[^/]+$/i;

/**
 * Checks a pool by itself.
 *
 * @param property how the configuration names it, e.g. `pools[0]`
 * @throws InvalidInputError
 */
export function checkPool(pool: NodePool, property: string, where: string): void {
  const at = (field: string): string => `${property}.${field}`;
  const refuse = (field: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property: at(field), value, expected, where });
  };
  if (!POOL_NAME.test(pool.name)) refuse('name', pool.name, '1 to 12 lower-case letters and digits, the first one a letter');
  const { vCpus, memoryGiB, gpus } = machineType(pool.vmSize, where, at('vmSize'));
  const hasGpus = Object.keys(gpus).length > 0;
  if (pool.kind === 'gpu' && !hasGpus) refuse('vmSize', pool.vmSize, "a size with GPUs, such as 'Standard_NC24ads_A100_v4'");
  if (pool.kind !== 'gpu' && hasGpus) refuse('vmSize', pool.vmSize, "a size without GPUs; those are for pools of the kind 'gpu'");
  if (pool.kind === 'system' && (vCpus < SYSTEM_LEAST.vCpus || memoryGiB < SYSTEM_LEAST.memoryGiB)) {
    refuse('vmSize', pool.vmSize, `a size with at least ${SYSTEM_LEAST.vCpus} vCPUs and ${SYSTEM_LEAST.memoryGiB} GiB, which the cluster's own pods need`);
  }
  checkWholeNumber(at('max'), pool.max, where, { least: 1, most: LARGEST_POOL });
  checkWholeNumber(at('min'), minNodesOf(pool), where, { least: pool.kind === 'system' ? 1 : 0, most: pool.max });
  checkWholeNumber(at('maxPods'), maxPodsOf(pool), where, PODS_PER_NODE);
  checkWholeNumber(at('osDiskGiB'), osDiskGiBOf(pool), where, DISK_GIB);
  const zones = zonesOf(pool);
  if (new Set(zones).size !== zones.length || zones.some((zone) => !ZONES.includes(zone))) refuse('zones', zones, "each of '1', '2' and '3' at most once");
  for (const key of Object.keys(pool.labels ?? {})) {
    if (/^(.+\.)?kubernetes\.azure\.com\//.test(key)) refuse('labels', key, 'keys outside kubernetes.azure.com, which AKS sets itself');
  }
  if (pool.kind === 'system') return;
  const { capacityReservationGroupId: group } = pool;
  if (group !== undefined && isSpot(pool)) refuse('capacityReservationGroupId', group, 'no reservation with spot: one is either');
  if (group !== undefined && !RESERVATION.test(group)) refuse('capacityReservationGroupId', group, 'the id of a capacity reservation group: /subscriptions/…/capacityReservationGroups/<name>');
}

/**
 * Checks pools against each other and the network they share.
 *
 * @param property how the configuration names them
 * @throws InvalidInputError
 */
export function checkTogether(pools: readonly NodePool[], maxNodes: number, where: string, property = 'pools'): void {
  for (const [index, { name }] of pools.entries()) {
    if (pools.findIndex((other) => other.name === name) < index) throw new InvalidInputError({ property, value: name, expected: 'a name that no other pool of the cluster has', where });
  }
  const nodes = pools.reduce((sum, { max }) => sum + max, 0);
  if (nodes > maxNodes) throw new InvalidInputError({ property, value: `${nodes} nodes at most`, expected: `at most ${maxNodes}, for which the ranges of nodes and pods have room`, where });
}
