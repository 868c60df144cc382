import type { ContainerResources, Image, SecurityOverrides } from '../../core';
import { RUNTIME_IMAGES } from '../images';
import { HUGGINGFACE, HUGGINGFACE_MULTINODE } from './huggingface';
import { GRPC_PORT, HTTP_PORT, type RuntimeContainer, SERVER_CONTAINER, type ServingRuntime } from './types';

/** What a model server may use unless an InferenceService says otherwise. */
const SERVER_RESOURCES: ContainerResources = { cpu: { request: '1' }, memory: { request: '2Gi' } };

/** Upstream gives them a writable root, too. */
const WRITABLE_ROOT: SecurityOverrides = {
  writableRoot: 'Models bring code and libraries of their own (pickles, archives, custom operators), which unpack and compile below the home directory and /tmp, and elsewhere as they like.',
};

/** Images that name no user of their own run as this one. */
const SOME_USER = 1000;

function server(image: Image, args: readonly string[], more: Partial<RuntimeContainer> = {}): RuntimeContainer {
  return { name: SERVER_CONTAINER, image, args, resources: SERVER_RESOURCES, security: WRITABLE_ROOT, ...more };
}

/** Arguments of the servers KServe builds itself. */
const OWN_SERVER = ['--model_name={{.Name}}', '--model_dir=/mnt/models', `--http_port=${HTTP_PORT}`];

/**
 * The runtimes of the release, by short name. They are values: take those you want, change a copy, or add your own.
 *
 * @see https://github.com/kserve/kserve/tree/v0.17.0/config/runtimes
 */
export const SERVING_RUNTIMES = {
  sklearn: {
    name: 'kserve-sklearnserver',
    formats: [{ name: 'sklearn', version: '1', autoSelect: true, priority: 1 }],
    protocols: ['v1', 'v2'],
    container: server(RUNTIME_IMAGES.sklearn, OWN_SERVER),
  },
  xgboost: {
    name: 'kserve-xgbserver',
    formats: [{ name: 'xgboost', version: '2', autoSelect: true, priority: 1 }],
    protocols: ['v1', 'v2'],
    container: server(RUNTIME_IMAGES.xgboost, [...OWN_SERVER, '--nthread=1']),
  },
  lightgbm: {
    name: 'kserve-lgbserver',
    formats: [{ name: 'lightgbm', version: '4', autoSelect: true, priority: 1 }],
    protocols: ['v1', 'v2'],
    container: server(RUNTIME_IMAGES.lightgbm, [...OWN_SERVER, '--nthread=1']),
  },
  pmml: {
    name: 'kserve-pmmlserver',
    formats: ['3', '4'].map((version) => ({ name: 'pmml', version, autoSelect: true, priority: 1 })),
    protocols: ['v1', 'v2'],
    container: server(RUNTIME_IMAGES.pmml, OWN_SERVER),
  },
  paddle: {
    name: 'kserve-paddleserver',
    formats: [{ name: 'paddle', version: '2', autoSelect: true, priority: 1 }],
    protocols: ['v1', 'v2'],
    container: server(RUNTIME_IMAGES.paddle, OWN_SERVER),
  },
  /** One server for sklearn, XGBoost and LightGBM; only for InferenceServices that ask for it. */
  predictive: {
    name: 'kserve-predictiveserver',
    formats: [
      { name: 'sklearn', version: '1', priority: 3 },
      { name: 'xgboost', version: '2', priority: 3 },
      { name: 'lightgbm', version: '4', priority: 3 },
    ],
    protocols: ['v1', 'v2'],
    container: server(RUNTIME_IMAGES.predictive, [...OWN_SERVER, '--framework={{.Annotations.modelFormat}}', '--nthread=1']),
  },
  mlserver: {
    name: 'kserve-mlserver',
    formats: [
      ...formats('sklearn', ['0', '1'], 2),
      ...formats('xgboost', ['1', '2'], 2),
      ...formats('lightgbm', ['3', '4'], 2),
      ...formats('mlflow', ['1', '2'], 1),
    ],
    protocols: ['v2'],
    container: server(RUNTIME_IMAGES.mlserver, [], {
      args: undefined,
      env: {
        MLSERVER_MODEL_IMPLEMENTATION: '{{.Labels.modelClass}}',
        MLSERVER_HTTP_PORT: String(HTTP_PORT),
        MLSERVER_GRPC_PORT: String(GRPC_PORT),
      },
    }),
  },
  tensorflow: {
    name: 'kserve-tensorflow-serving',
    formats: formats('tensorflow', ['1', '2'], 2),
    protocols: ['v1', 'grpc-v1'],
    container: server(
      RUNTIME_IMAGES.tensorflow,
      ['--model_name={{.Name}}', `--port=${GRPC_PORT}`, `--rest_api_port=${HTTP_PORT}`, '--model_base_path=/mnt/models', '--rest_api_timeout_in_ms=60000'],
      { command: ['/usr/bin/tensorflow_model_server'], security: { ...WRITABLE_ROOT, runAsUser: SOME_USER } },
    ),
  },
  torchserve: {
    name: 'kserve-torchserve',
    formats: [{ name: 'pytorch', version: '1', autoSelect: true, priority: 2 }],
    protocols: ['v1', 'v2', 'grpc-v2'],
    metricsPort: 8082,
    container: server(
      RUNTIME_IMAGES.torchserve,
      ['torchserve', '--start', '--model-store=/mnt/models/model-store', '--ts-config=/mnt/models/config/config.properties'],
      { env: { TS_SERVICE_ENVELOPE: '{{.Labels.serviceEnvelope}}' }, security: { ...WRITABLE_ROOT, runAsUser: SOME_USER } },
    ),
  },
  triton: {
    name: 'kserve-tritonserver',
    formats: [
      ...formats('tensorrt', ['8'], 1),
      ...formats('tensorflow', ['1', '2'], 1),
      ...formats('onnx', ['1'], 1),
      { name: 'pytorch', version: '1' },
      ...formats('triton', ['2'], 1),
    ],
    protocols: ['v2', 'grpc-v2'],
    metricsPort: 8002,
    container: server(
      RUNTIME_IMAGES.triton,
      ['tritonserver', '--model-store=/mnt/models', `--grpc-port=${GRPC_PORT}`, `--http-port=${HTTP_PORT}`, '--allow-grpc=true', '--allow-http=true'],
      { security: { ...WRITABLE_ROOT, runAsUser: SOME_USER } },
    ),
  },
  huggingface: HUGGINGFACE,
  huggingfaceMultinode: HUGGINGFACE_MULTINODE,
} as const satisfies Record<string, ServingRuntime>;

/** A format in several versions, all chosen automatically at the same priority. */
function formats(name: string, versions: readonly string[], priority: number): ServingRuntime['formats'] {
  return versions.map((version) => ({ name, version, autoSelect: true, priority }));
}
