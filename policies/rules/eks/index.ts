import type { Policy } from '../../engine/policy';
import { CLUSTERS } from './cluster';
import { LOAD_BALANCER_TLS } from './load-balancer-tls';
import { networkPolicyEngine } from './network-policy';
import { nodeRegistryAccess } from './node-roles';
import { privateNodes } from './private-nodes';
import { REGISTRY } from './registry';
import { workloadIdentity } from './workload-identity';

/** What the EKS benchmark says of a cluster and what belongs to it. */
export const EKS: readonly Policy[] = [...CLUSTERS, ...REGISTRY, nodeRegistryAccess, workloadIdentity, privateNodes, networkPolicyEngine, ...LOAD_BALANCER_TLS];
