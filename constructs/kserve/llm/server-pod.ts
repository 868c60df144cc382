import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { type ContainerProps, type ContainerResources, httpProbe, templateContainer } from '../../core';
import { LLM_IMAGES } from '../images';
import { emptyDirectory } from '../volumes';

/** Port requests come in on. */
export const SERVER_PORT = 8000;
/** Port of vLLM where the routing sidecar has taken {@link SERVER_PORT}. */
export const BEHIND_SIDECAR_PORT = 8001;

/** What pods of the presets have in common, chosen by the platform. */
export interface LlmPodOptions {
  /** What vLLM may use where an LLMInferenceService does not say. */
  readonly resources: ContainerResources;
  /** Whether multi-node servers get the capabilities that RDMA by verbs needs. */
  readonly rdma: boolean;
}

/** Name of the Secret with the certificate that KServe makes for each LLMInferenceService. */
const CERTIFICATE_SECRET = '{{ ChildName .ObjectMeta.Name `-kserve-self-signed-certs` }}';

/** Directories the server writes to: home, caches of models and kernels, shared memory. Everything else is read-only. */
const MOUNTS: readonly k8s.VolumeMount[] = [
  { name: 'home', mountPath: '/home' },
  { name: 'tmp', mountPath: '/tmp' },
  { name: 'dshm', mountPath: '/dev/shm' },
  { name: 'model-cache', mountPath: '/models' },
  { name: 'tls-certs', mountPath: '/var/run/kserve/tls', readOnly: true },
];

function volumes(): unknown[] {
  return [
    emptyDirectory('home'),
    emptyDirectory('tmp'),
    emptyDirectory('dshm', '1Gi'),
    emptyDirectory('model-cache'),
    { name: 'tls-certs', secret: { secretName: CERTIFICATE_SECRET } },
  ].map(k8s.toJson_Volume);
}

/** How one pod of a preset differs from another. */
export interface ServerPod {
  readonly port: number;
  readonly command: readonly string[];
  readonly env?: ContainerProps['env'];
  /** Whether it answers requests itself; nodes behind a leader do not, and have no probes. @default true */
  readonly answers?: boolean;
  /** How often readiness is asked, in seconds. @default 10 */
  readonly readinessPeriodSeconds?: number;
  /** Capabilities of a node of several. @default none */
  readonly addCapabilities?: readonly string[];
  /** A sidecar in front, on {@link SERVER_PORT}. @default false */
  readonly routingSidecar?: boolean;
}

/** Pod spec with vLLM in it. */
export function serverPod(scope: Construct, options: LlmPodOptions, pod: ServerPod): object {
  const answers = pod.answers ?? true;
  const main = templateContainer(scope, {
    name: 'main',
    image: LLM_IMAGES.server,
    command: pod.command,
    // The image has a user of its own (2000), whose home is read-only here.
    env: { HOME: '/home', VLLM_LOGGING_LEVEL: 'INFO', HF_HUB_CACHE: '/models', ...pod.env },
    ports: { http: pod.port },
    resources: options.resources,
    mounts: MOUNTS,
    ...(answers && {
      // Ten minutes to load the model; ten more in which it may be too busy to answer.
      startup: httpProbe('/health', pod.port, { periodSeconds: 10, failureThreshold: 60 }),
      readiness: httpProbe('/health', pod.port, { periodSeconds: pod.readinessPeriodSeconds ?? 10, timeoutSeconds: 5, failureThreshold: 60 }),
      liveness: httpProbe('/health', pod.port, { periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 3 }),
    }),
    ...(pod.addCapabilities && { security: { addCapabilities: pod.addCapabilities } }),
  });
  return {
    // Also for the container that KServe adds to download the model, which nothing else can be said of.
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    ...(pod.routingSidecar && { initContainers: [routingSidecar(scope)] }),
    containers: [main],
    volumes: volumes(),
    terminationGracePeriodSeconds: 30,
  };
}

/** Runs as long as the server does (an init container that restarts), and sends each request through a prefill server first. */
function routingSidecar(scope: Construct): object {
  const timing = { initialDelaySeconds: 10, periodSeconds: 10 };
  const container = templateContainer(scope, {
    name: 'llm-d-routing-sidecar',
    image: LLM_IMAGES.routingSidecar,
    // KServe's gateways do not speak TLS to models yet, so nothing in a model's pod does.
    args: [`--port=${SERVER_PORT}`, `--vllm-port=${BEHIND_SIDECAR_PORT}`, '--connector=nixlv2', '--secure-proxy=false'],
    env: { INFERENCE_POOL_NAMESPACE: { field: 'metadata.namespace' } },
    ports: { http: SERVER_PORT },
    resources: { cpu: { request: '100m', limit: '1' }, memory: { request: '128Mi', limit: '512Mi' } },
    readiness: httpProbe('/health', SERVER_PORT, { ...timing, timeoutSeconds: 5, failureThreshold: 10 }),
    liveness: httpProbe('/health', SERVER_PORT, { ...timing, timeoutSeconds: 10, failureThreshold: 3 }),
    mounts: [{ name: 'tls-certs', mountPath: '/var/run/kserve/tls', readOnly: true }],
  });
  return { ...container, restartPolicy: 'Always' };
}
