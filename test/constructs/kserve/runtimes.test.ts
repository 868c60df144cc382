import { InvalidInputError, type Manifest } from '../../../constructs/core';
import { checkRuntimes, RUNTIME_IMAGES, SERVING_RUNTIMES, type ServingRuntime } from '../../../constructs/kserve';
import { at, find, kserve } from './platform';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests: object; readonly limits: object };
}

const { manifests } = kserve();
const runtimes = manifests.filter(({ kind }) => kind === 'ClusterServingRuntime');
const containersOf = (runtime: Manifest) => [...(at(runtime, 'spec', 'containers') as Container[]), ...((at(runtime, 'spec', 'workerSpec', 'containers') as Container[] | undefined) ?? [])];

/** Formats by runtime, as the release's own manifests have them: name, version, whether chosen by itself, priority. */
const RELEASE: Readonly<Record<string, { readonly formats: string; readonly protocols: string; readonly type: string }>> = {
  'kserve-huggingfaceserver': { formats: 'huggingface 1 auto 1', protocols: 'v2 v1', type: 'huggingfaceserver' },
  'kserve-huggingfaceserver-multinode': { formats: 'huggingface 1 auto 2', protocols: 'v2 v1', type: 'huggingfaceserver' },
  'kserve-lgbserver': { formats: 'lightgbm 4 auto 1', protocols: 'v1 v2', type: 'lgbserver' },
  'kserve-mlserver': {
    formats: 'sklearn 0 auto 2, sklearn 1 auto 2, xgboost 1 auto 2, xgboost 2 auto 2, lightgbm 3 auto 2, lightgbm 4 auto 2, mlflow 1 auto 1, mlflow 2 auto 1',
    protocols: 'v2',
    type: 'mlserver',
  },
  'kserve-paddleserver': { formats: 'paddle 2 auto 1', protocols: 'v1 v2', type: 'paddleserver' },
  'kserve-pmmlserver': { formats: 'pmml 3 auto 1, pmml 4 auto 1', protocols: 'v1 v2', type: 'pmmlserver' },
  'kserve-predictiveserver': { formats: 'sklearn 1 asked 3, xgboost 2 asked 3, lightgbm 4 asked 3', protocols: 'v1 v2', type: 'predictiveserver' },
  'kserve-sklearnserver': { formats: 'sklearn 1 auto 1', protocols: 'v1 v2', type: 'sklearnserver' },
  'kserve-tensorflow-serving': { formats: 'tensorflow 1 auto 2, tensorflow 2 auto 2', protocols: 'v1 grpc-v1', type: 'tensorflow-serving' },
  'kserve-torchserve': { formats: 'pytorch 1 auto 2', protocols: 'v1 v2 grpc-v2', type: 'torchserve' },
  'kserve-tritonserver': {
    formats: 'tensorrt 8 auto 1, tensorflow 1 auto 1, tensorflow 2 auto 1, onnx 1 auto 1, pytorch 1 asked none, triton 2 auto 1',
    protocols: 'v2 grpc-v2',
    type: 'tritonserver',
  },
  'kserve-xgbserver': { formats: 'xgboost 2 auto 1', protocols: 'v1 v2', type: 'xgbserver' },
};

test('the release\'s runtimes, each with its formats and protocols', () => {
  const described = runtimes.map((runtime) => {
    const formats = at(runtime, 'spec', 'supportedModelFormats') as { name: string; version: string; autoSelect?: boolean; priority?: number }[];
    return [
      runtime.metadata.name,
      {
        formats: formats.map(({ name, version, autoSelect, priority }) => `${name} ${version} ${autoSelect ? 'auto' : 'asked'} ${priority ?? 'none'}`).join(', '),
        protocols: (at(runtime, 'spec', 'protocolVersions') as string[]).join(' '),
        type: runtime.metadata.annotations?.['serving.kserve.io/server-type'],
      },
    ];
  });
  expect(Object.fromEntries(described)).toEqual(RELEASE);
});

test('every container may run where Pod Security is restricted, within limits', () => {
  expect(runtimes.flatMap(containersOf)).toHaveLength(13);
  for (const { securityContext, resources } of runtimes.flatMap(containersOf)) {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } });
    expect(Object.keys(resources.requests).sort()).toEqual(['cpu', 'memory']);
    expect(Object.keys(resources.limits).sort()).toEqual(['cpu', 'memory']);
  }
});

