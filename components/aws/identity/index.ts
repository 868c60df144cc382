export { clusterAutoscalerAccess } from './cluster-autoscaler';
export { loadBalancerControllerAccess } from './load-balancer-controller';
export { PodIdentityRoles, type PodIdentityRolesArgs } from './pod-identity-roles';
export { irsaTrust, podIdentityTrust } from './trust';
