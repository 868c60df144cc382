// Objects that show of every webhook that it is really asked: what it admits, what it fills in, what it refuses.
const meta = (name, more = {}) => ({ name, namespace: 'default', ...more });
const container = (name = 'main') => ({ name, image: 'registry.example.com/never-pulled:1' });
const pod = (metadata) => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container('kserve-container')] } });

const jobSet = (spec) => ({
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  metadata: meta('two-jobs'),
  spec: { replicatedJobs: [job('first'), job('second')], ...spec },
});
const job = (name, more = {}) => ({ name, replicas: 1, template: { spec: { template: { spec: { containers: [container()] } } } }, ...more });

const jobSetPod = (index) =>
  pod(
    meta(`job-${index}`, {
      labels: { 'jobset.sigs.k8s.io/jobset-name': 'two-jobs', 'jobset.sigs.k8s.io/replicatedjob-name': 'first', 'jobset.sigs.k8s.io/job-index': '0' },
      annotations: {
        'jobset.sigs.k8s.io/jobset-name': 'two-jobs',
        'alpha.jobset.sigs.k8s.io/exclusive-topology': 'kubernetes.io/hostname',
        'batch.kubernetes.io/job-completion-index': String(index),
      },
    }),
  );

const trainJob = (runtime, spec) => ({
  apiVersion: 'trainer.kubeflow.org/v1alpha1',
  kind: 'TrainJob',
  metadata: meta('any-job'),
  spec: { runtimeRef: { name: runtime }, ...spec },
});
const trainingRuntime = (kind, containerName) => ({
  apiVersion: 'trainer.kubeflow.org/v1alpha1',
  kind,
  metadata: kind === 'TrainingRuntime' ? meta('any-runtime') : { name: 'any-runtime' },
  spec: {
    mlPolicy: { numNodes: 1 },
    template: {
      spec: {
        replicatedJobs: [
          {
            name: 'node',
            template: {
              metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } },
              spec: { template: { spec: { containers: [container(containerName)] } } },
            },
          },
        ],
      },
    },
  },
});

const serving = (version, kind, name, spec) => ({
  apiVersion: `serving.kserve.io/${version}`,
  kind,
  metadata: kind === 'ClusterServingRuntime' ? { name } : meta(name),
  spec,
});
const inferenceService = (name) => serving('v1beta1', 'InferenceService', name, { predictor: { sklearn: { storageUri: 'gs://bucket/model' } } });
const servingRuntime = (kind, priorities, more = {}) =>
  serving('v1alpha1', kind, 'any-runtime', {
    supportedModelFormats: priorities.map((priority, index) => ({ name: 'any-format', version: String(index + 1), autoSelect: true, priority })),
    containers: [container('kserve-container')],
    ...more,
  });
const llm = (version, spec) => serving(version, 'LLMInferenceService', 'any-llm', { model: { uri: 'hf://organisation/model', name: 'any' }, ...spec });
const llmConfig = (version, spec) => serving(version, 'LLMInferenceServiceConfig', 'any-config', spec);
const llmCases = (version) => [
  {
    webhook: `llminferenceservice.kserve-webhook-server.${version}.validator`,
    admitted: llm(version, { replicas: 1 }),
    refused: llm(version, { parallelism: { data: 2 } }),
    because: /dataLocal must be set when data is set/,
  },
  {
    webhook: `llminferenceserviceconfig.kserve-webhook-server.${version}.validator`,
    admitted: llmConfig(version, { replicas: 1 }),
    refused: llmConfig(version, { template: { containers: [{ ...container(), args: ['{{ .NoSuchField }}'] }] } }),
    because: /NoSuchField/,
  },
];

/**
 * One case for each webhook, by its name: `admitted` must be let through, `filledIn` must then be true of it (webhooks that
 * mutate), `refused` must be refused by just this webhook, `because` of this (webhooks that validate).
 */
