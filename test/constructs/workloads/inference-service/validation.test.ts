import { App, Chart } from 'cdk8s';
import { createToken, InvalidInputError } from '../../../../constructs/core';
import { InferenceService, type InferenceServiceProps, type ModelProps } from '../../../../constructs/workloads/inference-service';
import { inferenceService, MODEL, OWN, RESOURCES } from './synthesized';

const model = (given: Partial<ModelProps>): InferenceServiceProps => ({ predictor: { model: { ...MODEL, ...given } as ModelProps } });

test.each<[string, InferenceServiceProps, RegExp]>([
  ['fewer pods at most than at least', { predictor: { model: MODEL, minReplicas: 3, maxReplicas: 2 } }, /predictor\.maxReplicas is 2; expected at least minReplicas, which is 3/],
  ['no pods under an autoscaler that cannot wake them', { predictor: { model: MODEL, minReplicas: 0, maxReplicas: 2 } }, /predictor\.minReplicas is 0/],
  ['half a pod', { predictor: { model: MODEL, minReplicas: 1.5 } }, /predictor\.minReplicas is 1\.5/],
  ['a range without an autoscaler', { autoscaler: 'none', predictor: { model: MODEL, maxReplicas: 2 } }, /maxReplicas is 2; expected minReplicas \(1\), as autoscaler is 'none'/],
  ['a metric with KEDA', { autoscaler: 'keda', predictor: { model: MODEL, maxReplicas: 2, scaleMetric: 'cpu' } }, /scaleMetric is 'cpu'/],
  ['memory without a target', { predictor: { model: MODEL, maxReplicas: 2, scaleMetric: 'memory' } }, /predictor\.scaleTarget/],
  ['a percentage above 100', { predictor: { model: MODEL, maxReplicas: 2, scaleTarget: 120 } }, /scaleTarget is 120; expected a whole number from 1 to 100/],
  ['more than all traffic', { deploymentMode: 'Knative', predictor: { model: MODEL, canaryTrafficPercent: 101 } }, /canaryTrafficPercent is 101/],
  ['a transformer\'s range', { predictor: { model: MODEL }, transformer: { containers: [OWN], minReplicas: 2, maxReplicas: 1 } }, /transformer\.maxReplicas/],
  ['no time at all', { predictor: { model: MODEL, timeoutSeconds: 0 } }, /predictor\.timeoutSeconds/],
  ['no GPU', model({ gpus: 0 }), /gpus is 0/],
  ['an amount that is none', model({ resources: { ...RESOURCES, cpu: { request: 'lots' } } }), /resources\.cpu is 'lots'/],
  ['no format', model({ format: ' ' }), /predictor\.model\.format/],
  ['nodes over Knative', { deploymentMode: 'Knative', predictor: { model: { ...MODEL, storageUri: 'pvc://c/m' }, worker: {} } }, /deploymentMode is 'Knative'/],
  ['nodes with a download', { predictor: { model: MODEL, worker: {} } }, /storageUri is 'gs:\/\/bucket\/model'; expected a URI that starts with pvc:\/\/, oci:\/\//],
  ['nodes under an autoscaler', { autoscaler: 'hpa', predictor: { model: { ...MODEL, storageUri: 'pvc://c/m' }, worker: {} } }, /autoscaler is 'hpa'/],
  ['less than one node', { predictor: { model: { ...MODEL, storageUri: 'pvc://c/m' }, worker: { pipelineParallelSize: 0 } } }, /worker\.pipelineParallelSize is 0/],
])('%s is refused', (_, props, message) => {
  expect(() => inferenceService(props)).toThrow(InvalidInputError);
  expect(() => inferenceService(props)).toThrow(message);
  expect(() => inferenceService(props)).toThrow('chart/iris');
});

describe('names', () => {
  const longest = (length: number) => 'a'.repeat(length);
  test.each<[string, number, InferenceServiceProps]>([
    ['predictor', 48, { predictor: { model: MODEL } }],
    ['transformer', 46, { predictor: { model: MODEL }, transformer: { containers: [OWN] } }],
    ['worker', 41, { predictor: { model: { ...MODEL, storageUri: 'pvc://c/m' }, worker: {} } }],
  ])('leave room for the label of the %s', (_, length, props) => {
    expect(() => inferenceService(props, longest(length))).not.toThrow();
    expect(() => inferenceService(props, longest(length + 1))).toThrow(new RegExp(`at most ${length} characters`));
  });

  test.each(['1iris', 'Iris', 'iris.v1'])('%s is none', (name) => {
    expect(() => inferenceService({ name, predictor: { model: MODEL } })).toThrow(InvalidInputError);
  });

  test('a namespace is needed, here or on the chart', () => {
    expect(() => new InferenceService(new Chart(new App(), 'chart'), 'iris', { predictor: { model: MODEL } })).toThrow(/namespace is undefined/);
  });
});

describe('where a model may be', () => {
  test.each([
    'gs://bucket/model', 's3://bucket', 'hf://org/model', 'hf://org/model:main', 'hdfs://path/m', 'webhdfs://path/m', 'http://host/m', 'https://host/m.zip',
    'https://account.blob.core.windows.net/container/model', 'pvc://claim/path', 'pvc://claim', 'oci://registry.example.com/model:1',
  ])('%s', (storageUri) => {
    expect(() => inferenceService(model({ storageUri }))).not.toThrow();
  });

  test.each(['bucket/model', 'ftp://host/m', 'gs:/bucket/m', 'gs://', 's3:///m', 'hf://model', 'pvc://Claim/m', 'oci://image', 'azure://account/m', ''])('not %j', (storageUri) => {
    expect(() => inferenceService(model({ storageUri }))).toThrow(/predictor\.model\.storageUri/);
  });

  test('or where only deployment will tell', () => {
    const bucket = createToken({}, 'name of the bucket');
    expect(() => inferenceService(model({ storageUri: `s3://${bucket}/model` }))).not.toThrow();
    expect(() => inferenceService(model({ storageUri: bucket }))).not.toThrow();
  });

  const several = (...storageUris: { uri: string; mountPath?: string }[]): InferenceServiceProps => ({ predictor: { model: { format: 'huggingface', storageUris } } });
  test.each<[string, InferenceServiceProps, RegExp]>([
    ['none of several', several(), /at least one/],
    ['two in one place', several({ uri: 'hf://a/b' }, { uri: 'hf://a/c' }), /mountPath of its own/],
    ['a relative path', several({ uri: 'hf://a/b', mountPath: 'models' }), /storageUris\[0\]\.mountPath is 'models'/],
    ['a way out', several({ uri: 'hf://a/b', mountPath: '/mnt/../etc' }), /without '\.\.'/],
    ['downloads without a common directory', several({ uri: 'hf://a/b', mountPath: '/mnt/a' }, { uri: 'hf://a/c', mountPath: '/opt/b' }), /below one directory/],
  ])('%s is refused', (_, props, message) => {
    expect(() => inferenceService(props)).toThrow(message);
  });

  test('volumes need no common directory', () => {
    expect(() => inferenceService(several({ uri: 'hf://a/b', mountPath: '/mnt/a' }, { uri: 'pvc://claim', mountPath: '/data' }))).not.toThrow();
  });
});
