import type { ObjectKind } from './object';
import { CLUSTER_KINDS } from './scope';
import { isBuiltIn } from './templates/built-in';

/** Namespaced kinds of the API server that policies look at, and those that hold objects. */
const NAMESPACED = [
  'ConfigMap', 'CronJob', 'DaemonSet', 'Deployment', 'Endpoints', 'EndpointSlice', 'Ingress', 'Job', 'LimitRange', 'List', 'NetworkPolicy',
  'PersistentVolumeClaim', 'Pod', 'PodDisruptionBudget', 'PodTemplate', 'ReplicaSet', 'ReplicationController', 'ResourceQuota', 'Role', 'RoleBinding',
  'Secret', 'Service', 'ServiceAccount', 'StatefulSet', 'HorizontalPodAutoscaler', 'Lease',
];
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map([...NAMESPACED, ...CLUSTER_KINDS].map((kind) => [kind.toLowerCase(), kind]));

/** The kind that is meant where only the case of its letters is wrong: the API server knows no such kind. */
export function meantKind(object: ObjectKind): string | undefined {
  const right = BY_LOWER_CASE.get(object.kind.toLowerCase());
  return right !== undefined && right !== object.kind && isBuiltIn(object) ? right : undefined;
}
