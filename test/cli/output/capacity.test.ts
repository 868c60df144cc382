import { capacityText } from '../../../cli/output/capacity';
import type { Capacity } from '../../../stacks/capacity';
import { GiB, pool } from '../../stacks/capacity/pools';

const CAPACITY: Capacity = {
  components: [
    { component: 'istio', pods: 9, requests: { cpu: 1700, memory: 4.75 * GiB, gpus: {} }, disk: 0 },
    { component: 'models', pods: 1, requests: { cpu: 250, memory: GiB / 4, gpus: { 'nvidia.com/gpu': 1 } }, disk: 100 * GiB },
  ],
  pools: [
    { pool: pool('system', { min: 3, max: 6 }), nodes: 3, pods: 9, requested: { cpu: 1700, memory: 4.75 * GiB, gpus: {} } },
    { pool: pool('gpu', { max: 2, gpus: 4 }), nodes: 1, pods: 1, requested: { cpu: 250, memory: GiB / 4, gpus: { 'nvidia.com/gpu': 1 } } },
    { pool: pool('cpu'), nodes: 0, pods: 0, requested: { cpu: 0, memory: 0, gpus: {} } },
  ],
  misfits: [],
};
const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('│')).map((line) => line.split('│').slice(1, -1).map((cell) => cell.trim()));

it('shows what each component asks for, and the total', () => {
  expect(rows(capacityText({ ...CAPACITY, pools: [] }))).toEqual([
    ['component', 'pods', 'CPU', 'memory', 'GPUs', 'disk'],
    ['istio', '9', '1.7', '4.75 Gi', '-', '-'],
    ['models', '1', '0.25', '256 Mi', 'nvidia.com/gpu: 1', '100 Gi'],
    ['total', '10', '1.95', '5 Gi', 'nvidia.com/gpu: 1', '100 Gi'],
  ]);
});

it('shows how many nodes are needed, and how full they are', () => {
  expect(rows(capacityText(CAPACITY)).slice(4)).toEqual([
    ['node pool', 'nodes', 'pods', 'CPU', 'memory', 'GPUs'],
    ['system', '3 of 3…6', '9 of 330 (3%)', '1.7 of 12 (14%)', '4.75 Gi of 48 Gi (10%)', '-'],
    ['gpu', '1 of 0…2', '1 of 110 (1%)', '0.25 of 4 (6%)', '256 Mi of 16 Gi (2%)', 'nvidia.com/gpu: 1 of 4 (25%)'],
    ['cpu', '0 of 0…10', '-', '-', '-', '-'],
  ]);
});

it('names what has no room', () => {
  const misfits = [{ component: 'models', owner: 'Deployment/ns/server', pods: 1, reason: 'asks for 9 CPU' }];
  expect(capacityText({ ...CAPACITY, misfits }).split('\n').slice(-2)).toEqual(['no room: models: Deployment/ns/server: asks for 9 CPU', '']);
});

it('is the same every time, without colours that a file would keep', () => {
  expect(capacityText(CAPACITY)).toBe(capacityText(CAPACITY));
  expect(capacityText(CAPACITY)).not.toContain('\u001b');
});
