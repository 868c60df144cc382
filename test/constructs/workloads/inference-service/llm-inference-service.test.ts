import { InvalidInputError } from '../../../../constructs/core';
import type { LLMInferenceServiceProps } from '../../../../constructs/workloads/inference-service';
import { judgedIn } from '../../judged';
import { IMAGE, llmInferenceService, RESOURCES } from './synthesized';

const MODEL = { uri: 'hf://org/model' };

test('the common case says the model and its GPUs; the presets say the rest', () => {
  const object = llmInferenceService({ model: MODEL, gpus: 1 });
  expect(object).toMatchObject({ apiVersion: 'serving.kserve.io/v1alpha2', kind: 'LLMInferenceService', metadata: { name: 'llama', namespace: 'team' } });
  expect(object.spec).toEqual({
    model: { uri: 'hf://org/model', name: 'llama' },
    replicas: 1,
    template: { containers: [{ name: 'main', resources: { requests: { 'nvidia.com/gpu': '1' }, limits: { 'nvidia.com/gpu': '1' } } }] },
  });
  expect(judgedIn('team', [object])).toMatchObject({ open: [], waived: [] });
});

test('what is said reaches the container by its name', () => {
  const { spec } = llmInferenceService({
    model: { ...MODEL, name: 'chat' }, replicas: 3, image: IMAGE, resources: RESOURCES, gpus: { resource: 'amd.com/gpu', count: 2 }, args: ['--max-model-len=8192'],
    env: { VLLM_LOGGING_LEVEL: 'DEBUG' }, serviceAccount: 'models', nodeSelector: { pool: 'gpu' }, adapters: [{ name: 'sql', uri: 's3://bucket/sql' }], configs: ['team-defaults'],
  });
  expect(spec).toMatchObject({
    model: { name: 'chat', lora: { adapters: [{ name: 'sql', uri: 's3://bucket/sql' }] } },
    replicas: 3,
    template: {
      containers: [{
        name: 'main', image: 'docker.io/team/program:1', args: ['--max-model-len=8192'], env: [{ name: 'VLLM_LOGGING_LEVEL', value: 'DEBUG' }],
        resources: { limits: { cpu: '1', memory: '1Gi', 'amd.com/gpu': '2' } },
      }],
      serviceAccountName: 'models',
      nodeSelector: { pool: 'gpu' },
    },
    baseRefs: [{ name: 'team-defaults' }],
  });
});

test('several nodes have workers, and say how they share the model', () => {
  const { spec } = llmInferenceService({ model: MODEL, gpus: 8, dataParallel: { size: 16, perNode: 8, rpcPort: 5000 }, expertParallel: true, tensorParallel: 1, prefill: { gpus: 4, tensorParallel: 4, replicas: 2 } });
  expect(spec).toMatchObject({
    parallelism: { data: 16, dataLocal: 8, dataRPCPort: 5000, expert: true, tensor: 1 },
    worker: { containers: [{ name: 'main' }] },
    prefill: { replicas: 2, parallelism: { tensor: 4 }, template: { containers: [{ name: 'main', resources: { limits: { 'nvidia.com/gpu': '4' } } }] } },
  });
  expect(spec).not.toHaveProperty('prefill.worker');
});

test('a router is managed by KServe unless routes and gateways are named', () => {
  const router = (given: LLMInferenceServiceProps['router']) => (llmInferenceService({ model: MODEL, router: given }).spec as { router: object }).router;
  expect(router({})).toEqual({ route: {}, gateway: {} });
  expect(router({ scheduler: true })).toEqual({ route: {}, gateway: {}, scheduler: {} });
  expect(router({ scheduler: { replicas: 2 }, gateways: [{ namespace: 'edge', name: 'public' }], route: { routes: ['mine'] } })).toEqual({
    route: { http: { refs: [{ name: 'mine' }] } },
    gateway: { refs: [{ namespace: 'edge', name: 'public' }] },
    scheduler: { replicas: 2 },
  });
});

test('stopping is said in KServe\'s words', () => {
  expect(llmInferenceService({ model: MODEL, stopped: true }).metadata.annotations).toEqual({ 'serving.kserve.io/stop': 'true' });
});

test.each<[string, LLMInferenceServiceProps, RegExp]>([
  ['a store the LLM controller does not know', { model: { uri: 'gs://bucket/model' } }, /model\.uri is 'gs:.*expected a URI that starts with hf:\/\/, s3:\/\/, pvc:\/\/, oci:\/\//],
  ['an adapter there', { model: MODEL, adapters: [{ name: 'a', uri: 'https://host/a' }] }, /adapters\[0\]\.uri/],
  ['less than nothing', { model: MODEL, replicas: -1 }, /replicas is -1/],
  ['no GPU', { model: MODEL, gpus: 0 }, /gpus is 0/],
  ['copies that do not fill nodes', { model: MODEL, dataParallel: { size: 12, perNode: 8 } }, /dataParallel\.size is 12; expected a multiple of perNode, which is 8/],
  ['half a GPU a layer, for prefill', { model: MODEL, prefill: { tensorParallel: 0.5 } }, /prefill\.tensorParallel is 0\.5/],
])('%s is refused', (_, props, message) => {
  expect(() => llmInferenceService(props)).toThrow(InvalidInputError);
  expect(() => llmInferenceService(props)).toThrow(message);
});
