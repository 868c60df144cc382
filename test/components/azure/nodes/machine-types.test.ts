import { GPU_SIZES, machineType, nodeCapacity, poolCapacity, type NodePool } from '../../../../components/azure';

test.each([
  ['Standard_D8ds_v5', 8, 32],
  ['Standard_D8lds_v5', 8, 16],
  ['Standard_D16as_v4', 16, 64],
  ['Standard_D128s_v6', 128, 512],
  ['Standard_E8s_v3', 8, 64],
  ['Standard_E64s_v3', 64, 432],
  ['Standard_E96as_v5', 96, 672],
  ['Standard_E16-4ds_v5', 4, 128],
  ['Standard_F16s_v2', 16, 32],
  ['Standard_F16as_v6', 16, 64],
  ['Standard_F16ams_v6', 16, 128],
  ['Standard_F16als_v6', 16, 32],
  ['Standard_L8s_v3', 8, 64],
])('%s has %d vCPUs and %d GiB', (size, vCpus, memoryGiB) => {
  expect(machineType(size, 'nodes')).toEqual({ vCpus, memoryGiB, gpus: {} });
});

test('GPUs are of the vendor whose device plugin counts them', () => {
  expect(machineType('Standard_ND96isr_H100_v5', 'nodes').gpus).toEqual({ 'nvidia.com/gpu': 8 });
  expect(machineType('Standard_ND96isr_MI300X_v5', 'nodes').gpus).toEqual({ 'amd.com/gpu': 8 });
});

test.each([
  ['Standard_NC6s_v3', `a size with GPUs that is known here: ${Object.keys(GPU_SIZES)[0]}`],
  ['Standard_D8ps_v5', 'x86'],
  ['Standard_D8s_v2', 'families D and E (v3 to v6)'],
  ['standard_d8ds_v5', "as Azure writes them, e.g. 'Standard_D8ds_v5'"],
  ['m5.large', 'families D and E'],
  ['Standard_B2ms', 'families D and E'],
])('%s is refused, with what would be right', (size, problem) => {
  expect(() => machineType(size, 'nodes')).toThrow(problem);
});

const node = (vmSize: string, maxPods: number): NodePool => ({ kind: 'cpu', name: 'cpu', vmSize, max: 3, maxPods });
const KIB = 1024;

// What nodes with these cores and this memory state on AKS 1.29 and later, as their owners have published it.
test.each([
  ['Standard_D2ds_v5', 110, { cpu: 1900, memoryKiB: 5930384, pods: 110 }],
  ['Standard_E4s_v3', 250, { cpu: 3860, memoryKiB: 27591416, pods: 250 }],
])('%s with %d pods has what such nodes are known to have, and rather less', (vmSize, maxPods, published) => {
  const has = nodeCapacity(node(vmSize, maxPods), 'nodes');
  expect(has.cpu).toBe(published.cpu);
  expect(has.pods).toBe(published.pods);
  expect(has.memory).toBeLessThanOrEqual(published.memoryKiB * KIB);
  expect(has.memory).toBeGreaterThan(published.memoryKiB * KIB * 0.94);
  expect(has.ephemeralStorage).toBeLessThanOrEqual(119703055367);
  expect(has.ephemeralStorage).toBeGreaterThan(119703055367 * 0.99);
});

test.each([
  [24, 340],
  [96, 1060],
  [1, 60],
])('AKS keeps a part of %d cores: %d thousandths, on a straight line through its table', (vCpus, reserved) => {
  const size = { 24: 'Standard_NC24ads_A100_v4', 96: 'Standard_E96ds_v5', 1: 'Standard_E2-1ds_v5' }[vCpus] ?? '';
  expect(nodeCapacity(node(size, 110), 'nodes').cpu).toBe(vCpus * 1000 - reserved);
});

test('a pool is measured with labels and taints of its kind', () => {
  const pool: NodePool = { kind: 'gpu', name: 'h100', vmSize: 'Standard_NC40ads_H100_v5', max: 2, spot: true, labels: { team: 'vision' } };
  expect(poolCapacity(pool, 'nodes')).toMatchObject({
    name: 'h100',
    min: 0,
    max: 2,
    labels: { team: 'vision', 'kubernetes.azure.com/scalesetpriority': 'spot', 'kubernetes.azure.com/agentpool': 'h100', 'kubernetes.azure.com/mode': 'user' },
    taints: [
      { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
      { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' },
    ],
    allocatable: { gpus: { 'nvidia.com/gpu': 1 } },
  });
});
