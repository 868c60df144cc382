// What becomes of a user's objects: a TrainJob's pods, the servers of an InferenceService and of an LLMInferenceService.
import { until } from './cluster.mjs';

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const condition = ({ status }, type) => status?.conditions?.find((each) => each.type === type)?.status === 'True';

/** Nothing of these kinds is left that a selector finds. */
async function gone(cluster, namespace, selector, kinds, limit) {
  for (const kind of kinds) {
    await until(`no ${kind} with ${selector}`, limit, async () => ((await cluster.names(kind, namespace, selector)).length === 0 ? true : undefined));
  }
}

/** A TrainJob on the PyTorch runtime: JobSet, running pods that find each other, completion, removal. */
export async function checkTrainJob(cluster, report, objects, runtime) {
  const { name, namespace } = objects[0].metadata;
  const nodes = objects[0].spec.trainer.numNodes;
  const container = runtime.spec.template.spec.replicatedJobs[0].template.spec.template.spec.containers[0].name;
  const selector = `jobset.sigs.k8s.io/jobset-name=${name}`;
  const started = performance.now();
  await report.require(`TrainJob ${name} is accepted`, () => cluster.apply(objects));

  let pods = [];
  await report.require(`TrainJob ${name} becomes a JobSet and ${nodes} running pods`, async () => {
    await until('the JobSet', 60, () => cluster.get('jobset', name, '-n', namespace));
    pods = await until(`${nodes} running pods`, 120, async () => {
      const { items } = await cluster.get('pods', '-n', namespace, '-l', selector);
      return items.length === nodes && items.every(({ status }) => status.phase === 'Running') ? items : undefined;
    });
    return `${pods.map(({ metadata }) => metadata.name).join(', ')}; ${seconds(started)} from apply`;
  });

  await report.check(`pods of ${name} have the PyTorch runtime's environment`, async () => {
    const expected = { PET_NNODES: String(nodes), PET_NPROC_PER_NODE: '1', PET_MASTER_ADDR: `${name}-node-0-0.${name}`, PET_MASTER_PORT: '29500' };
    for (const { metadata, spec } of pods) {
      const env = spec.containers.find((each) => each.name === container).env;
      for (const [key, value] of Object.entries(expected)) {
        const found = env.find((each) => each.name === key)?.value;
        if (found !== value) throw new Error(`${metadata.name}: ${key} is ${found}, expected ${value}`);
      }
      const rank = env.find((each) => each.name === 'PET_NODE_RANK')?.valueFrom?.fieldRef?.fieldPath;
      if (!rank?.includes('job-completion-index')) throw new Error(`${metadata.name}: PET_NODE_RANK comes from ${rank}, expected the Job's completion index`);
    }
    return Object.entries(expected).map((each) => each.join('=')).join(' ');
  });

  await report.check(`nodes of ${name} reach each other at the master's address`, async () => {
    const total = (nodes * (nodes - 1)) / 2;
    const ranks = await Promise.all(
      pods.map(({ metadata }) =>
        until(`${metadata.name} has the sum`, 120, async () => {
          const log = await cluster.kubectl(['logs', metadata.name, '-n', namespace, '-c', container]);
          return /node (\d+) of (\d+): the ranks add up to (\d+)/.exec(log) ?? undefined;
        }).then(([, rank, of, sum]) => {
          if (Number(of) !== nodes || Number(sum) !== total) throw new Error(`${metadata.name}: sum ${sum} of ${of} nodes, expected ${total} of ${nodes}`);
          return Number(rank);
        }),
      ),
    );
    if (new Set(ranks).size !== nodes) throw new Error(`ranks are ${ranks.join(', ')}, expected each of 0 to ${nodes - 1}`);
    return `ranks ${ranks.toSorted((a, b) => a - b).join(', ')} add up to ${total}`;
  });

  await report.check(`TrainJob ${name} completes when its nodes end`, async () => {
    await Promise.all(pods.map(({ metadata }) => cluster.kubectl(['exec', metadata.name, '-n', namespace, '-c', container, '--', 'torchrun', 'finish'])));
    await until('condition Complete', 90, async () => (condition(await cluster.get('trainjob', name, '-n', namespace), 'Complete') ? true : undefined));
  });

  await report.check(`deleting TrainJob ${name} removes all of it`, async () => {
    await cluster.delete(objects);
    await gone(cluster, namespace, selector, ['jobs', 'pods'], 60);
    await until('no JobSet', 60, async () => ((await cluster.get('jobsets,services', '-n', namespace)).items.some(({ metadata }) => metadata.name === name) ? undefined : true));
  });
}