export const CASES = [
  { webhook: 'mjobset.kb.io', admitted: jobSet({}), filledIn: ({ spec }) => spec.successPolicy.operator === 'All' && spec.network.enableDNSHostnames === true },
  { webhook: 'vjobset.kb.io', admitted: jobSet({}), refused: jobSet({ replicatedJobs: [job('first', { dependsOn: [{ name: 'first', status: 'Complete' }] })] }), because: /DependsOn can't be set for the first ReplicatedJob/ },
  { webhook: 'mpod.kb.io', admitted: jobSetPod(0), filledIn: ({ spec }) => spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey === 'kubernetes.io/hostname' },
  { webhook: 'vpod.kb.io', admitted: jobSetPod(0), refused: jobSetPod(1), because: /follower pod node selector not set/ },
  {
    webhook: 'defaulter.trainjob.trainer.kubeflow.org',
    admitted: trainJob('torch-distributed', { runtimePatches: [{ manager: 'example.com/test' }] }),
    filledIn: ({ spec }) => spec.runtimePatches[0].time !== undefined,
  },
  {
    webhook: 'validator.trainjob.trainer.kubeflow.org',
    admitted: trainJob('torch-distributed', {}),
    refused: trainJob('no-such-runtime', {}),
    because: /no-such-runtime/,
  },
  ...[
    ['validator.clustertrainingruntime.trainer.kubeflow.org', 'ClusterTrainingRuntime'],
    ['validator.trainingruntime.trainer.kubeflow.org', 'TrainingRuntime'],
  ].map(([webhook, kind]) => ({ webhook, admitted: trainingRuntime(kind, 'node'), refused: trainingRuntime(kind, 'other'), because: /spec\.template\.spec\.replicatedJobs\[0\]/ })),
  { webhook: 'inferenceservice.kserve-webhook-server.defaulter', admitted: inferenceService('iris'), filledIn: ({ spec }) => spec.predictor.model.modelFormat.name === 'sklearn' },
  { webhook: 'inferenceservice.kserve-webhook-server.validator', admitted: inferenceService('iris'), refused: inferenceService('1st'), because: /1st/ },
  {
    webhook: 'inferenceservice.kserve-webhook-server.pod-mutator',
    admitted: pod(meta('predictor', { labels: { 'serving.kserve.io/inferenceservice': 'iris' }, annotations: { 'internal.serving.kserve.io/storage-initializer-sourceuri': 'gs://bucket/model' } })),
    filledIn: ({ spec }) => spec.initContainers[0].name === 'storage-initializer',
  },
  {
    webhook: 'clusterservingruntime.kserve-webhook-server.validator',
    admitted: servingRuntime('ClusterServingRuntime', [1, 1]),
    refused: servingRuntime('ClusterServingRuntime', [1, 2]),
    because: /any-format/,
  },
  {
    webhook: 'servingruntime.kserve-webhook-server.validator',
    admitted: servingRuntime('ServingRuntime', [1]),
    refused: servingRuntime('ServingRuntime', [1], { workerSpec: { pipelineParallelSize: 2, containers: [container('worker-container'), container('second')] } }),
    because: /container/,
  },
  {
    webhook: 'trainedmodel.kserve-webhook-server.validator',
    ...Object.fromEntries(
      [['admitted', 'gs://bucket/model'], ['refused', 'carrier-pigeon://model']].map(([key, storageUri]) => [
        key,
        serving('v1alpha1', 'TrainedModel', 'any-model', { inferenceService: 'iris', model: { framework: 'sklearn', memory: '1Gi', storageUri } }),
      ]),
    ),
    because: /carrier-pigeon/,
  },
  {
    webhook: 'inferencegraph.kserve-webhook-server.validator',
    ...Object.fromEntries(
      [['admitted', 'root'], ['refused', 'trunk']].map(([key, node]) => [
        key,
        serving('v1alpha1', 'InferenceGraph', 'any-graph', { nodes: { [node]: { routerType: 'Sequence', steps: [{ serviceName: 'iris' }] } } }),
      ]),
    ),
    because: /root/,
  },
  ...llmCases('v1alpha1'),
  ...llmCases('v1alpha2'),
];

/** Checks one case; throws if the webhook did not do what it should. Returns what was seen. */
export async function checkWebhook(cluster, { webhook, admitted, filledIn, refused, because }) {
  const result = await cluster.tryCreate(admitted);
  if (filledIn && !filledIn(result)) throw new Error(`admitted, but not filled in: ${JSON.stringify(result.spec).slice(0, 300)}`);
  if (!refused) return 'admits and fills in';
  const message = await cluster.refusal(refused);
  if (message === undefined) throw new Error('admits what it must refuse');
  const prefix = `admission webhook "${webhook}" denied the request: `;
  if (!message.startsWith(prefix) || !because.test(message)) throw new Error(`refused, but not by this webhook for ${because}: ${message}`);
  return `admits; refuses: ${message.slice(prefix.length, prefix.length + 120)}`;
}

/** Names of the webhooks in these objects. */
export function webhooksOf(objects) {
  return objects.filter(({ kind }) => kind.endsWith('WebhookConfiguration')).flatMap(({ webhooks }) => webhooks.map(({ name }) => name));
}
