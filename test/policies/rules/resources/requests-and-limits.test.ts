import { DEFAULT_PARAMETERS, evaluate, type KubernetesObject, type PolicyParameters } from '../../../../policies';
import { RESOURCES } from '../../../../policies/rules/resources';
import { BARE_CONTAINER, deployment, withContainer } from '../../objects';
import { inPreview, UNKNOWN } from '../pods/verdicts';

const POD = 'spec.template.spec';
const MAIN = `${POD}.containers[0]`;
const check = (object: KubernetesObject, parameters: Partial<PolicyParameters> = {}): string[] =>
  evaluate([object], { policies: RESOURCES, parameters: { ...DEFAULT_PARAMETERS, ...parameters } }).findings.map(({ controls, path, message }) => `${controls.join()} ${path} | ${message}`);
const ids = (object: KubernetesObject, parameters: Partial<PolicyParameters> = {}) => check(object, parameters).map((each) => each.replace(/ .*/, '').replace('resource-limits:', ''));
const resources = (requests: unknown, limits: unknown, pod: object = {}) => withContainer({ resources: { requests, limits } }, { ...pod });

it('asks every container for requests and limits of CPU and memory', () => {
  expect(check(deployment({ containers: [BARE_CONTAINER] }))).toEqual([
    `resource-limits:cpu-requests ${MAIN}.resources.requests.cpu | container 'main' has no CPU request`,
    `resource-limits:cpu-limits ${MAIN}.resources.limits.cpu | container 'main' has no CPU limit`,
    `resource-limits:memory-requests ${MAIN}.resources.requests.memory | container 'main' has no memory request`,
    `resource-limits:memory-limits ${MAIN}.resources.limits.memory | container 'main' has no memory limit`,
  ]);
});

const FULL = { cpu: '1', memory: '1Gi' };
const ALL = ['cpu-requests', 'cpu-limits', 'memory-requests', 'memory-limits'];

it.each<[string, KubernetesObject, string[]]>([
  ['requests and limits', resources(FULL, FULL), []],
  ['limits alone: the API server takes them for the requests, which nobody chose', resources(undefined, FULL), ['cpu-requests', 'memory-requests']],
  ['requests alone', resources(FULL, null), ['cpu-limits', 'memory-limits']],
  ['limits of something else', resources(undefined, { 'nvidia.com/gpu': 1 }), ALL],
  ['nothing: null', resources(null, null), ALL],
  ['numbers', resources({ cpu: 1, memory: 1e9 }, { cpu: 0.5, memory: 2e9 }), ['cpu-limits']],
  ['zero', resources({ cpu: 0, memory: '0' }, FULL), ['cpu-requests', 'memory-requests']],
  ['what is no quantity', resources({ cpu: 'much', memory: '1GB' }, FULL), ['cpu-requests', 'memory-requests']],
  ['wrong types', resources(['cpu'], 'all'), ALL],
  ['a list where amounts belong', resources([{ cpu: 1, memory: '1Gi' }], FULL), ['cpu-requests', 'memory-requests']],
  ['an amount where the mapping of amounts belongs', resources(FULL, '1'), ['cpu-limits', 'memory-limits']],
  ['an amount where all resources belong', withContainer({ resources: '100m' }), ALL],
  ['a number where all resources belong', withContainer({ resources: 5 }), ALL],
  ['a memory size in a notation that is not Kubernetes\'', resources({ cpu: 1, memory: '1gb' }, FULL), ['memory-requests']],
  ['the pod as a whole', resources(undefined, undefined, { resources: { requests: FULL, limits: FULL } }), []],
  ['the pod, in part', resources({ cpu: '1' }, undefined, { resources: { limits: { memory: '1Gi' } } }), ['cpu-limits', 'memory-requests']],
])('of %s', (_what, object, expected) => {
  expect(ids(object)).toEqual(expected);
});

it('only advises to state a request where the limit is taken for one', () => {
  const { findings } = evaluate([resources(undefined, FULL)], { policies: RESOURCES });
  expect(findings.map(({ enforcement, message }) => `${enforcement}: ${message}`)).toEqual([
    "advisory: container 'main' states no CPU request, so that its limit is taken for one",
    "advisory: container 'main' states no memory request, so that its limit is taken for one",
  ]);
});

