import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { ClusterTrainingRuntime, existingNamespacedRuntime, existingRuntime, RUNTIME_IDS, TrainingRuntime, type TrainingRuntimeSpec } from '../../../constructs/trainer';
import { judged } from '../judged';
import { type Json, objectsOf } from '../jobset/objects';
import { trainer } from './trainer-objects';

const runtimesOf = (props?: Parameters<typeof trainer>[0]) => trainer(props).ofKind('ClusterTrainingRuntime');
const podsOf = (runtime: Json): Json[] => runtime.spec.template.spec.replicatedJobs.map((job: Json) => ({ job: job.name, ...job.template.spec.template.spec }));

test('every runtime of 2.2.0, with its framework and how its nodes find each other', () => {
  expect(runtimesOf().map(({ metadata, spec }) => [metadata.name, metadata.labels['trainer.kubeflow.org/framework'], spec.mlPolicy])).toEqual([
    ['torch-distributed', 'torch', { numNodes: 1, torch: {} }],
    ['deepspeed-distributed', 'deepspeed', { numNodes: 1, mpi: { mpiImplementation: 'OpenMPI', numProcPerNode: 1, runLauncherAsNode: true, sshAuthMountPath: '/home/mpiuser/.ssh' } }],
    ['mlx-distributed', 'mlx', { numNodes: 1, mpi: { mpiImplementation: 'OpenMPI', numProcPerNode: 1, runLauncherAsNode: true, sshAuthMountPath: '/home/mpiuser/.ssh' } }],
    ['jax-distributed', 'jax', { numNodes: 1, jax: {} }],
    ['xgboost-distributed', 'xgboost', { numNodes: 1, xgboost: {} }],
    ['torchtune-llama3.2-1b', 'torchtune', { numNodes: 1, torch: {} }],
    ['torchtune-llama3.2-3b', 'torchtune', { numNodes: 1, torch: {} }],
    ['torchtune-qwen2.5-1.5b', 'torchtune', { numNodes: 1, torch: {} }],
    ['torch-distributed-with-cache', 'torch', { numNodes: 1, torch: {} }],
  ]);
});

