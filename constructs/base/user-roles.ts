import type { Construct } from 'constructs';
import { userClusterRole } from '../core/rbac';
import type { Waiver } from '../core/waiver';
import { ADMIN_RULES, EDIT_RULES, ISTIO_READ_RULES, ISTIO_POLICY_READ_RULES, VIEW_RULES } from './user-rules';

/** What a user may be in a profile's namespace. `admin` may all that `edit` may, and `edit` all that `view` may. */
export type UserRole = 'admin' | 'edit' | 'view';

/**
 * Labels by which a component's ClusterRole becomes part of a user role.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregateTo(role: UserRole | 'istio-admin'): Record<string, string> {
  return { [`rbac.authorization.kubeflow.org/aggregate-to-kubeflow-${role}`]: 'true' };
}

/** What `edit` holds for working in a namespace, `admin` holds through it. */
const WORKS_IN_NAMESPACE: readonly Waiver[] = [
  { policy: 'secret-access-aggregated', reason: 'Through `kubeflow-kubernetes-edit`: users keep credentials as Secrets of their namespace, to which a RoleBinding confines the role.' },
  { policy: 'pod-creation-aggregated', reason: 'Through `kubeflow-kubernetes-edit`: users run pods in their namespace, to which a RoleBinding confines the role.' },
];

/** Declares the user roles: three that aggregate, and what they hold for Kubernetes' own kinds and Istio's. */
export function userRoles(scope: Construct): void {
  userClusterRole(scope, { name: 'kubeflow-admin', aggregates: aggregateTo('admin'), waivers: WORKS_IN_NAMESPACE });
  userClusterRole(scope, { name: 'kubeflow-edit', aggregates: aggregateTo('edit'), labels: aggregateTo('admin'), waivers: WORKS_IN_NAMESPACE });
  userClusterRole(scope, { name: 'kubeflow-view', aggregates: aggregateTo('view'), labels: aggregateTo('edit') });

  userClusterRole(scope, { name: 'kubeflow-kubernetes-admin', labels: aggregateTo('admin'), rules: ADMIN_RULES });
  userClusterRole(scope, { name: 'kubeflow-kubernetes-edit', labels: aggregateTo('edit'), rules: EDIT_RULES });
  userClusterRole(scope, { name: 'kubeflow-kubernetes-view', labels: aggregateTo('view'), rules: VIEW_RULES });

  userClusterRole(scope, { name: 'kubeflow-istio-admin', aggregates: aggregateTo('istio-admin'), labels: aggregateTo('admin') });
  userClusterRole(scope, { name: 'kubeflow-istio-edit', labels: { ...aggregateTo('edit'), ...aggregateTo('istio-admin') }, rules: ISTIO_READ_RULES });
  userClusterRole(scope, { name: 'kubeflow-istio-view', labels: aggregateTo('view'), rules: [...ISTIO_READ_RULES, ...ISTIO_POLICY_READ_RULES] });
}
