import { type Fields, isFields, textMapOf, visitFields } from './fields';
import type { Labels } from './selectors';

/** Where a kind keeps the pods it makes, and what else it makes on the way to them. */
export interface PodTemplateLocation {
  readonly group: string;
  readonly kind: string;
  /** Field pattern of the pod template (what holds `metadata` and `spec`); `''` is the object itself. */
  readonly path: string;
  /**
   * Intermediate objects its controller creates, which webhooks may admit.
   * @default none but pods
   */
  readonly creates?: readonly { readonly group: string; readonly resource: string; readonly path: string }[];
  /** True if the component it belongs to is ready only when this is. @default false */
  readonly readiness?: boolean;
}

const JOBS = { group: 'batch', resource: 'jobs' };

/** Kinds that make pods. Components add theirs through the graph's options. */
export const POD_TEMPLATES: readonly PodTemplateLocation[] = [
  { group: '', kind: 'Pod', path: '', readiness: true },
  { group: '', kind: 'ReplicationController', path: 'spec.template', readiness: true },
  {
    group: 'apps', kind: 'Deployment', path: 'spec.template', readiness: true,
    creates: [{ group: 'apps', resource: 'replicasets', path: 'spec.template' }],
  },
  { group: 'apps', kind: 'ReplicaSet', path: 'spec.template', readiness: true },
  { group: 'apps', kind: 'DaemonSet', path: 'spec.template', readiness: true },
  {
    group: 'apps', kind: 'StatefulSet', path: 'spec.template', readiness: true,
    creates: [{ group: '', resource: 'persistentvolumeclaims', path: 'spec.volumeClaimTemplates[*]' }],
  },
  { group: 'batch', kind: 'Job', path: 'spec.template', readiness: true },
  {
    group: 'batch', kind: 'CronJob', path: 'spec.jobTemplate.spec.template',
    creates: [{ ...JOBS, path: 'spec.jobTemplate' }],
  },
  {
    group: 'jobset.x-k8s.io', kind: 'JobSet', path: 'spec.replicatedJobs[*].template.spec.template',
    creates: [{ ...JOBS, path: 'spec.replicatedJobs[*].template' }],
  },
  { group: 'leaderworkerset.x-k8s.io', kind: 'LeaderWorkerSet', path: 'spec.leaderWorkerTemplate.leaderTemplate' },
  {
    group: 'leaderworkerset.x-k8s.io', kind: 'LeaderWorkerSet', path: 'spec.leaderWorkerTemplate.workerTemplate',
    creates: [{ group: 'apps', resource: 'statefulsets', path: 'spec.leaderWorkerTemplate.workerTemplate' }],
  },
];

/** A pod template found in an object. */
export interface PodTemplate {
  /** Path of the template's pod spec, e.g. `spec.template.spec`. */
  readonly specPath: string;
  readonly spec: Fields;
  readonly labels: Labels;
}

/** The pod templates of an object at one location. */
export function podTemplatesAt(manifest: unknown, path: string): PodTemplate[] {
  const templates: PodTemplate[] = [];
  visitFields(manifest, path, (template, at) => {
    if (!isFields(template) || !isFields(template.spec)) return;
    templates.push({ specPath: at ? `${at}.spec` : 'spec', spec: template.spec, labels: labelsOf(template) });
  });
  return templates;
}

/** Labels of anything that has `metadata.labels`. */
export function labelsOf(value: unknown): Labels {
  return isFields(value) && isFields(value.metadata) ? textMapOf(value.metadata.labels) : {};
}