describe('pods', () => {
  test('nodes have shared memory, and no pod a token it does not use', () => {
    for (const runtime of runtimesOf()) {
      for (const pod of podsOf(runtime)) {
        const usesCluster = runtime.metadata.name === 'torch-distributed-with-cache' && pod.job === 'dataset-initializer';
        expect(pod.automountServiceAccountToken).toBe(usesCluster);
        if (pod.containers[0].name !== 'node') continue;
        expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'shared-memory', mountPath: '/dev/shm' });
        expect(pod.volumes).toContainEqual({ name: 'shared-memory', emptyDir: { medium: 'Memory' } });
      }
    }
  });

  test('torch starts one process a node by default: it takes the CPU request, rounded up, for their number', () => {
    const [torch] = runtimesOf({ runtimes: ['torchDistributed'] });
    expect(podsOf(torch)[0].containers[0].resources).toEqual({ requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '4', memory: '8Gi' } });
  });

  test('restricted: nobody is root; programs start at home, initializers where their program is', () => {
    for (const pod of runtimesOf().flatMap(podsOf)) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } });
    }
    const [tune] = runtimesOf({ runtimes: ['torchtuneLlama3_2_1B'] });
    expect(podsOf(tune).map((pod) => [pod.job, pod.containers[0].workingDir, pod.containers[0].env[0]])).toEqual([
      ['dataset-initializer', undefined, { name: 'HOME', value: '/home/kubeflow' }],
      ['model-initializer', undefined, { name: 'HOME', value: '/home/kubeflow' }],
      ['node', '/home/kubeflow', { name: 'HOME', value: '/home/kubeflow' }],
    ]);
  });

  test('baseline: as the image says, under a waiver; MPI\'s images have a user of their own', () => {
    const runtimes = runtimesOf({ runtimePodSecurity: 'baseline' });
    const waived = runtimes.filter(({ metadata }) => metadata.annotations?.['waiver.kubeflow-cdk.dev/run-as-non-root']).map(({ metadata }) => metadata.name);
    expect(runtimes.map(({ metadata }) => metadata.name).filter((name) => !waived.includes(name))).toEqual(['deepspeed-distributed', 'mlx-distributed']);
    const torch = podsOf(runtimes[0])[0];
    expect(torch.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
    expect(torch.containers[0]).not.toHaveProperty('workingDir');
    expect(torch.containers[0]).not.toHaveProperty('env');

    const { open, waived: exceptions } = judged(runtimes);
    expect(open).toEqual([]);
    expect(new Set(exceptions.map((each) => each.split(' ')[0]))).toEqual(new Set(['read-only-root-filesystem', 'run-as-non-root', 'service-account-token']));
  });

  test.each(['restricted', 'baseline'] as const)('%s: programs of users may write to their image, initializers only where their sources do', (runtimePodSecurity) => {
    for (const pod of runtimesOf({ runtimePodSecurity }).flatMap(podsOf)) {
      const [{ name, securityContext, volumeMounts, env }] = pod.containers;
      expect([name, securityContext.readOnlyRootFilesystem]).toEqual([name, name !== 'node']);
      if (name === 'node') continue;
      expect(volumeMounts.map(({ mountPath }: Json) => mountPath)).toEqual(expect.arrayContaining(['/home/kubeflow', '/tmp']));
      expect(env).toContainEqual({ name: 'HOME', value: '/home/kubeflow' });
      expect(pod.volumes).toEqual([{ name: 'home', emptyDir: {} }, { name: 'tmp', emptyDir: {} }]);
    }
  });

  test('the waiver for programs of users is for their containers only', () => {
    const [tune] = runtimesOf({ runtimes: ['torchtuneLlama3_2_1B'] });
    expect(JSON.parse(tune.metadata.annotations['waiver.kubeflow-cdk.dev/read-only-root-filesystem'])).toMatchObject({ containers: ['node'] });
  });

  test('MPI: SSH keys keep their owner, and sshd the capability its file has', () => {
    const [deepspeed] = runtimesOf({ runtimes: ['deepspeedDistributed'] });
    const [launcher, node] = podsOf(deepspeed);
    for (const pod of [launcher, node]) expect(pod.securityContext).not.toHaveProperty('fsGroup');
    expect(launcher.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
    expect(node.containers[0]).toMatchObject({
      command: ['/usr/sbin/sshd'], readinessProbe: { tcpSocket: { port: 2222 } }, securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
    });
    expect(deepspeed.spec.template.spec).toMatchObject({ network: { publishNotReadyAddresses: true }, successPolicy: { operator: 'All', targetReplicatedJobs: ['launcher'] } });
  });

  test('torchtune: nodes wait for dataset and model, which share a volume with them, and have two GPUs', () => {
    const [tune] = runtimesOf({ runtimes: ['torchtuneQwen2_5_1_5B'] });
    const { replicatedJobs, volumeClaimPolicies } = tune.spec.template.spec;
    expect(replicatedJobs[2].dependsOn).toEqual([{ name: 'dataset-initializer', status: 'Complete' }, { name: 'model-initializer', status: 'Complete' }]);
    expect(volumeClaimPolicies[0].templates).toEqual([{ metadata: { name: 'initializer' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } } }]);
    for (const pod of podsOf(tune)) expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'initializer', mountPath: '/workspace' });
    const { resources, command } = podsOf(tune)[2].containers[0];
    expect(resources.limits['nvidia.com/gpu']).toBe(2);
    expect(command.slice(0, 6)).toEqual(['tune', 'run', '--rdzv_endpoint=localhost:29500', 'full_finetune_distributed', '--config', 'qwen2_5/1.5B_full']);
    expect(command).toContain('tokenizer.merges_file=/workspace/model/merges.txt');
  });

  test('the data cache: its initializer acts as the ServiceAccount of that name, and knows the image of the cache and its job', () => {
    const [cached] = runtimesOf({ runtimes: ['torchDistributedWithCache'] });
    const [initializer] = podsOf(cached);
    expect(initializer.serviceAccountName).toBe('kubeflow-trainer-cache-initializer');
    expect(initializer.containers[0].env).toEqual(expect.arrayContaining([
      { name: 'CACHE_IMAGE', value: 'ghcr.io/kubeflow/trainer/data-cache:v2.2.0' },
      { name: 'TRAIN_JOB_NAME', valueFrom: { fieldRef: { fieldPath: "metadata.labels['jobset.sigs.k8s.io/jobset-name']" } } },
    ]));
  });
});

test('options change what they say', () => {
  const [tune] = runtimesOf({
    runtimes: ['torchtuneLlama3_2_1B'],
    runtimeOptions: {
      torchtuneLlama3_2_1B: { gpus: 8, nodes: 1, storage: '100Gi', image: { registry: 'r.example.com', repository: 'tune', tag: 'x' }, resources: { cpu: { request: '16' }, memory: { request: '128Gi' } } },
    },
  });
  const node = podsOf(tune)[2].containers[0];
  expect(node.image).toBe('r.example.com/tune:x');
  expect(node.resources).toEqual({ requests: { cpu: '16', memory: '128Gi' }, limits: { cpu: '16', memory: '128Gi', 'nvidia.com/gpu': 8 } });
  expect(tune.spec.template.spec.volumeClaimPolicies[0].templates[0].spec.resources.requests.storage).toBe('100Gi');
});