it('tells what stands in the place of the amounts, and replaces it', () => {
  const { findings } = evaluate([withContainer({ resources: { requests: FULL, limits: '1' } })], { policies: RESOURCES });
  expect(findings).toMatchObject([
    {
      path: `${MAIN}.resources.limits`,
      found: '1',
      message: "container 'main' has no CPU limit: resources.limits is not a mapping",
      patch: { spec: { template: { spec: { containers: [{ name: 'main', resources: { limits: { cpu: '1' } } }] } } } },
    },
    { message: "container 'main' has no memory limit: resources.limits is not a mapping" },
  ]);
});

describe('what a patch sets', () => {
  const patched = (object: KubernetesObject, parameters: Partial<PolicyParameters> = {}) =>
    evaluate([object], { policies: RESOURCES, parameters: { ...DEFAULT_PARAMETERS, ...parameters } }).findings.flatMap(({ policy, patch }) =>
      patch ? [`${policy} ${/"(?:cpu|memory|coreLimit)":"?([^"}]*)/.exec(JSON.stringify(patch))?.[1]}`] : [],
    );
  const [CPU, MEMORY] = [{ cpu: '1' }, { memory: '1Gi' }];

  it.each<[string, unknown, unknown, string[]]>([
    ['a limit not below the request', { ...CPU, memory: '500Mi' }, CPU, ['memory-limits 500Mi']],
    ['a limit above the request', { ...CPU, memory: '64Mi' }, CPU, ['memory-limits 256Mi']],
    ['a limit not below a request that is a number', { cpu: 2, memory: '1Gi' }, MEMORY, ['cpu-limits 2']],
    ['a request not above the limit', CPU, { ...CPU, memory: '32Mi' }, ['memory-requests 32Mi']],
    ['a request below the limit', CPU, { ...CPU, memory: '1Gi' }, ['memory-requests 128Mi']],
    ['a limit that was of the wrong type', { ...CPU, memory: '500Mi' }, { ...CPU, memory: 'all' }, ['memory-limits 500Mi']],
    ['beside nothing that counts', { ...CPU, memory: 'much' }, { ...CPU, memory: '0' }, ['memory-requests 128Mi', 'memory-limits 256Mi']],
    ['beside wrong types', '5', { ...CPU, memory: '32Mi' }, ['cpu-requests 100m', 'memory-requests 32Mi']],
  ])('is %s', (_what, requests, limits, expected) => {
    expect(patched(resources(requests, limits))).toEqual(expected);
  });

  it('keeps to the proportion that is asked for', () => {
    const parameters = { maxLimitRequestRatio: { cpu: 4, memory: 4 } };
    expect(patched(resources({ cpu: '10m', memory: '1Gi' }, MEMORY), parameters)).toEqual(['cpu-limits 10m']);
    expect(patched(resources({ cpu: '10m' }, { cpu: '10m', memory: '1Gi' }), parameters)).toEqual(['memory-requests 1Gi']);
    expect(patched(resources(MEMORY, MEMORY), parameters)).toEqual(['cpu-requests 100m', 'cpu-limits 100m']);
  });

  it('does not ask for more than the pod as a whole may have', () => {
    const pod = resources(CPU, undefined, { resources: { limits: { cpu: '1', memory: '32Mi' } } });
    expect(patched(pod)).toEqual(['memory-requests 32Mi']);
  });

  it('is nothing where the pod as a whole states what is wrong, or the kind writes amounts otherwise', () => {
    expect(patched(resources(CPU, CPU, { resources: { requests: MEMORY, limits: { memory: 'all' } } }))).toEqual([]);
    const spark = { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', metadata: { name: 'x' }, spec: { driver: {} } };
    expect(evaluate([spark], { policies: RESOURCES }).findings.map(({ policy, patch }) => [policy, patch])).toEqual(ALL.map((id) => [id, undefined]));
  });
});

it('offers no patch beside an amount that a preview does not know', () => {
  const { findings, undecided } = inPreview('memory-limits', resources({ memory: UNKNOWN }, {}));
  expect({ findings, undecided }).toEqual({ findings: [`main ${MAIN}.resources.limits.memory`], undecided: [] });
});

it('takes the notation of Java for memory where Spark has it, and nowhere else', () => {
  const spark = { apiVersion: 'sparkoperator.k8s.io/v1beta2', kind: 'SparkApplication', metadata: { name: 'x' }, spec: { driver: { cores: 1, coreLimit: '1', memory: '1gb' } } };
  expect(ids(spark)).toEqual([]);
  const task = (memory: string) => ({ apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: 'x' }, spec: { steps: [{ name: 'a', image: 'x', computeResources: { requests: FULL, limits: { cpu: '1', memory } } }] } });
  expect(ids(task('1gb'))).toEqual(['memory-limits']);
  expect(ids(task('1Gi'))).toEqual([]);
});

