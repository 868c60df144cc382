import type * as pulumi from '@pulumi/pulumi';
import type { NodeTaint } from '../../capacity';
import { statedLabelsOf, taintsOf } from './placement';
import { hasTrustedLaunch, isSpot, maxPodsOf, minNodesOf, osDiskGiBOf, zonesOf, type NodePool } from './pool';

/** Where nodes go. */
export interface NodePlace {
  readonly subnetId: pulumi.Input<string>;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What Azure is told of a pool, in a cluster's own description or in a resource of its own. */
export function poolProfile(pool: NodePool, { subnetId, tags }: NodePlace) {
  const trusted = hasTrustedLaunch(pool);
  const zones = zonesOf(pool);
  return {
    type: 'VirtualMachineScaleSets',
    mode: pool.kind === 'system' ? 'System' : 'User',
    vmSize: pool.vmSize,
    osType: 'Linux',
    osSKU: pool.os ?? 'AzureLinux',
    osDiskSizeGB: osDiskGiBOf(pool),
    // Disks that keep what they have are encrypted with the cluster's own key; temporary ones are not.
    osDiskType: 'Managed',
    kubeletDiskType: 'OS',
    maxPods: maxPodsOf(pool),
    count: minNodesOf(pool),
    minCount: minNodesOf(pool),
    maxCount: pool.max,
    enableAutoScaling: true,
    enableNodePublicIP: false,
    enableEncryptionAtHost: pool.encryptionAtHost !== false,
    securityProfile: { enableSecureBoot: trusted, enableVTPM: trusted, sshAccess: 'Disabled' },
    vnetSubnetID: subnetId,
    nodeLabels: { ...statedLabelsOf(pool) },
    nodeTaints: taintsOf(pool).map(taintText),
    ...(zones.length > 0 && { availabilityZones: [...zones] }),
    ...(tags && { tags: { ...tags } }),
    ...purchase(pool),
    ...(pool.kind === 'gpu' && { gpuProfile: { driver: pool.drivers === 'operator' ? 'None' : 'Install' } }),
  };
}

function purchase(pool: NodePool) {
  // A node that Azure may take back at any time is not waited for.
  if (isSpot(pool)) return { scaleSetPriority: 'Spot', scaleSetEvictionPolicy: 'Delete', spotMaxPrice: -1 };
  const reserved = pool.kind !== 'system' && pool.capacityReservationGroupId !== undefined ? { capacityReservationGroupID: pool.capacityReservationGroupId } : {};
  // There is seldom a spare machine with GPUs to replace another with: those go before their successors come.
  return { ...reserved, upgradeSettings: pool.kind === 'gpu' ? { maxSurge: '0', maxUnavailable: '1' } : { maxSurge: '10%', drainTimeoutInMinutes: 30 } };
}

function taintText({ key, value, effect }: NodeTaint): string {
  return value === undefined ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}