test('images without a user of their own are given one', () => {
  const user = (name: string) => containersOf(find(manifests, 'ClusterServingRuntime', name))[0]?.securityContext.runAsUser;
  expect(['kserve-tensorflow-serving', 'kserve-torchserve', 'kserve-tritonserver'].map(user)).toEqual([1000, 1000, 1000]);
  expect(user('kserve-sklearnserver')).toBeUndefined();
});

test('a model over several nodes has a head and a worker that find each other', () => {
  const runtime = find(manifests, 'ClusterServingRuntime', 'kserve-huggingfaceserver-multinode');
  const [head, worker] = containersOf(runtime) as unknown as { name: string; command: string[]; env: { name: string }[] }[];
  expect([head?.name, worker?.name]).toEqual(['kserve-container', 'worker-container']);
  expect(head?.command[2]).toMatch(/ray start --head/);
  expect(worker?.command[2]).toContain('$HEAD_SVC.$POD_NAMESPACE.svc.cluster.local:6379');
  // KServe sets these itself and refuses a runtime that does.
  expect(head?.env.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['PIPELINE_PARALLEL_SIZE', 'TENSOR_PARALLEL_SIZE']));
});

test('a runtime is a value: take it, change it, offer it', () => {
  const { sklearn } = SERVING_RUNTIMES;
  const mine: ServingRuntime = { ...sklearn, name: 'team-sklearn', formats: [{ ...sklearn.formats[0], priority: 5 }], container: { ...sklearn.container, image: { ...RUNTIME_IMAGES.sklearn, registry: 'registry.example.com' } } };
  const offered = kserve({ runtimes: [sklearn, mine] }).manifests;
  expect(containersOf(find(offered, 'ClusterServingRuntime', 'team-sklearn'))[0]?.image).toBe('registry.example.com/kserve/sklearnserver:v0.17.0');
});

describe('runtimes KServe would refuse', () => {
  const { sklearn, xgboost, huggingfaceMultinode } = SERVING_RUNTIMES;
  const refused: readonly [string, readonly ServingRuntime[], RegExp][] = [
    ['two of one priority for the same models', [sklearn, { ...sklearn, name: 'other' }], /runtimes\[other\].*priority.*kserve-sklearnserver/],
    ['one twice', [xgboost, xgboost], /each runtime once/],
    ['a server by another name', [{ ...sklearn, container: { ...sklearn.container, name: 'server' } }], /container\.name is 'server'.*kserve-container/],
    ['a worker by another name', [{ ...huggingfaceMultinode, worker: { ...huggingfaceMultinode.worker!, container: huggingfaceMultinode.container } }], /worker\.container\.name/],
    ['less than one node', [{ ...huggingfaceMultinode, worker: { ...huggingfaceMultinode.worker!, pipelineParallelSize: 0 } }], /worker\.pipelineParallelSize is 0/],
  ];
  test.each(refused)('%s', (_, given, message) => {
    expect(() => kserve({ runtimes: given })).toThrow(InvalidInputError);
    expect(() => kserve({ runtimes: given })).toThrow(message);
  });

  test('a disabled one takes nobody\'s place', () => {
    expect(() => checkRuntimes([sklearn, { ...sklearn, name: 'other', disabled: true }], 'test')).not.toThrow();
  });
});

test('the storage container may run where Pod Security is restricted, and downloads several models', () => {
  const { container, ...spec } = at(find(manifests, 'ClusterStorageContainer', 'default'), 'spec') as { container: Container; supportedUriFormats: { prefix?: string; regex?: string }[] };
  expect(container.securityContext).toMatchObject({ runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } });
  expect(spec).toMatchObject({ workloadType: 'initContainer', supportsMultiModelDownload: true });
  const supports = (uri: string) => spec.supportedUriFormats.some(({ prefix, regex }) => (prefix ? uri.startsWith(prefix) : new RegExp(String(regex)).test(uri)));
  expect(['gs://b/m', 's3://b/m', 'hf://o/m', 'https://account.blob.core.windows.net/c/m', 'http://host/m'].map(supports)).toEqual([true, true, true, true, true]);
  expect(supports('pvc://claim/m')).toBe(false);
});
