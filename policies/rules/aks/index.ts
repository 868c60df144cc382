import type { Policy } from '../../engine/policy';
import { CLUSTER_ACCESS } from './cluster-access';
import { CLUSTER_SECURITY } from './cluster-security';
import { ingressTls } from './ingress-tls';
import { REGISTRIES } from './registries';

/** The AKS benchmark: clusters, their registries, and what comes in. */
export const AKS: readonly Policy[] = [...CLUSTER_SECURITY, ...REGISTRIES, ...CLUSTER_ACCESS, ingressTls];
