export { KubeflowBase, type KubeflowBaseProps } from './kubeflow-base';
export { aggregateTo, type UserRole } from './user-roles';
export { KUBEFLOW_DISTRIBUTION_VERSION } from './versions';
