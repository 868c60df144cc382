import { k8s } from 'cdk8s-plus-27';

/**
 * `spec` of a JobSet, as training runtimes have it in their template.
 *
 * @see https://github.com/kubernetes-sigs/jobset/blob/v0.11.0/api/jobset/v1alpha2/jobset_types.go
 */
export interface JobSetSpec {
  readonly replicatedJobs: readonly ReplicatedJob[];
  /** Names by which pods reach each other. @default a headless Service and host names for all */
  readonly network?: { readonly enableDNSHostnames?: boolean; readonly subdomain?: string; readonly publishNotReadyAddresses?: boolean };
  /** When the whole has succeeded. @default all jobs have */
  readonly successPolicy?: { readonly operator: 'All' | 'Any'; readonly targetReplicatedJobs?: readonly string[] };
  /** What happens when a job fails. @default the whole fails */
  readonly failurePolicy?: FailurePolicy;
  readonly startupPolicy?: { readonly startupPolicyOrder: 'AnyOrder' | 'InOrder' };
  /** Pod whose address the others get as a label. @default none */
  readonly coordinator?: { readonly replicatedJob: string; readonly jobIndex?: number; readonly podIndex?: number };
  readonly managedBy?: string;
  /** Seconds after which a finished JobSet is deleted. @default it stays */
  readonly ttlSecondsAfterFinished?: number;
  /** Volumes made for each JobSet and shared by its pods. @default none */
  readonly volumeClaimPolicies?: readonly VolumeClaimPolicy[];
}

/** Jobs of one kind in a JobSet. */
export interface ReplicatedJob {
  readonly name: string;
  /** @default 1 */
  readonly replicas?: number;
  readonly groupName?: string;
  /** Jobs, declared before it, that this one waits for. */
  readonly dependsOn?: readonly { readonly name: string; readonly status: 'Ready' | 'Complete' }[];
  readonly template: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
    readonly spec: k8s.JobSpec;
  };
}

/** What happens when a job fails. */
export interface FailurePolicy {
  /** @default 0 */
  readonly maxRestarts?: number;
  /** `InPlaceRestart` needs the feature of that name. @default 'Recreate' */
  readonly restartStrategy?: 'Recreate' | 'BlockingRecreate' | 'InPlaceRestart';
  readonly rules?: readonly {
    readonly name: string;
    readonly action: 'FailJobSet' | 'RestartJobSet' | 'RestartJobSetAndIgnoreMaxRestarts';
    readonly onJobFailureReasons?: readonly string[];
    readonly onJobFailureMessagePatterns?: readonly string[];
    readonly targetReplicatedJobs?: readonly string[];
  }[];
}

/** Volumes made for each JobSet. Pods mount them by the name in `metadata`. */
export interface VolumeClaimPolicy {
  readonly templates: readonly { readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }; readonly spec: k8s.PersistentVolumeClaimSpec }[];
  /** @default deleted with the JobSet */
  readonly retentionPolicy?: { readonly whenDeleted: 'Delete' | 'Retain' };
}

/** The spec as the API has it. */
export function jobSetSpecJson(spec: JobSetSpec): Record<string, unknown> {
  return {
    ...spec,
    replicatedJobs: spec.replicatedJobs.map((job) => ({ ...job, template: { ...job.template, spec: k8s.toJson_JobSpec(job.template.spec) } })),
    ...(spec.volumeClaimPolicies && {
      volumeClaimPolicies: spec.volumeClaimPolicies.map((policy) => ({
        ...policy,
        templates: policy.templates.map(({ metadata, spec: claim }) => ({ metadata, spec: k8s.toJson_PersistentVolumeClaimSpec(claim) })),
      })),
    }),
  };
}
