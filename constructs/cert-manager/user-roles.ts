import type { Construct } from 'constructs';
import { userClusterRole } from '../core/rbac';
import { labelsOf } from './labels';

const READ = ['get', 'list', 'watch'] as const;
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'] as const;
const CERTIFICATES = ['certificates', 'certificaterequests', 'issuers'] as const;
const CHALLENGES = ['challenges', 'orders'] as const;

function aggregateTo(...roles: readonly string[]): Record<string, string> {
  return Object.fromEntries(roles.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']));
}

/** What users may do with cert-manager's kinds, as part of Kubernetes' own `view`, `edit` and `admin`. */
export function userRoles(scope: Construct): void {
  const labels = labelsOf('controller');
  userClusterRole(scope, {
    name: 'cert-manager-cluster-view',
    labels: { ...labels, ...aggregateTo('cluster-reader') },
    rules: [{ apiGroups: ['cert-manager.io'], resources: ['clusterissuers'], verbs: READ }],
  });
  userClusterRole(scope, {
    name: 'cert-manager-view',
    labels: { ...labels, ...aggregateTo('view', 'edit', 'admin', 'cluster-reader') },
    rules: [
      { apiGroups: ['cert-manager.io'], resources: CERTIFICATES, verbs: READ },
      { apiGroups: ['acme.cert-manager.io'], resources: CHALLENGES, verbs: READ },
    ],
  });
  userClusterRole(scope, {
    name: 'cert-manager-edit',
    labels: { ...labels, ...aggregateTo('edit', 'admin') },
    rules: [
      { apiGroups: ['cert-manager.io'], resources: CERTIFICATES, verbs: WRITE },
      // Asking for a renewal sets a condition.
      { apiGroups: ['cert-manager.io'], resources: ['certificates/status'], verbs: ['update'] },
      { apiGroups: ['acme.cert-manager.io'], resources: CHALLENGES, verbs: WRITE },
    ],
  });
}
