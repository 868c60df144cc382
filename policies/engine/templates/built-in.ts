import { apiGroup, type ObjectKind } from '../object';
import type { TemplateShape } from './shape';

/** Groups that the API server itself serves: outside the kinds below, nothing in them becomes a pod. */
const BUILT_IN_GROUPS = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'imagepolicy.k8s.io',
  'internal.apiserver.k8s.io',
  'lifecycle.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Kinds that OpenShift once served beside the built-in ones, without a group. */
const LEGACY_OPENSHIFT = new Set(['DeploymentConfig', 'Template']);

const POD: TemplateShape = { spec: ['spec'], metadata: ['metadata'] };
const TEMPLATE: TemplateShape = { spec: ['spec', 'template', 'spec'], metadata: ['spec', 'template', 'metadata'] };
const CRON_JOB: TemplateShape = {
  spec: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  metadata: ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
};
const POD_TEMPLATE: TemplateShape = { spec: ['template', 'spec'], metadata: ['template', 'metadata'] };

/** By kind alone: whoever writes `apiVersion: v1` on a Deployment still means one. */
const WORKLOADS: ReadonlyMap<string, TemplateShape> = new Map([
  ['Pod', POD],
  ['PodTemplate', POD_TEMPLATE],
  ['ReplicationController', TEMPLATE],
  ['Deployment', TEMPLATE],
  ['DaemonSet', TEMPLATE],
  ['ReplicaSet', TEMPLATE],
  ['StatefulSet', TEMPLATE],
  ['Job', TEMPLATE],
  ['CronJob', CRON_JOB],
]);

/** Whether the API server itself defines this kind of object. */
export function isBuiltIn(object: ObjectKind): boolean {
  const group = apiGroup(object);
  return BUILT_IN_GROUPS.has(group) && !(group === '' && LEGACY_OPENSHIFT.has(object.kind));
}

/** Where a built-in kind keeps its pod template, if it has one. */
export function builtInTemplate(object: ObjectKind): TemplateShape | undefined {
  return isBuiltIn(object) ? WORKLOADS.get(object.kind) : undefined;
}
