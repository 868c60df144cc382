import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { type RbacRule, userClusterRole, type Waiver, waiverAnnotations } from '../core';
import { TRAINER_VERSION } from './versions';

const READ = ['get', 'list', 'watch'] as const;
const TRAINER = ['trainer.kubeflow.org'] as const;
const AGGREGATE = 'rbac.authorization.kubeflow.org/aggregate-to-';

const EVERYBODY = 'system:authenticated';
const VIEW_RUNTIMES = 'kubeflow-trainer-view-cluster-runtimes';
const PUBLIC = 'kubeflow-trainer-public';

/** Reading logs and events is part of running a job. */
const EDIT_RULES: readonly RbacRule[] = [
  { apiGroups: TRAINER, resources: ['trainingruntimes'], verbs: READ },
  { apiGroups: TRAINER, resources: ['trainjobs'], verbs: [...READ, 'create', 'patch', 'delete'] },
  { resources: ['pods', 'pods/log', 'events'], verbs: READ },
];

/** Groups that see runtimes and version unless told otherwise: everybody, as upstream has it. */
export const DEFAULT_READERS: readonly string[] = [EVERYBODY];

/** Users' roles, which join Kubeflow's own, and what `readers` may see: the runtimes, and the version for the Python SDK. */
export function userRoles(scope: Construct, namespace: string, readers: readonly string[]): void {
  const subjects = readers.map((name): k8s.Subject => ({ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name }));
  const binding = (what: string) => ({ annotations: waiverAnnotations(readers.includes(EVERYBODY) ? everybodyWaiver(what) : [], scope.node.path) });

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
    metadata: { name: VIEW_RUNTIMES, ...binding('the runtimes, which every user of the Python SDK lists before a job') },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: VIEW_RUNTIMES },
    subjects,
  });

  const metadata = { name: PUBLIC, namespace };
  new k8s.KubeConfigMap(scope, 'public-version', { metadata, data: { kubeflow_trainer_version: `v${TRAINER_VERSION}` } });
  new k8s.KubeRole(scope, 'public-version-reader', {
    metadata,
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: [PUBLIC], verbs: [...READ] }],
  });
  new k8s.KubeRoleBinding(scope, 'everybody-reads-version', {
    metadata: { ...metadata, ...binding('one ConfigMap, with the version that the Python SDK asks for') },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: PUBLIC },
    subjects,
  });
}

function everybodyWaiver(what: string): readonly Waiver[] {
  return [{ policy: 'authenticated-binding', reason: `It shows ${what}, and nothing secret. Where not everybody with credentials is a user of the platform, \`readers\` names the groups that are.` }];
}
