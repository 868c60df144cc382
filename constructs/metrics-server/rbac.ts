import type { Construct } from 'constructs';
import { ServiceIdentity, userClusterRole } from '../core';

const READ = ['get', 'list', 'watch'] as const;
const LABELS = { 'k8s-app': 'metrics-server' } as const;

/** The server's ServiceAccount with its permissions. */
export function serverIdentity(scope: Construct, namespace: string): ServiceIdentity {
  return (
    new ServiceIdentity(scope, 'identity', { name: 'metrics-server', namespace, labels: LABELS })
      .grantInCluster({
        name: 'system:metrics-server',
        labels: LABELS,
        rules: [
          // What kubelets ask for before they show their metrics.
          { resources: ['nodes/metrics'], verbs: ['get'] },
          // Informers keep the nodes, and the names and labels of pods.
          { resources: ['nodes', 'pods'], verbs: ['list', 'watch'] },
        ],
      })
      // An aggregated API asks the API server who calls and whether they may, and with which certificate it is called itself.
      .bindClusterRole('system:auth-delegator', 'metrics-server:system:auth-delegator')
      .bindRole({ kind: 'Role', name: 'extension-apiserver-authentication-reader' }, 'kube-system', 'metrics-server-auth-reader')
  );
}

/** Lets everybody who may look at a namespace look at what its pods use. */
export function userRole(scope: Construct): void {
  const aggregated = ['view', 'edit', 'admin'].map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true'] as const);
  userClusterRole(scope, {
    name: 'system:aggregated-metrics-reader',
    labels: { ...LABELS, ...Object.fromEntries(aggregated) },
    rules: [{ apiGroups: ['metrics.k8s.io'], resources: ['nodes', 'pods'], verbs: READ }],
  });
}
