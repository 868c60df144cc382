import { checkDnsLabel, InvalidInputError } from '../../core';
import type { Step } from '../../trainer';
import type { RuntimePatch } from './patches';
import type { TrainJobProps } from './props';

const MAX_LABEL = 63;
const MAX_URI = 2048;
const MAX_INT32 = 2 ** 31 - 1;
const MAX_PATCHES = 16;
/** What Kubernetes appends to the name of a pod that a Job makes. */
const RANDOM_SUFFIX = 6;

/** Set by Trainer for each process; a job that set them would be refused. */
const RESERVED_ENV: Readonly<Record<string, readonly string[]>> = {
  torch: ['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'],
  torchtune: ['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'],
  xgboost: ['DMLC_TRACKER_URI', 'DMLC_TRACKER_PORT', 'DMLC_TASK_ID', 'DMLC_NUM_WORKER'],
};

const DOMAIN_PREFIXED_PATH = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const SET_DIRECTLY: ReadonlySet<string> = new Set(['node', 'dataset-initializer', 'model-initializer']);

/** What the API server and the admission webhook would refuse, and what they accept but no pod ever comes of. */
export function checkTrainJob(name: string, namespace: string, props: TrainJobProps, where: string): void {
  const { runtime, nodes } = props;
  checkDnsLabel('namespace', namespace, where);
  checkDnsLabel('name', name, where, longestName(props));
  if (!/^[a-z]/.test(name)) fail('name', name, 'a name that starts with a letter', where);
  if (runtime.namespace !== undefined && runtime.namespace !== namespace) {
    fail('namespace', namespace, `'${runtime.namespace}', where TrainingRuntime '${runtime.name}' is`, where);
  }
  for (const property of ['nodes', 'processesPerNode', 'activeDeadlineSeconds'] as const) {
    const value = props[property];
    if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > MAX_INT32)) fail(property, value, 'a whole number, at least 1', where);
  }
  if (runtime.framework === 'torchtune' && (nodes ?? 1) > 1 && (!props.command || (props.command[0] === 'tune' && props.command[1] === 'run'))) {
    fail('nodes', nodes, `1: the recipe of '${runtime.name}' runs on one node`, where);
  }
  const reserved = RESERVED_ENV[runtime.framework ?? ''] ?? [];
  for (const variable of Object.keys(props.env ?? {})) {
    if (reserved.includes(variable)) fail(`env.${variable}`, props.env?.[variable], 'nothing: Trainer sets it for each process', where);
  }
  checkInitializer('dataset', 'dataset-initializer', props, where);
  checkInitializer('model', 'model-initializer', props, where);
}

/** Patches against the runtime's jobs and containers, where those are known. */
export function checkPatches(patches: readonly RuntimePatch[], props: TrainJobProps, where: string): void {
  const managers = patches.map((patch) => patch.manager);
  if (patches.length > MAX_PATCHES) fail('runtimePatches', patches.length, `at most ${MAX_PATCHES} patches`, where);
  for (const [index, { manager, jobs = {} }] of patches.entries()) {
    const property = `runtimePatches[${manager}]`;
    if (!DOMAIN_PREFIXED_PATH.test(manager)) fail('runtimePatches.manager', manager, "a domain, a slash and a path, e.g. 'example.com/storage'", where);
    if (managers.indexOf(manager) !== index) fail('runtimePatches.manager', manager, 'one patch a manager', where);
    for (const [name, { pod }] of Object.entries(jobs)) {
      const job = props.runtime.jobs?.find((each) => each.name === name);
      if (props.runtime.jobs && !job) {
        fail(`${property}.jobs`, name, `a job of '${props.runtime.name}': ${props.runtime.jobs.map((each) => each.name).join(', ')}`, where);
      }
      for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
        if (job && !job.containers.includes(container.name)) fail(`${property}.jobs.${name}`, container.name, `a container of it: ${job.containers.join(', ')}`, where);
        if (container.env && SET_DIRECTLY.has(container.name)) {
          fail(`${property}.jobs.${name}.${container.name}.env`, Object.keys(container.env), "nothing: use the job's own 'env', 'dataset.env' or 'model.env'", where);
        }
      }
    }
  }
}

function checkInitializer(property: 'dataset' | 'model', step: Step, props: TrainJobProps, where: string): void {
  const asked = props[property];
  if (!asked) return;
  const { runtime } = props;
  if (runtime.jobs && !runtime.jobs.some((job) => job.name === step)) {
    fail(property, asked, `nothing: '${runtime.name}' has no job '${step}'`, where);
  }
  if (asked.storageUri !== undefined && (!/^[a-z][a-z0-9+.-]*:\/\/./.test(asked.storageUri) || asked.storageUri.length > MAX_URI)) {
    fail(`${property}.storageUri`, asked.storageUri, `a URI such as 'hf://organisation/name', at most ${MAX_URI} characters`, where);
  }
}

/**
 * A pod is called after its TrainJob, the runtime's job, two numbers and a random suffix. Too long a name is accepted by the API
 * server, and then the JobSet is refused again and again with nothing to see but an event.
 */
function longestName(props: TrainJobProps): number {
  const jobs = props.runtime.jobs ?? [{ name: 'node', containers: ['node'] }];
  const lengths = jobs.map((job) => {
    const lastPod = job.step === 'dataset-initializer' || job.step === 'model-initializer' ? 0 : (props.nodes ?? 1) - 1;
    return MAX_LABEL - `-${job.name}-0-${lastPod}`.length - RANDOM_SUFFIX;
  });
  return Math.min(MAX_LABEL, ...lengths);
}

function fail(property: string, value: unknown, expected: string, where: string): never {
  throw new InvalidInputError({ property, value, expected, where });
}
