export { AksCluster, type AksTarget } from './aks-cluster';
export type { AksClusterArgs } from './args';
export { CONTROL_PLANE_LOGS } from './audit';
export { checkKubernetesVersion, checkVersionOffered, CLUSTER_NAME, MOST_AUTHORIZED_RANGES } from './checks';
export { existingAksCluster, type ExistingAksClusterArgs } from './existing';
export { AKS_SERVER_APPLICATION, type SignIn } from './kubeconfig';
export { WINDOW_HOURS, type MaintenanceWindow } from './maintenance';
