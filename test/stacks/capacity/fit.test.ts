import { fit } from '../../../stacks/capacity/fit';
import { GiB, pods, pool } from './pools';

const GPU_TAINT = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' } as const;

const nodesOf = (result: ReturnType<typeof fit>) => Object.fromEntries(result.pools.map(({ pool: { name }, nodes }) => [name, nodes]));
const podsOf = (result: ReturnType<typeof fit>) => Object.fromEntries(result.pools.map(({ pool: { name }, pods: count }) => [name, count]));

describe('nodes', () => {
  it('are as many as a pool has at least', () => {
    expect(fit([pods('a', 1)], [pool('system', { min: 3 })]).pools).toMatchObject([{ nodes: 3, pods: 1, requested: { cpu: 1000, memory: GiB } }]);
  });

  it('are added as pods need them, up to the most', () => {
    expect(nodesOf(fit([pods('a', 9)], [pool('system', { min: 1, max: 3 })]))).toEqual({ system: 3 });
  });

  it('have room for what is left, not more: processors, memory, number of pods', () => {
    expect(fit([pods('a', 13)], [pool('system', { max: 3 })]).misfits).toMatchObject([{ owner: 'a', pods: 1 }]);
    expect(fit([pods('a', 9, { cpu: 0.1, memory: 8 })], [pool('system', { max: 4 })]).misfits).toMatchObject([{ pods: 1 }]);
    expect(fit([pods('a', 9, { cpu: 0.1 })], [pool('system', { max: 4, podsEach: 2 })]).misfits).toMatchObject([{ pods: 1 }]);
  });

  it('of a further pool are taken when those of the first are full', () => {
    expect(podsOf(fit([pods('a', 12)], [pool('system', { max: 2 }), pool('cpu', { max: 1 })]))).toEqual({ system: 8, cpu: 4 });
  });

  it('big pods come before small ones, so that these fill the gaps', () => {
    expect(fit([pods('small', 2, { cpu: 1 }), pods('big', 2, { cpu: 3 })], [pool('system', { max: 2 })]).misfits).toEqual([]);
  });

  it('that only some pods may use are left to no other first', () => {
    const tolerations = [{ key: 'CriticalAddonsOnly', operator: 'Exists' }];
    const reserved = pool('reserved', { max: 1, taints: [{ key: 'CriticalAddonsOnly', effect: 'NoSchedule' }] });
    expect(podsOf(fit([pods('anywhere', 4, { cpu: 1, memory: 2, tolerations }), pods('plain', 4)], [pool('open', { max: 1 }), reserved]))).toEqual({ open: 4, reserved: 4 });
  });
});

describe('a DaemonSet', () => {
  it('has a pod on each node, also on those that are added for others', () => {
    const result = fit([pods('agent', 'each-node', { cpu: 1 }), pods('a', 6)], [pool('system')]);
    expect(result).toMatchObject({ pools: [{ nodes: 2, pods: 8, requested: { cpu: 8000 } }], misfits: [] });
  });

  it('has none where it may not run', () => {
    const gpu = pool('gpu', { min: 1, taints: [GPU_TAINT] });
    expect(podsOf(fit([pods('agent', 'each-node')], [pool('system', { min: 2 }), gpu]))).toEqual({ system: 2, gpu: 0 });
    expect(podsOf(fit([pods('agent', 'each-node', { tolerations: [{ operator: 'Exists' }] })], [gpu]))).toEqual({ gpu: 1 });
    expect(podsOf(fit([pods('agent', 'each-node', { nodeSelector: { pool: 'gpu' } })], [pool('system', { min: 2 })]))).toEqual({ system: 0 });
  });

  it('that finds no room beside the others is named, with what is left for it', () => {
    const { misfits, pools } = fit([pods('first', 'each-node', { cpu: 3 }), pods('second', 'each-node', { cpu: 2 })], [pool('small', { min: 2 })]);
    expect(misfits).toEqual([{ component: 'some', owner: 'second', pods: 2, reason: 'asks for 2 CPU, 1 Gi on each node; one of small has 1 CPU, 15 Gi left for it' }]);
    expect(pools[0]?.requested.cpu).toBe(6000);
  });

  it('may be too big for nodes that there are never any of', () => {
    expect(fit([pods('agent', 'each-node', { cpu: 9 })], [pool('none', { max: 0 })]).misfits).toEqual([]);
  });
});

