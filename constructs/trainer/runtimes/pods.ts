import { k8s } from 'cdk8s-plus-27';
import { checkWholeNumber, container, type ContainerResources, type EnvValue, type Image, type SecurityOverrides } from '../../core';
import type { ReplicatedJob } from '../../jobset';
import { type Step, STEP_LABEL } from '../runtime';
import { type RuntimeContext, type RuntimePodSecurity, WRITABLE_ROOT } from './definition';

/** Home and working directory of programs that run as nobody in particular. */
const HOME = '/home/kubeflow';
const USER_ID = 1000;

const NODE_RESOURCES: ContainerResources = { cpu: { request: '1', limit: '4' }, memory: { request: '2Gi', limit: '8Gi' } };
const INITIALIZER_RESOURCES: ContainerResources = { cpu: { request: '500m', limit: '2' }, memory: { request: '1Gi', limit: '4Gi' } };

/** Workers of one node pass tensors through it; the 64 MB a container has by default end in "bus error". */
const SHARED_MEMORY: k8s.Volume = { name: 'shared-memory', emptyDir: { medium: 'Memory' } };
const SHARED_MEMORY_MOUNT: k8s.VolumeMount = { name: 'shared-memory', mountPath: '/dev/shm' };

const TEMPORARY: k8s.Volume = { name: 'tmp', emptyDir: {} };
const TEMPORARY_MOUNT: k8s.VolumeMount = { name: 'tmp', mountPath: '/tmp' };

/** A node of a training job. */
export interface NodeProps {
  readonly job: string;
  /** @default 'trainer' */
  readonly step?: Step | 'none';
  readonly image: Image;
  readonly resources?: ContainerResources;
  /** NVIDIA GPUs unless the options say otherwise. @default 0 */
  readonly gpus?: number;
  /**
   * Who the program runs as: `image` where the image has a user of its own with everything in place, which is 1000.
   * @default 'anybody': user 1000 with a home of its own, or root, as `podSecurity` says
   */
  readonly user?: 'image' | 'anybody';
  readonly security?: SecurityOverrides;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, EnvValue>>;
  readonly readiness?: k8s.Probe;
  readonly mounts?: readonly k8s.VolumeMount[];
  readonly dependsOn?: readonly string[];
}

/** An initializer of a training job. */
export interface InitializerProps {
  readonly step: 'dataset-initializer' | 'model-initializer';
  readonly image: Image;
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly mounts?: readonly k8s.VolumeMount[];
  /** Its ServiceAccount, whose token it uses. @default none: the namespace's own, without a token */
  readonly serviceAccount?: string;
}

/** The job whose pods are the nodes. */
export function nodes(context: RuntimeContext, props: NodeProps): ReplicatedJob {
  const { options, podSecurity } = context;
  const gpus = checkWholeNumber('gpus', options.gpus ?? props.gpus ?? 0, context.scope.node.path, { least: 0 });
  const ownHome = podSecurity === 'restricted' && props.user !== 'image';
  const env = { ...(ownHome && homeEnvironment()), ...props.env };
  const rendered = container(context.scope, {
    name: 'node',
    image: options.image ?? props.image,
    resources: options.resources ?? props.resources ?? NODE_RESOURCES,
    security: { writableRoot: WRITABLE_ROOT, ...props.security },
    ...(props.command && { command: props.command }),
    ...(props.args && { args: props.args }),
    ...(props.readiness && { readiness: props.readiness }),
    ...(Object.keys(env).length > 0 && { env }),
    mounts: [SHARED_MEMORY_MOUNT, ...(ownHome ? [homeMount()] : []), ...(props.mounts ?? [])],
  });
  return {
    name: props.job,
    ...(props.dependsOn && { dependsOn: props.dependsOn.map((name) => ({ name, status: 'Complete' as const })) }),
    template: {
      ...(props.step !== 'none' && { metadata: { labels: { [STEP_LABEL]: props.step ?? 'trainer' } } }),
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: props.user === 'image' ? imageUser() : anybody(podSecurity),
            containers: [{ ...rendered, ...(ownHome && { workingDir: HOME }), resources: withGpus(rendered.resources, gpus) }],
            volumes: [SHARED_MEMORY, ...(ownHome ? [homeVolume()] : [])],
          },
        },
      },
    },
  };
}

/** The job that fetches a dataset or a model before the nodes start. It stays in its image's directory: its program is there. */
export function initializer(context: RuntimeContext, props: InitializerProps): ReplicatedJob {
  return {
    name: props.step,
    template: {
      metadata: { labels: { [STEP_LABEL]: props.step } },
      spec: {
        template: {
          spec: {
            ...(props.serviceAccount && { serviceAccountName: props.serviceAccount }),
            automountServiceAccountToken: props.serviceAccount !== undefined,
            enableServiceLinks: false,
            securityContext: anybody(context.podSecurity),
            containers: [
              container(context.scope, {
                name: props.step,
                image: props.image,
                resources: INITIALIZER_RESOURCES,
                env: { ...homeEnvironment(), ...props.env },
                // All that the program writes besides the workspace: tokens and caches of its libraries, and what they unpack.
                mounts: [homeMount(), TEMPORARY_MOUNT, ...(props.mounts ?? [])],
              }),
            ],
            volumes: [homeVolume(), TEMPORARY],
          },
        },
      },
    },
  };
}

/** Libraries ask for the user's name; a number without an entry in the image's user list has one only here. */
function homeEnvironment(): Record<string, string> {
  return { HOME, USER: 'kubeflow' };
}

function homeMount(): k8s.VolumeMount {
  return { name: 'home', mountPath: HOME };
}

function homeVolume(): k8s.Volume {
  return { name: 'home', emptyDir: {} };
}

function anybody(podSecurity: RuntimePodSecurity): k8s.PodSecurityContext {
  const seccompProfile = { type: 'RuntimeDefault' };
  if (podSecurity === 'baseline') return { seccompProfile };
  return { runAsNonRoot: true, runAsUser: USER_ID, runAsGroup: USER_ID, fsGroup: USER_ID, seccompProfile };
}

/** No group of the volumes here: SSH refuses keys that a group may read. */
function imageUser(): k8s.PodSecurityContext {
  return { runAsNonRoot: true, runAsUser: USER_ID, seccompProfile: { type: 'RuntimeDefault' } };
}

function withGpus(resources: k8s.ResourceRequirements | undefined, gpus: number): k8s.ResourceRequirements {
  if (gpus === 0) return { ...resources };
  return { ...resources, limits: { ...resources?.limits, 'nvidia.com/gpu': k8s.Quantity.fromNumber(gpus) } };
}
