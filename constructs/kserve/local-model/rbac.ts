import type { RbacRule } from '../../core';

const READ = ['get', 'list', 'watch'] as const;
const KSERVE = ['serving.kserve.io'] as const;

/**
 * What the controller of the model cache may do in the cluster.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/config/rbac/localmodel/role.yaml
 */
export const LOCAL_MODEL_CONTROLLER_RULES: readonly RbacRule[] = [
  { apiGroups: KSERVE, resources: ['localmodelcaches'], verbs: [...READ, 'update', 'patch'] },
  { apiGroups: KSERVE, resources: ['localmodelcaches/status'], verbs: ['get', 'update', 'patch'] },
  { apiGroups: KSERVE, resources: ['localmodelcaches/finalizers'], verbs: ['update'] },
  { apiGroups: KSERVE, resources: ['localmodelnodes'], verbs: [...READ, 'create', 'update', 'patch'] },
  { apiGroups: KSERVE, resources: ['localmodelnodes/status'], verbs: ['get'] },
  { apiGroups: KSERVE, resources: ['inferenceservices', 'localmodelnodegroups'], verbs: READ },
  {
    resources: ['persistentvolumes', 'persistentvolumeclaims'],
    verbs: [...READ, 'create', 'update', 'patch'],
    waives: { 'persistent-volume-creation': 'A cached model is a directory of its nodes, which a PersistentVolume for each group of nodes gives to the download and to servers.' },
  },
  { resources: ['nodes'], verbs: READ },
  { resources: ['configmaps'], verbs: ['get'] },
  { resources: ['events'], verbs: ['create', 'patch'] },
];

/**
 * What the agent on each node may do in the cluster.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/config/rbac/localmodelnode/role.yaml
 */
export const LOCAL_MODEL_AGENT_RULES: readonly RbacRule[] = [
  { apiGroups: KSERVE, resources: ['localmodelnodes', 'localmodelnodegroups', 'clusterstoragecontainers'], verbs: READ },
  { apiGroups: KSERVE, resources: ['localmodelnodes/status'], verbs: ['get', 'update', 'patch'] },
  { apiGroups: KSERVE, resources: ['localmodelnodes/finalizers'], verbs: ['update'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: READ },
  { resources: ['nodes'], verbs: READ },
];

/** What the agent may do where downloads run. */
export const DOWNLOAD_RULES: readonly RbacRule[] = [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete'] }];
