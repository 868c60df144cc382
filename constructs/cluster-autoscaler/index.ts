export { CLUSTER_AUTOSCALER_SERVICE_ACCOUNT, ClusterAutoscaler, type ClusterAutoscalerProps } from './cluster-autoscaler';
export type { Expander } from './expander';
export { clusterAutoscalerImage } from './images';
export type { ScaleDown, ScaleDownSetting, ScaleUp } from './settings';
export { CLUSTER_AUTOSCALER_VERSIONS } from './versions';