describe('nodes with GPUs', () => {
  const gpu = pool('gpu', { cpu: 8, gpus: 2, max: 2 });

  it('are for pods that ask for some', () => {
    const result = fit([pods('plain', 4), pods('train', 1, { gpus: 2 })], [gpu, pool('cpu')]);
    expect(podsOf(result)).toEqual({ gpu: 1, cpu: 4 });
    expect(result.pools[0]?.requested.gpus).toEqual({ 'nvidia.com/gpu': 2 });
  });

  it('take others when there is no other room, if they are not tainted', () => {
    expect(podsOf(fit([pods('plain', 6)], [gpu, pool('cpu', { max: 1 })]))).toEqual({ gpu: 2, cpu: 4 });
    expect(fit([pods('plain', 6)], [{ ...gpu, taints: [GPU_TAINT] }, pool('cpu', { max: 1 })]).misfits).toMatchObject([{ pods: 2 }]);
  });

  it('run out of them', () => {
    expect(fit([pods('train', 5, { gpus: 1 })], [gpu]).misfits).toEqual([{ component: 'some', owner: 'train', pods: 1, reason: '1 of 5 pods with 1 CPU, 1 Gi, 1 nvidia.com/gpu each find no room on 2 nodes of gpu' }]);
  });
});

describe('labels and taints', () => {
  const taint = (effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute', value?: string) => ({ key: 'dedicated', effect, ...(value !== undefined && { value }) });
  const fits = (pod: Parameters<typeof pods>[2], given: Parameters<typeof pool>[1]) => fit([pods('a', 1, pod)], [pool('p', given)]).misfits.length === 0;

  it.each([
    [{ pool: 'gpu' }, { pool: 'gpu', other: 'x' }, true],
    [{ pool: 'gpu' }, { pool: 'cpu' }, false],
    [{ pool: 'gpu' }, {}, false],
    // Kubernetes labels every node with these; a pool may state them.
    [{ 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' }, {}, true],
    [{ 'kubernetes.io/arch': 'amd64' }, { 'kubernetes.io/arch': 'arm64' }, false],
  ])('a pod that selects %j, on nodes with %j: %j', (nodeSelector, labels, fit) => {
    expect(fits({ nodeSelector }, { labels })).toBe(fit);
  });

  it.each([
    [[], taint('PreferNoSchedule'), true],
    [[], taint('NoSchedule'), false],
    [[], taint('NoExecute'), false],
    [[{ operator: 'Exists' }], taint('NoExecute'), true],
    [[{ key: 'dedicated', operator: 'Exists' }], taint('NoSchedule', 'x'), true],
    [[{ key: 'dedicated', value: 'x' }], taint('NoSchedule', 'x'), true],
    [[{ key: 'dedicated', value: 'y' }], taint('NoSchedule', 'x'), false],
    [[{ key: 'dedicated' }], taint('NoSchedule'), true],
    [[{ key: 'other', operator: 'Exists' }], taint('NoSchedule'), false],
    [[{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }], taint('NoExecute'), false],
    [[{ key: 'dedicated', operator: 'Exists', effect: '' }], taint('NoExecute'), true],
    [[{ operator: 'Equal', value: 'x' }], taint('NoSchedule', 'x'), false],
  ])('a pod that tolerates %j, on nodes with %j: %j', (tolerations, given, fit) => {
    expect(fits({ tolerations }, { taints: [given] })).toBe(fit);
  });
});

describe('what is said of pods without room', () => {
  it.each([
    ['is too big for any node', [pods('a', 1, { cpu: 6, memory: 0.5 })], [pool('system', { cpu: 3.92 }), pool('cpu', { cpu: 5, memory: 1.25 })], 'asks for 6 CPU, 512 Mi; an empty node of system has 3.92 CPU, 16 Gi, of cpu has 5 CPU, 1.25 Gi'],
    ['is too big beside what runs on each node', [pods('agent', 'each-node', { cpu: 1 }), pods('a', 1, { cpu: 4 })], [pool('system')], 'asks for 4 CPU, 1 Gi; an empty node of system has 3 CPU, 15 Gi'],
    ['may run nowhere', [pods('a', 1, { nodeSelector: { pool: 'gpu' } })], [pool('system')], 'no node pool has the labels it selects, and only taints it tolerates'],
    ['are too many', [pods('a', 9)], [pool('system', { max: 1 }), pool('cpu', { max: 1 })], '1 of 9 pods with 1 CPU, 1 Gi each find no room on 1 nodes of system and 1 nodes of cpu'],
  ])('%s', (_, demand, pools, reason) => {
    expect(fit(demand, pools).misfits.map((misfit) => misfit.reason)).toEqual([reason]);
  });

  it('takes no node for them', () => {
    expect(nodesOf(fit([pods('a', 3, { cpu: 6 })], [pool('system')]))).toEqual({ system: 0 });
  });
});
