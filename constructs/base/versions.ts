/** Release of the Kubeflow distribution whose namespaces and roles these are. @see https://github.com/kubeflow/community-distribution */
export const KUBEFLOW_DISTRIBUTION_VERSION = '26.03';
