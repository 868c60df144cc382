import type { Construct } from 'constructs';
import { userClusterRole } from '../core';

const LABEL = 'rbac.authorization.kubeflow.org/aggregate-to-';
const KSERVE_ADMIN = { [`${LABEL}kubeflow-kserve-admin`]: 'true' };

const READ = ['get', 'list', 'watch'] as const;
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'] as const;

/** Kinds users work with in their namespaces. */
const RESOURCES = ['inferencegraphs', 'inferenceservices', 'llminferenceserviceconfigs', 'llminferenceservices', 'servingruntimes', 'trainedmodels'];

/**
 * What users of a namespace may do with KServe's kinds, as parts of Kubeflow's user roles.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/config/overlays/kubeflow/cluster-role.yaml
 */
export function userRoles(scope: Construct): void {
  const apiGroups = ['serving.kserve.io'];
  userClusterRole(scope, { name: 'kubeflow-kserve-admin', aggregates: KSERVE_ADMIN, labels: { [`${LABEL}kubeflow-admin`]: 'true' } });
  userClusterRole(scope, {
    name: 'kubeflow-kserve-edit',
    labels: { [`${LABEL}kubeflow-edit`]: 'true', ...KSERVE_ADMIN },
    rules: [{ apiGroups, resources: RESOURCES, verbs: [...READ, ...WRITE] }],
  });
  userClusterRole(scope, {
    name: 'kubeflow-kserve-view',
    labels: { [`${LABEL}kubeflow-view`]: 'true' },
    rules: [{ apiGroups, resources: [...RESOURCES, ...RESOURCES.map((resource) => `${resource}/status`)], verbs: READ }],
  });
}