describe('references', () => {
  test('a selection of runtimes is all there is, in the type as well', () => {
    const { component, ofKind } = trainer({ runtimes: ['jaxDistributed'] });
    expect(ofKind('ClusterTrainingRuntime').map(({ metadata }) => metadata.name)).toEqual(['jax-distributed']);
    expect(component.runtimes.jaxDistributed.name).toBe('jax-distributed');
    // @ts-expect-error torch is not installed
    expect(component.runtimes.torchDistributed).toBeUndefined();
  });

  test('an existing runtime of a known name is known as well as an installed one', () => {
    const { component } = trainer();
    for (const id of RUNTIME_IDS) {
      const { providedBy, ...installed } = component.runtimes[id];
      expect(providedBy).toBe(component);
      expect(existingRuntime(installed.name)).toEqual(installed);
    }
  });

  test('they know jobs, steps and resources', () => {
    expect(existingRuntime('deepspeed-distributed').jobs).toEqual([
      { name: 'launcher', step: 'trainer', containers: ['node'] },
      { name: 'node', step: undefined, containers: ['node'] },
    ]);
    expect(existingRuntime('torchtune-llama3.2-3b').nodeResources?.limits).toEqual({ cpu: '8', memory: '64Gi', 'nvidia.com/gpu': '2' });
    expect(existingRuntime('of-our-own')).toEqual({ kind: 'ClusterTrainingRuntime', name: 'of-our-own' });
    expect(existingNamespacedRuntime('mine', 'team')).toEqual({ kind: 'TrainingRuntime', name: 'mine', namespace: 'team' });
  });

  test('malformed names are refused', () => {
    expect(() => existingRuntime('Torch')).toThrow("existingRuntime: metadata.name is 'Torch'");
    expect(() => existingNamespacedRuntime('torch', '')).toThrow('namespace');
  });
});

describe('runtimes of one\'s own', () => {
  const spec = (container: string, replicas?: number): TrainingRuntimeSpec => ({
    mlPolicy: { numNodes: 2, torch: {} },
    podGroupPolicy: { coscheduling: { scheduleTimeoutSeconds: 120 } },
    template: {
      spec: {
        ttlSecondsAfterFinished: 60,
        replicatedJobs: [
          {
            name: 'node',
            ...(replicas !== undefined && { replicas }),
            template: {
              metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
              spec: { template: { spec: { containers: [{ name: container, image: 'r.example.com/i:t', resources: { limits: { cpu: k8s.Quantity.fromString('2') } } }] } } },
            },
          },
        ],
      },
    },
  });

  test('for the cluster, and for a namespace', () => {
    const chart = new Chart(new App(), 'chart');
    const cluster = new ClusterTrainingRuntime(chart, 'cluster', { name: 'ours', framework: 'torch', spec: spec('node') });
    const mine = new TrainingRuntime(chart, 'mine', { name: 'mine', namespace: 'team', spec: spec('node') });
    const { one } = objectsOf(chart);
    expect(one('ClusterTrainingRuntime', 'ours')).toMatchObject({
      metadata: { labels: { 'trainer.kubeflow.org/framework': 'torch' } },
      spec: { podGroupPolicy: { coscheduling: { scheduleTimeoutSeconds: 120 } }, template: { spec: { ttlSecondsAfterFinished: 60, replicatedJobs: [{ template: { spec: { template: { spec: { containers: [{ resources: { limits: { cpu: '2' } } }] } } } } }] } } },
    });
    expect(one('TrainingRuntime', 'mine').metadata.namespace).toBe('team');
    expect(cluster.ref).toMatchObject({ kind: 'ClusterTrainingRuntime', name: 'ours', nodeResources: { limits: { cpu: '2' } } });
    expect(mine.ref).toMatchObject({ kind: 'TrainingRuntime', name: 'mine', namespace: 'team' });
  });

  test('what the admission webhook would refuse is refused at once', () => {
    const declare = (bad: TrainingRuntimeSpec) => () => new ClusterTrainingRuntime(new Chart(new App(), 'chart'), 'ours', { name: 'ours', spec: bad });
    expect(declare(spec('main'))).toThrow('chart/ours: spec.template.spec.replicatedJobs[0].template.spec is ["main"]; expected a container \'node\'');
    expect(declare(spec('node', 2))).toThrow('replicatedJobs[0].replicas is 2; expected 1');
    expect(declare({ template: { spec: { replicatedJobs: [] } } })).toThrow('expected at least one job');
  });
});
