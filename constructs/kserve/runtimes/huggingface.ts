import type { ContainerResources, SecurityOverrides } from '../../core';
import { execProbe } from '../../core';
import { RUNTIME_IMAGES } from '../images';
import { emptyDirectory } from '../volumes';
import { HTTP_PORT, SERVER_CONTAINER, type ServingRuntime, WORKER_CONTAINER } from './types';

const WRITABLE_ROOT: SecurityOverrides = {
  writableRoot: 'Transformers, vLLM and Ray keep code of models, compiled kernels, sockets and logs below the home directory and /tmp, and elsewhere as the model likes.',
};

/** Port of Ray's control service on the head node. */
const RAY_PORT = 6379;

const NODE_RESOURCES: ContainerResources = { cpu: { request: '2', limit: '4' }, memory: { request: '6Gi', limit: '12Gi' } };

/** Transformers models on one node, through vLLM where it can serve them. */
export const HUGGINGFACE: ServingRuntime = {
  name: 'kserve-huggingfaceserver',
  formats: [{ name: 'huggingface', version: '1', autoSelect: true, priority: 1 }],
  protocols: ['v2', 'v1'],
  container: {
    name: SERVER_CONTAINER,
    image: RUNTIME_IMAGES.huggingface,
    args: ['--model_name={{.Name}}'],
    env: { LMCACHE_USE_EXPERIMENTAL: 'True' },
    resources: { cpu: { request: '1' }, memory: { request: '2Gi' } },
    security: WRITABLE_ROOT,
    mounts: [{ name: 'devshm', mountPath: '/dev/shm' }],
  },
  volumes: [{ name: 'devshm', emptyDir: { medium: 'Memory' } }],
};

/** Starts Ray's head, waits for the other nodes, and serves; further arguments of the container go to the server. */
const HEAD_SCRIPT = `model_source=()
[ -z "$MODEL_ID" ] || model_source=(--model_dir="$MODEL_ID")
[ -z "$MODEL_DIR" ] || model_source=(--model_dir="$MODEL_DIR")
export RAY_ADDRESS="$POD_IP:$RAY_PORT"
ray start --head --disable-usage-stats --include-dashboard false
python ./huggingfaceserver/health_check.py registered_nodes --retries 200 --probe_name runtime_start
exec python -m huggingfaceserver "\${model_source[@]}" \\
  --tensor-parallel-size="$TENSOR_PARALLEL_SIZE" --pipeline-parallel-size="$PIPELINE_PARALLEL_SIZE" "$0" "$@"
`;

/** Waits for Ray's head as long as it takes, loudly after four minutes, and joins it. */
const WORKER_SCRIPT = `head="$HEAD_SVC.$POD_NAMESPACE.svc.cluster.local:${RAY_PORT}"
until ray health-check --address "$head" >/tmp/health-check 2>&1; do
  [ "$SECONDS" -le 240 ] || cat /tmp/health-check
  echo "waiting for Ray at $head since $SECONDS s"
  sleep 5
done
exec ray start --address="$head" --block
`;

/** A check of the image's own program, run in a shell because addresses come from the environment. */
function healthCheck(check: string): string[] {
  return ['bash', '-c', check];
}

const SERVER_URL = `http://localhost:${HTTP_PORT}`;
const HEAD_OF_RAY = `"$HEAD_SVC.$POD_NAMESPACE.svc.cluster.local`;
const OFTEN = { periodSeconds: 5, timeoutSeconds: 15, failureThreshold: 2, successThreshold: 1 };
/** Twenty minutes and more to load a large model. */
const PATIENT = { initialDelaySeconds: 60, periodSeconds: 30, timeoutSeconds: 30, failureThreshold: 40, successThreshold: 1 };
const PROGRAM = 'python ./huggingfaceserver/health_check.py';

/** Transformers models that are larger than a node, over Ray. InferenceServices ask for it with `predictor.worker`. */
export const HUGGINGFACE_MULTINODE: ServingRuntime = {
  name: 'kserve-huggingfaceserver-multinode',
  serverType: 'huggingfaceserver',
  formats: [{ name: 'huggingface', version: '1', autoSelect: true, priority: 2 }],
  protocols: ['v2', 'v1'],
  container: {
    name: SERVER_CONTAINER,
    image: RUNTIME_IMAGES.huggingfaceGpu,
    command: ['bash', '-c', HEAD_SCRIPT],
    args: ['--model_name={{.Name}}'],
    env: {
      RAY_PORT: String(RAY_PORT),
      POD_NAMESPACE: { field: 'metadata.namespace' },
      POD_IP: { field: 'status.podIP' },
      VLLM_CONFIG_ROOT: '/tmp',
      HF_HUB_CACHE: '/tmp',
    },
    resources: NODE_RESOURCES,
    security: WRITABLE_ROOT,
    mounts: [{ name: 'shm', mountPath: '/dev/shm' }],
    liveness: execProbe(healthCheck(`${PROGRAM} registered_node_and_runtime_health --health_check_url ${SERVER_URL} --probe_name head_liveness`), OFTEN),
    readiness: execProbe(healthCheck(`${PROGRAM} runtime_health --health_check_url ${SERVER_URL} --probe_name head_readiness`), OFTEN),
    startup: execProbe(healthCheck(`${PROGRAM} registered_node_and_runtime_health --health_check_url ${SERVER_URL} --probe_name head_startup`), PATIENT),
  },
  volumes: [emptyDirectory('shm', '3Gi')],
  worker: {
    pipelineParallelSize: 1,
    tensorParallelSize: 1,
    container: {
      name: WORKER_CONTAINER,
      image: RUNTIME_IMAGES.huggingfaceGpu,
      command: ['bash', '-c', WORKER_SCRIPT],
      env: { POD_NAME: { field: 'metadata.name' }, POD_NAMESPACE: { field: 'metadata.namespace' } },
      resources: NODE_RESOURCES,
      security: WRITABLE_ROOT,
      mounts: [{ name: 'shm', mountPath: '/dev/shm' }],
      liveness: execProbe(healthCheck(`RAY_ADDRESS=${HEAD_OF_RAY}:${RAY_PORT}" ${PROGRAM} registered_nodes --probe_name worker_liveness`), OFTEN),
      startup: execProbe(
        healthCheck(
          `RAY_ADDRESS=${HEAD_OF_RAY}:${RAY_PORT}" ${PROGRAM} registered_node_and_runtime_models --runtime_url http://${HEAD_OF_RAY}:${HTTP_PORT}/v1/models" --probe_name worker_startup`,
        ),
        PATIENT,
      ),
    },
    volumes: [emptyDirectory('shm', '3Gi')],
  },
};
