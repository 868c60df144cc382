import { App, Chart } from 'cdk8s';
import { imagesOf, rewriteImages } from '../../../../constructs/core';
import { existingNamespacedRuntime, existingRuntime } from '../../../../constructs/trainer';
import { TrainJob, type TrainJobProps } from '../../../../constructs/workloads/train-job';
import { trainJobExample } from '../../../../examples/train-job';
import { judgedIn } from '../../judged';
import { type Json, objectsOf } from '../../jobset/objects';

const torch = existingRuntime('torch-distributed');

function job(props: Partial<TrainJobProps> = {}, id = 'mnist'): Json {
  const chart = new Chart(new App(), 'chart', { namespace: 'team' });
  new TrainJob(chart, id, { runtime: torch, ...props });
  return objectsOf(chart).ofKind('TrainJob')[0];
}

test('the shortest job is a name and a runtime', () => {
  expect(job()).toEqual({
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind: 'TrainJob',
    metadata: { name: 'mnist', namespace: 'team' },
    // Without `trainer`, the controller would leave out the variables by which nodes find each other.
    spec: { runtimeRef: { apiGroup: 'trainer.kubeflow.org', kind: 'ClusterTrainingRuntime', name: 'torch-distributed' }, trainer: {} },
  });
});

test('everything else', () => {
  const { metadata, spec } = job({
    name: 'other', namespace: 'other-team', labels: { 'kueue.x-k8s.io/queue-name': 'q' }, annotations: { a: 'b' },
    nodes: 4, processesPerNode: 2, image: 'ghcr.io/org/mnist:1', command: ['torchrun'], args: ['/mnist.py'],
    env: { A: 'b', TOKEN: { secret: 's', key: 'k' }, POD: { field: 'metadata.name' }, C: { configMap: 'm', key: 'k', optional: true }, CPU: { resource: 'limits.cpu' } },
    suspend: true, activeDeadlineSeconds: 600, managedBy: 'kueue.x-k8s.io/multikueue',
  });
  expect(metadata).toEqual({ name: 'other', namespace: 'other-team', labels: { 'kueue.x-k8s.io/queue-name': 'q' }, annotations: { a: 'b' } });
  expect(spec).toMatchObject({ suspend: true, activeDeadlineSeconds: 600, managedBy: 'kueue.x-k8s.io/multikueue' });
  expect(spec.trainer).toEqual({
    numNodes: 4, numProcPerNode: 2, image: 'ghcr.io/org/mnist:1', command: ['torchrun'], args: ['/mnist.py'],
    env: [
      { name: 'A', value: 'b' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'C', valueFrom: { configMapKeyRef: { name: 'm', key: 'k', optional: true } } },
      { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
    ],
  });
});

test('its image is in the inventory, and follows the registry', () => {
  const app = new App();
  rewriteImages(app, { registry: 'mirror.example.com' });
  const chart = new Chart(app, 'chart', { namespace: 'team' });
  new TrainJob(chart, 'mnist', { runtime: torch, image: { registry: 'ghcr.io', repository: 'org/mnist', tag: '1' } });
  expect(objectsOf(chart).all[0].spec.trainer.image).toBe('mirror.example.com/ghcr.io/org/mnist:1');
  expect(imagesOf(app)).toHaveLength(1);
});

describe('resources: the API drops all of the runtime\'s when a job names one', () => {
  const resources = (props: Partial<TrainJobProps>) => job(props).spec.trainer.resourcesPerNode;

  test('a job that names none states none', () => {
    expect(job({ nodes: 2 }).spec.trainer).not.toHaveProperty('resourcesPerNode');
  });
  test('GPUs keep the runtime\'s CPU and memory', () => {
    expect(resources({ gpus: 1 })).toEqual({ requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '4', memory: '8Gi', 'nvidia.com/gpu': '1' } });
  });
  test('memory keeps the runtime\'s GPUs', () => {
    expect(resources({ runtime: existingRuntime('torchtune-llama3.2-1b'), resources: { memory: '96Gi' } })).toEqual({
      requests: { cpu: '4', memory: '96Gi' }, limits: { cpu: '8', memory: '96Gi', 'nvidia.com/gpu': '2' },
    });
  });
  test('a runtime of which nothing is known gets defaults, so that no node is without limits', () => {
    expect(resources({ runtime: existingRuntime('ours'), resources: { devices: { 'amd.com/gpu': 8 }, ephemeralStorage: { request: '10Gi', limit: '20Gi' } } })).toEqual({
      requests: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '10Gi' }, limits: { cpu: '4', memory: '8Gi', 'ephemeral-storage': '20Gi', 'amd.com/gpu': '8' },
    });
  });
});

