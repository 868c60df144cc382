import type { Policy } from '../../engine/policy';
import { CLUSTER_ACCESS } from './cluster-access';
import { CLUSTER_SECURITY } from './cluster-security';
import { REGISTRIES } from './registries';

/** The AKS benchmark: clusters and their registries. */
export const AKS: readonly Policy[] = [...CLUSTER_SECURITY, ...REGISTRIES, ...CLUSTER_ACCESS];
