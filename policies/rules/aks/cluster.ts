import type { CloudResource } from '../../engine/object';
import { input, isOneOf } from '../cloud/inputs';

/** AKS clusters, as the provider for Azure calls them. */
export const CLUSTER = {
  /** Pulumi type without its package. */
  type: 'containerservice:ManagedCluster',
  resourceTypes: ['azure-native:containerservice:ManagedCluster'],
} as const;

/**
 * Whether a value that is not stated is one that AKS sets itself: clusters of the SKU Automatic come with Entra ID,
 * Azure RBAC, workload identity and the network policies of Cilium, and without local accounts.
 */
export function isPreset(cluster: CloudResource, value: unknown): boolean {
  return value === undefined && isOneOf(input(cluster, 'sku', 'name'), 'Automatic');
}
