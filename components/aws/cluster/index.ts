export { CLUSTER_LOG_TYPES, CLUSTER_NAME, type EksClusterArgs } from './cluster-args';
export { EksCluster } from './eks-cluster';
export { MOST_PUBLIC_ACCESS_CIDRS } from './endpoint-access';
export { existingEksCluster, type ExistingEksClusterArgs } from './existing';
export { kubeconfigText, type KubeconfigFacts } from './kubeconfig';
export { checkKubernetesVersion, type VersionCheck } from './version';
