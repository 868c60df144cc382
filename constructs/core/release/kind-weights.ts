/** Kinds in the order people expect to read them; only breaks ties between objects that do not wait for each other. */
const ORDER = [
  'Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass', 'RuntimeClass', 'IngressClass',
  'ResourceQuota', 'LimitRange', 'NetworkPolicy', 'ServiceAccount', 'ClusterRole', 'Role', 'ClusterRoleBinding',
  'RoleBinding', 'Secret', 'ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim', 'Service', 'Pod', 'ReplicaSet',
  'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'HorizontalPodAutoscaler', 'PodDisruptionBudget',
  'Ingress', 'APIService', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration',
];

const WEIGHTS = new Map(ORDER.map((kind, weight) => [kind, weight]));

/** Smaller goes first; custom resources come last. */
export function kindWeight(kind: string): number {
  return WEIGHTS.get(kind) ?? ORDER.length;
}