test('dataset and model', () => {
  const { spec } = job({
    runtime: existingRuntime('torchtune-llama3.2-1b'),
    dataset: { storageUri: 'hf://org/data', env: { SPLIT: 'train' } },
    model: { storageUri: 's3://bucket/model', secretName: 'credentials' },
  });
  expect(spec.initializer).toEqual({
    dataset: { storageUri: 'hf://org/data', env: [{ name: 'SPLIT', value: 'train' }] },
    model: { storageUri: 's3://bucket/model', secretRef: { name: 'credentials' } },
  });
});

describe('changes to pods', () => {
  const pods: TrainJobProps['pods'] = {
    nodeSelector: { pool: 'a100' }, tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }], serviceAccountName: 'trainer', imagePullSecrets: ['pull'], labels: { team: 'vision' },
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }], volumeMounts: [{ name: 'data', mountPath: '/data' }],
    containers: [{ name: 'node', securityContext: { runAsUser: 1234 } }],
  };

  test('of the nodes', () => {
    expect(job({ pods }).spec.runtimePatches).toEqual([
      {
        manager: 'kubeflow-cdk.dev/train-job',
        trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: {
          metadata: { labels: { team: 'vision' } },
          spec: {
            nodeSelector: { pool: 'a100' }, tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }], serviceAccountName: 'trainer', imagePullSecrets: [{ name: 'pull' }],
            volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
            containers: [{ name: 'node', volumeMounts: [{ name: 'data', mountPath: '/data' }], securityContext: { runAsUser: 1234 } }],
          },
        } } } }] } } },
      },
    ]);
  });

  test('MPI: of launcher and nodes alike; torchtune: not of the initializers', () => {
    const jobs = (runtime: string) => job({ runtime: existingRuntime(runtime), pods }).spec.runtimePatches[0].trainingRuntimeSpec.template.spec.replicatedJobs.map((each: Json) => each.name);
    expect(jobs('deepspeed-distributed')).toEqual(['launcher', 'node']);
    expect(jobs('torchtune-llama3.2-1b')).toEqual(['node']);
    expect(jobs('ours')).toEqual(['node']);
  });

  test('of any job, under the name of who makes them', () => {
    const { spec } = job({
      runtime: existingRuntime('torchtune-llama3.2-1b'),
      runtimePatches: [{ manager: 'example.com/storage', jobSet: { labels: { a: 'b' } }, jobs: { 'model-initializer': { job: { annotations: { c: 'd' } }, pod: { affinity: { nodeAffinity: {} }, schedulingGates: ['example.com/gate'] } } } }],
    });
    expect(spec.runtimePatches).toEqual([
      {
        manager: 'example.com/storage',
        trainingRuntimeSpec: { template: {
          metadata: { labels: { a: 'b' } },
          spec: { replicatedJobs: [{ name: 'model-initializer', template: { metadata: { annotations: { c: 'd' } }, spec: { template: { spec: { affinity: { nodeAffinity: {} }, schedulingGates: [{ name: 'example.com/gate' }] } } } } }] },
        } },
      },
    ]);
  });
});

