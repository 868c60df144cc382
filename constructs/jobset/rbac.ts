import type { Construct } from 'constructs';
import { type RbacRule, ServiceIdentity, userClusterRole } from '../core';
import { LEASE_NAME } from './config';

const READ = ['get', 'list', 'watch'] as const;

/**
 * What the controller does, by the calls in its source; narrower than its generated role where no call needs the verb, wider in one place:
 * it writes the status of pods, which that role forgets.
 */
const CONTROLLER_RULES: readonly RbacRule[] = [
  { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets'], verbs: [...READ, 'delete'] },
  { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets/status'], verbs: ['get', 'update', 'patch'] },
  // Where owner references are checked, blocking an owner's deletion asks for this.
  { apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets/finalizers'], verbs: ['update'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: [...READ, 'create', 'update', 'delete'] },
  // A suspended job's start time is cleared before it resumes.
  { apiGroups: ['batch'], resources: ['jobs/status'], verbs: ['get', 'update', 'patch'] },
  // Pods that violate exclusive placement are marked as disrupted, so that they do not count as failures, and deleted.
  { resources: ['pods'], verbs: [...READ, 'delete'] },
  { resources: ['pods/status'], verbs: ['update'] },
  { resources: ['services'], verbs: [...READ, 'create'] },
  { resources: ['persistentvolumeclaims'], verbs: [...READ, 'create'] },
  { resources: ['nodes'], verbs: READ },
  { resources: ['events'], verbs: ['create', 'patch'] },
];

/** The manager protects its metrics: it asks the API server who calls and whether they may. */
const METRICS_GUARD_RULES: readonly RbacRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

const LEADER_ELECTION_RULES: readonly RbacRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [LEASE_NAME], verbs: ['get', 'update', 'patch'] },
  { resources: ['events'], verbs: ['create', 'patch'] },
];

/** The controller's ServiceAccount with its permissions. */
export function controllerIdentity(scope: Construct, namespace: string): ServiceIdentity {
  return new ServiceIdentity(scope, 'identity', { name: 'jobset-controller-manager', namespace })
    .grantInCluster({ name: 'jobset-manager-role', bindingName: 'jobset-manager-rolebinding', rules: CONTROLLER_RULES })
    .grantInCluster({ name: 'jobset-proxy-role', bindingName: 'jobset-proxy-rolebinding', rules: METRICS_GUARD_RULES })
    .grantInNamespace({ name: 'jobset-leader-election-role', bindingName: 'jobset-leader-election-rolebinding', rules: LEADER_ELECTION_RULES });
}

/** ClusterRoles for people and for monitoring. */
export function userRoles(scope: Construct): void {
  userClusterRole(scope, { name: 'jobset-metrics-reader', rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] });
  userClusterRole(scope, {
    name: 'jobset-viewer-role',
    labels: { 'rbac.authorization.kubeflow.org/aggregate-to-kubeflow-view': 'true' },
    rules: [{ apiGroups: ['jobset.x-k8s.io'], resources: ['jobsets', 'jobsets/status'], verbs: READ }],
  });
}
