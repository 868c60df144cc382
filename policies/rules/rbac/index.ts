import type { Policy } from '../../engine/policy';
import { clusterAdmin } from './cluster-admin';
import { clusterAdminEquivalent } from './cluster-admin-equivalent';
import {
  certificateApproval,
  escalation,
  nodeProxyAccess,
  persistentVolumeCreation,
  podCreation,
  secretAccess,
  serviceAccountTokenCreation,
  webhookConfiguration,
} from './resource-access';
import { anonymous, authenticated, masters, unauthenticated } from './system-subjects';
import { wildcards } from './wildcards';

/** Policies over who may do what: roles, and whom they are bound to. */
export const RBAC: readonly Policy[] = [
  clusterAdmin,
  clusterAdminEquivalent,
  ...secretAccess,
  ...wildcards,
  ...podCreation,
  masters,
  ...escalation,
  ...persistentVolumeCreation,
  ...nodeProxyAccess,
  ...certificateApproval,
  ...webhookConfiguration,
  ...serviceAccountTokenCreation,
  anonymous,
  unauthenticated,
  authenticated,
];