describe('bad input', () => {
  const at = 'chart/mnist: ';
  test.each<[string, Partial<TrainJobProps>, string]>([
    ['no nodes', { nodes: 0 }, `${at}nodes is 0; expected a whole number, at least 1`],
    ['half a process', { processesPerNode: 1.5 }, `${at}processesPerNode is 1.5`],
    ['no time', { activeDeadlineSeconds: 0 }, `${at}activeDeadlineSeconds is 0`],
    ['no GPUs', { gpus: 0 }, `${at}gpus is 0; expected a whole number, at least 1`],
    ['GPUs twice', { gpus: 1, resources: { devices: { 'nvidia.com/gpu': 2 } } }, "resources.devices['nvidia.com/gpu'] is 2; expected nothing"],
    ['a device without a domain', { resources: { devices: { gpu: 1 } } }, "resources.devices['gpu'] is 'gpu'; expected a device's resource name"],
    ['no quantity', { resources: { memory: '16 GB' } }, "resources.memory is '16 GB'; expected a Kubernetes quantity"],
    ['an image without a registry', { image: 'mnist' }, "image is 'mnist'"],
    ['a name that is no label', { name: 'Mnist' }, "name is 'Mnist'; expected a DNS label"],
    ['a name that starts with a digit', { name: '4nodes' }, "name is '4nodes'; expected a name that starts with a letter"],
    ['a name too long for the pods', { name: 'm'.repeat(49), nodes: 4 }, 'expected at most 48 characters, not 49'],
    ['the same with more nodes', { name: 'm'.repeat(47), nodes: 1000 }, 'expected at most 46 characters, not 47'],
    ['and with an initializer', { name: 'm'.repeat(34), runtime: existingRuntime('torchtune-llama3.2-1b') }, 'expected at most 33 characters, not 34'],
    ['a variable that Trainer sets', { env: { PET_NNODES: '2' } }, "env.PET_NNODES is '2'; expected nothing"],
    ['one that it sets for XGBoost', { runtime: existingRuntime('xgboost-distributed'), env: { DMLC_TASK_ID: '2' } }, 'env.DMLC_TASK_ID'],
    ['a dataset the runtime cannot fetch', { dataset: { storageUri: 'hf://a/b' } }, "expected nothing: 'torch-distributed' has no job 'dataset-initializer'"],
    ['a dataset at no URI', { runtime: existingRuntime('torchtune-llama3.2-1b'), dataset: { storageUri: 'a/b' } }, "dataset.storageUri is 'a/b'; expected a URI"],
    ['a recipe on several nodes', { runtime: existingRuntime('torchtune-llama3.2-1b'), nodes: 2 }, "nodes is 2; expected 1: the recipe of 'torchtune-llama3.2-1b' runs on one node"],
    ['a runtime of another namespace', { runtime: existingNamespacedRuntime('mine', 'others') }, "namespace is 'team'; expected 'others'"],
    ['a patch by nobody', { runtimePatches: [{ manager: 'me' }] }, "runtimePatches.manager is 'me'; expected a domain"],
    ['two patches by one', { runtimePatches: [{ manager: 'a.com/b' }, { manager: 'a.com/b' }] }, 'expected one patch a manager'],
    ['a patch of a job that is not there', { runtimePatches: [{ manager: 'a.com/b', jobs: { launcher: {} } }] }, "is 'launcher'; expected a job of 'torch-distributed': node"],
    ['a patch of a container that is not there', { pods: { containers: [{ name: 'main' }] } }, "is 'main'; expected a container of it: node"],
    ['variables by patch', { pods: { containers: [{ name: 'node', env: { A: 'b' } }] } }, "expected nothing: use the job's own 'env'"],
  ])('%s', (_, props, message) => {
    expect(() => job(props)).toThrow(message);
  });

  test('a name as long as can be is taken', () => {
    expect(job({ name: 'm'.repeat(48), nodes: 10 }).metadata.name).toHaveLength(48);
  });

  test('no namespace', () => {
    expect(() => new TrainJob(new Chart(new App(), 'chart'), 'mnist', { runtime: torch })).toThrow('chart/mnist: namespace is undefined; expected a namespace, here or on the chart');
  });
});

test('passes every policy by itself; what a patch adds needs a reason', () => {
  expect(judgedIn('team', [job()])).toMatchObject({ open: [], waived: [] });
  const pods = { containers: [{ name: 'node', securityContext: { readOnlyRootFilesystem: false } }] };
  expect(judgedIn('team', [job({ pods })]).open).toHaveLength(1);
  const reasoned = job({ pods, waivers: [{ policy: 'read-only-root-filesystem', reason: 'The program unpacks its dataset beside itself.' }] });
  expect(judgedIn('team', [reasoned])).toMatchObject({ open: [], waived: ['read-only-root-filesystem TrainJob/mnist'] });
});

test('the example: four nodes on PyTorch, in the namespace it is told', () => {
  const { all } = objectsOf(trainJobExample(new App(), { namespace: 'team-vision' }));
  expect(all).toHaveLength(1);
  expect(all[0]).toMatchObject({
    kind: 'TrainJob', metadata: { namespace: 'team-vision' }, spec: { runtimeRef: { name: 'torch-distributed' }, trainer: { numNodes: 4, resourcesPerNode: { requests: { cpu: '250m' } } } },
  });
});
