/** Type token of a set of CRDs. */
export const DEFINITIONS_TYPE = 'kubeflow-cdk:index:CustomResourceDefinitions';

/** Type token of what empties a cluster. */
export const DRAIN_TYPE = 'kubeflow-cdk:index:ClusterDrain';