it('asks init containers and sidecars, but not ephemeral ones, which cannot have any', () => {
  const extra = { name: 'extra', image: 'x' };
  const pod = (list: string, container: object) => withContainer({}, { [list]: [container] });
  expect(ids(pod('initContainers', extra))).toEqual(ALL);
  expect(ids(pod('initContainers', { ...extra, restartPolicy: 'Always' }))).toEqual(ALL);
  expect(ids(pod('ephemeralContainers', extra))).toEqual([]);
});

it('does not ask for what is not required', () => {
  const bare = deployment({ containers: [BARE_CONTAINER] });
  expect(ids(bare, { requiredLimits: ['memory'] })).toEqual(['cpu-requests', 'memory-requests', 'memory-limits']);
  expect(ids(bare, { requiredLimits: [], requiredRequests: ['cpu'] })).toEqual(['cpu-requests']);
});

it('is undecided where a custom resource completes a container kept elsewhere', () => {
  const isvc = { apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'x' }, spec: { predictor: { model: { resources: { limits: { cpu: '1' } } } } } };
  const { findings, coverage } = evaluate([isvc], { policies: RESOURCES });
  expect(findings).toEqual([]);
  expect(coverage.undecided.map(({ policy }) => policy)).toEqual(['cpu-requests', 'memory-requests', 'memory-limits']);
});

describe('limit-request-ratio', () => {
  const ratio = (object: KubernetesObject, maxLimitRequestRatio: PolicyParameters['maxLimitRequestRatio'] = {}) =>
    evaluate([object], { policies: RESOURCES.filter(({ id }) => id === 'limit-request-ratio'), parameters: { ...DEFAULT_PARAMETERS, maxLimitRequestRatio } }).findings;

  it('refuses a limit below its request', () => {
    expect(ratio(resources({ memory: '129M' }, { memory: '123Mi' }))).toMatchObject([
      {
        controls: ['resource-limits:memory-limits'],
        path: `${MAIN}.resources.limits.memory`,
        found: '123Mi',
        message: "container 'main' has a memory limit (123Mi) below its request (129M)",
        patch: { spec: { template: { spec: { containers: [{ name: 'main', resources: { limits: { memory: '129M' } } }] } } } },
      },
    ]);
    expect(ratio(resources({ cpu: '100m' }, { cpu: 0.1 }))).toEqual([]);
  });

  it('compares no amounts that stand in the place of others', () => {
    expect(ratio(resources({ cpu: '2' }, '1'))).toEqual([]);
    expect(ratio(resources('128Mi', { cpu: '500m' }))).toEqual([]);
  });

  it('asks for no proportion unless one is set', () => {
    const wide = resources({ cpu: '10m', memory: '1Mi' }, { cpu: '64', memory: '1Ti' });
    expect(ratio(wide)).toEqual([]);
    expect(ratio(wide, { cpu: 10 })).toMatchObject([{ controls: ['resource-limits:cpu-limits'], message: "container 'main' has a CPU limit (64) more than 10 times its request (10m)" }]);
  });

  it.each<[object | undefined, object | undefined, number, number]>([
    [{ cpu: '100m' }, { cpu: '150m' }, 1.5, 0],
    [{ cpu: '100m' }, { cpu: '151m' }, 1.5, 1],
    [{ cpu: '0.1' }, { cpu: '0.3' }, 3, 0],
    [undefined, { cpu: '8' }, 1, 0],
    [{ cpu: '1' }, undefined, 1, 0],
    [{ cpu: '0' }, { cpu: '1' }, 1, 0],
    [{ cpu: 'x' }, { cpu: '1' }, 1, 0],
  ])('requests %j, limits %j, at most %d times: %d findings', (requests, limits, cpu, expected) => {
    expect(ratio(resources(requests, limits), { cpu })).toHaveLength(expected);
  });

  it('compares what the pod as a whole states', () => {
    const pod = withContainer({ resources: {} }, { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } });
    expect(ratio(pod)).toMatchObject([{ path: `${POD}.resources.limits.cpu`, message: 'the pod has a CPU limit (1) below its request (2)' }]);
  });
});