/** An InferenceService: Deployment, Service and Ingress, an answer through the Service, removal. */
export async function checkInferenceService(cluster, report, objects) {
  const { name, namespace } = objects[0].metadata;
  const selector = `serving.kserve.io/inferenceservice=${name}`;
  const uri = objects[0].spec.predictor.model.storageUri;
  const started = performance.now();
  await report.require(`InferenceService ${name} is accepted`, () => cluster.apply(objects));
  await report.check(`InferenceService ${name} becomes a Deployment, a Service and an Ingress, and Ready`, async () => {
    await until('the Deployment', 60, () => cluster.get('deployment', `${name}-predictor`, '-n', namespace));
    await until('the Service', 60, () => cluster.get('service', `${name}-predictor`, '-n', namespace));
    await until('the Ingress', 120, () => cluster.get('ingress', name, '-n', namespace));
    const url = await until('condition Ready', 120, async () => {
      const service = await cluster.get('inferenceservice', name, '-n', namespace);
      return condition(service, 'Ready') ? service.status.url : undefined;
    });
    return `${url}; ${seconds(started)} from apply`;
  });
  await report.check(`the server of ${name} answers through its Service, with its model in place`, async () => {
    const answer = JSON.parse(await cluster.kubectl(['get', '--raw', `/api/v1/namespaces/${namespace}/services/http:${name}-predictor:80/proxy/v1/models/${name}`]));
    if (!answer.files.includes('source.txt')) throw new Error(`the model's folder holds ${answer.files.join(', ')}, expected what the storage initializer wrote`);
    const wanted = `--model_name=${name}`;
    if (!answer.arguments.includes(wanted)) throw new Error(`called with ${answer.arguments.join(' ')}, expected ${wanted} from the runtime`);
    const [pod] = await cluster.names('pods', namespace, selector);
    const log = await cluster.kubectl(['logs', pod, '-n', namespace, '-c', 'storage-initializer']);
    if (!log.includes(uri)) throw new Error(`the storage initializer was called for ${log}, expected ${uri}`);
    return answer.arguments.join(' ');
  });
  await report.check(`deleting InferenceService ${name} removes all of it`, async () => {
    await cluster.delete(objects);
    await gone(cluster, namespace, selector, ['deployments', 'pods'], 90);
    const left = (await cluster.get('services,ingresses', '-n', namespace)).items.filter(({ metadata }) => metadata.name.startsWith(name));
    if (left.length > 0) throw new Error(`${left.map(({ kind, metadata }) => `${kind}/${metadata.name}`).join(', ')} stayed`);
  });
}

/**
 * An LLMInferenceService without a router: Deployment and Service from the presets, Ready, removal.
 *
 * @param meanwhile called while it is there
 */
export async function checkLlm(cluster, report, objects, meanwhile) {
  const { name, namespace } = objects[0].metadata;
  const selector = `app.kubernetes.io/name=${name}`;
  const started = performance.now();
  await report.require(`LLMInferenceService ${name} is accepted`, () => cluster.apply(objects));
  await report.check(`LLMInferenceService ${name} becomes a Deployment and a Service, and Ready`, async () => {
    const [deployment] = await until('the Deployment', 60, async () => {
      const found = await cluster.names('deployments', namespace, selector);
      return found.length > 0 ? found : undefined;
    });
    const [service] = await until('the Service', 60, async () => {
      const found = await cluster.names('services', namespace, selector);
      return found.length > 0 ? found : undefined;
    });
    await until('condition Ready', 120, async () => (condition(await cluster.get('llminferenceservices.v1alpha2.serving.kserve.io', name, '-n', namespace), 'Ready') ? true : undefined));
    return `Deployment ${deployment}, Service ${service}; ${seconds(started)} from apply`;
  });
  await meanwhile();
  await report.check(`deleting LLMInferenceService ${name} removes all of it`, async () => {
    await cluster.delete(objects);
    await gone(cluster, namespace, selector, ['deployments', 'services', 'pods'], 90);
  });
}
