import { k8s } from 'cdk8s-plus-27';
import { environmentJson, type EnvValue } from '../../core';
import type { RuntimeJob, TrainingRuntimeRef } from '../../trainer';

/** Labels and annotations that a patch adds. */
export interface MetadataPatch {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Changes to a container of the runtime. */
export interface ContainerPatch {
  readonly name: string;
  /** Not for `node` and the initializers, whose variables a job sets directly. */
  readonly env?: Readonly<Record<string, EnvValue>>;
  readonly volumeMounts?: readonly k8s.VolumeMount[];
  readonly securityContext?: k8s.SecurityContext;
}

/** Changes to a pod of the runtime. */
export interface PodSpecPatch {
  readonly serviceAccountName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: k8s.Affinity;
  readonly tolerations?: readonly k8s.Toleration[];
  readonly schedulingGates?: readonly string[];
  /** Names of Secrets in the job's namespace. */
  readonly imagePullSecrets?: readonly string[];
  readonly securityContext?: k8s.PodSecurityContext;
  readonly volumes?: readonly k8s.Volume[];
  readonly initContainers?: readonly ContainerPatch[];
  readonly containers?: readonly ContainerPatch[];
}

/** Changes to the pods of the nodes. */
export interface PodPatch extends PodSpecPatch, MetadataPatch {
  /** Mounts of the container that trains. */
  readonly volumeMounts?: readonly k8s.VolumeMount[];
}

/**
 * Changes to the jobs of the runtime, by one who makes them.
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/apis/trainer/v1alpha1/trainjob_types.go
 */
export interface RuntimePatch {
  /** Who makes them: a domain, a slash and a path, e.g. `example.com/storage`. One patch each. */
  readonly manager: string;
  /** Changes to the JobSet itself. */
  readonly jobSet?: MetadataPatch;
  /** Changes by the name of the runtime's job, e.g. `node`. */
  readonly jobs?: Readonly<Record<string, { readonly job?: MetadataPatch; readonly pod?: MetadataPatch & PodSpecPatch }>>;
}

/** Who makes the changes that `pods` asks for. */
export const POD_PATCH_MANAGER = 'kubeflow-cdk.dev/train-job';

/** `pods` as a patch of every job of the runtime whose pods are nodes. */
export function patchOfNodes(pods: PodPatch, runtime: TrainingRuntimeRef): RuntimePatch {
  const { volumeMounts = [], containers = [], ...rest } = pods;
  const node = containers.find((container) => container.name === 'node') ?? { name: 'node' };
  const others = containers.filter((container) => container.name !== 'node');
  const mounted = volumeMounts.length > 0 ? { ...node, volumeMounts: [...(node.volumeMounts ?? []), ...volumeMounts] } : node;
  const changed = [...(Object.keys(mounted).length > 1 ? [mounted] : []), ...others];
  const pod = { ...rest, ...(changed.length > 0 && { containers: changed }) };
  return { manager: POD_PATCH_MANAGER, jobs: Object.fromEntries(nodeJobs(runtime).map((name) => [name, { pod }])) };
}

/** MPI's launcher and its nodes both train; elsewhere one job does. */
function nodeJobs(runtime: TrainingRuntimeRef): readonly string[] {
  const isNodes = (job: RuntimeJob) => job.step === 'trainer' || (job.step === undefined && job.containers.includes('node'));
  return runtime.jobs?.filter(isNodes).map((job) => job.name) ?? ['node'];
}

/** A patch as the API has it. */
export function patchJson(patch: RuntimePatch): Record<string, unknown> {
  const replicatedJobs = Object.entries(patch.jobs ?? {}).map(([name, { job, pod }]) => ({
    name,
    template: { ...(job && { metadata: job }), ...(pod && { spec: { template: podJson(pod) } }) },
  }));
  return {
    manager: patch.manager,
    trainingRuntimeSpec: {
      template: { ...(patch.jobSet && { metadata: patch.jobSet }), ...(replicatedJobs.length > 0 && { spec: { replicatedJobs } }) },
    },
  };
}

function podJson(pod: MetadataPatch & PodSpecPatch): Record<string, unknown> {
  const { labels, annotations, ...spec } = pod;
  return {
    ...((labels || annotations) && { metadata: { labels, annotations } }),
    spec: {
      serviceAccountName: spec.serviceAccountName,
      nodeSelector: spec.nodeSelector,
      affinity: k8s.toJson_Affinity(spec.affinity),
      tolerations: spec.tolerations?.map(k8s.toJson_Toleration),
      schedulingGates: spec.schedulingGates?.map((name) => ({ name })),
      imagePullSecrets: spec.imagePullSecrets?.map((name) => ({ name })),
      securityContext: k8s.toJson_PodSecurityContext(spec.securityContext),
      volumes: spec.volumes?.map(k8s.toJson_Volume),
      initContainers: spec.initContainers?.map(containerJson),
      containers: spec.containers?.map(containerJson),
    },
  };
}

function containerJson(container: ContainerPatch): Record<string, unknown> {
  return {
    name: container.name,
    env: container.env && environmentJson(container.env),
    volumeMounts: container.volumeMounts?.map(k8s.toJson_VolumeMount),
    securityContext: k8s.toJson_SecurityContext(container.securityContext),
  };
}
