export { asString } from './as-string';
export { ClusterTarget, KUBERNETES_PROVIDER_VERSION, type ClusterTargetArgs } from './cluster';
export { KubernetesObject } from './kubernetes-object';
export { PlatformDeployment, type CrdDeployment, type PlatformDeploymentArgs } from './platform';
