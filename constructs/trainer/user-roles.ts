import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { type RbacRule, userClusterRole } from '../core';
import { TRAINER_VERSION } from './versions';

const READ = ['get', 'list', 'watch'] as const;
const TRAINER = ['trainer.kubeflow.org'] as const;
const AGGREGATE = 'rbac.authorization.kubeflow.org/aggregate-to-';

const EVERYBODY: k8s.Subject = { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' };
const VIEW_RUNTIMES = 'kubeflow-trainer-view-cluster-runtimes';
const PUBLIC = 'kubeflow-trainer-public';

/** Reading logs and events is part of running a job. */
const EDIT_RULES: readonly RbacRule[] = [
  { apiGroups: TRAINER, resources: ['trainingruntimes'], verbs: READ },
  { apiGroups: TRAINER, resources: ['trainjobs'], verbs: [...READ, 'create', 'patch', 'delete'] },
  { resources: ['pods', 'pods/log', 'events'], verbs: READ },
];

/** Users' roles, which join Kubeflow's own, and what everybody may see: the runtimes, and the version for the Python SDK. */
export function userRoles(scope: Construct, namespace: string): void {
  userClusterRole(scope, {
    name: 'kubeflow-trainer-admin',
    labels: { [`${AGGREGATE}kubeflow-admin`]: 'true' },
    aggregates: { [`${AGGREGATE}kubeflow-trainer-admin`]: 'true' },
  });
  userClusterRole(scope, {
    name: 'kubeflow-trainer-edit',
    labels: { [`${AGGREGATE}kubeflow-edit`]: 'true', [`${AGGREGATE}kubeflow-trainer-admin`]: 'true' },
    rules: EDIT_RULES,
  });
  userClusterRole(scope, {
    name: 'kubeflow-trainer-view',
    labels: { [`${AGGREGATE}kubeflow-view`]: 'true', [`${AGGREGATE}kubeflow-trainer-view`]: 'true' },
    rules: [{ apiGroups: TRAINER, resources: ['trainingruntimes', 'trainjobs'], verbs: READ }],
  });
  userClusterRole(scope, { name: VIEW_RUNTIMES, rules: [{ apiGroups: TRAINER, resources: ['clustertrainingruntimes'], verbs: READ }] });
  new k8s.KubeClusterRoleBinding(scope, 'everybody-views-runtimes', {
    metadata: { name: VIEW_RUNTIMES },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: VIEW_RUNTIMES },
    subjects: [EVERYBODY],
  });

  const metadata = { name: PUBLIC, namespace };
  new k8s.KubeConfigMap(scope, 'public-version', { metadata, data: { kubeflow_trainer_version: `v${TRAINER_VERSION}` } });
  new k8s.KubeRole(scope, 'public-version-reader', {
    metadata,
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: [PUBLIC], verbs: [...READ] }],
  });
  new k8s.KubeRoleBinding(scope, 'everybody-reads-version', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: PUBLIC },
    subjects: [EVERYBODY],
  });
}
