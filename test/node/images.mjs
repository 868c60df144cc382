// Which programs go into the images that the manifests name.
import { buildProgram, buildStandIn } from './build.mjs';
import { nameOf } from './manifests.mjs';

/** Programs built from Go modules, by the repository of their image; the image's tag is the module's version. */
const PROGRAMS = {
  'registry.k8s.io/jobset/jobset': { name: 'jobset', module: 'sigs.k8s.io/jobset', at: '/manager' },
  'ghcr.io/kubeflow/trainer/trainer-controller-manager': {
    name: 'trainer',
    module: 'github.com/kubeflow/trainer/v2',
    package: 'cmd/trainer-controller-manager',
    at: '/manager',
  },
  'docker.io/kserve/kserve-controller': { name: 'kserve', module: 'github.com/kserve/kserve', package: 'cmd/manager', at: '/manager' },
  'docker.io/kserve/llmisvc-controller': { name: 'llmisvc', module: 'github.com/kserve/kserve', package: 'cmd/llmisvc', at: '/manager' },
  'quay.io/brancz/kube-rbac-proxy': { name: 'kube-rbac-proxy', module: 'github.com/brancz/kube-rbac-proxy', package: 'cmd/kube-rbac-proxy', at: '/usr/local/bin/kube-rbac-proxy' },
};

/** The image of every container of these Deployments, with the program that was built for it. */
export async function controllerImages(deployments) {
  const images = new Map();
  for (const deployment of deployments) {
    for (const { image } of deployment.spec.template.spec.containers) {
      const colon = image.lastIndexOf(':');
      const program = PROGRAMS[image.slice(0, colon)];
      if (!program) throw new Error(`${nameOf(deployment)}: no program is known for image ${image}`);
      if (!images.has(image)) images.set(image, { image, entrypoint: [program.at], files: [{ from: await buildProgram(program, image.slice(colon + 1)), to: program.at }] });
    }
  }
  return [...images.values()];
}

/** Images of the pods under test, under the names that runtimes and presets give them, with stand-ins in them. */
export async function workloadImages(objects) {
  const find = (kind, name) => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    if (!found) throw new Error(`the platform has no ${kind} ${name}`);
    return found.spec;
  };
  const [node] = find('ClusterTrainingRuntime', 'torch-distributed').template.spec.replicatedJobs.map((job) => job.template.spec.template.spec.containers[0]);
  const sklearn = find('ClusterServingRuntime', 'kserve-sklearnserver').containers[0];
  const vllm = find('LLMInferenceServiceConfig', 'kserve-config-llm-template').template.containers[0];
  const storage = find('ClusterStorageContainer', 'default').container;
  return [
    await standIn(node.image, 'torchrun', '/usr/local/bin/torchrun'),
    await standIn(sklearn.image, 'model-server', '/usr/local/bin/model-server'),
    await standIn(vllm.image, 'model-server', `/usr/local/bin/${vllm.command[0]}`),
    await standIn(storage.image, 'storage-initializer', '/usr/local/bin/storage-initializer'),
  ];
}

async function standIn(image, program, at) {
  return { image, program, entrypoint: [at], files: [{ from: await buildStandIn(program), to: at }] };
}
