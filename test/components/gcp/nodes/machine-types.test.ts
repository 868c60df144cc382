import { readMachineType } from '../../../../components/gcp';
import { allocatable } from '../../../../components/gcp/nodes/allocatable';
import { ACCELERATOR_TYPES } from '../../../../components/gcp/nodes/accelerator-types';

const GIB = 2 ** 30;
const read = (type: string) => readMachineType('machineType', type, 'cpu');

describe('readMachineType', () => {
  it.each([
    ['e2-standard-4', 4, 16],
    ['e2-medium', 2, 4],
    ['n1-standard-8', 8, 30],
    ['n1-highmem-2', 2, 13],
    ['n1-highcpu-16', 16, 14.4],
    ['n2-standard-48', 48, 192],
    ['n2-highmem-128', 128, 864],
    ['n2d-highcpu-224', 224, 224],
    ['n4-highmem-16', 16, 128],
    ['c2-standard-30', 30, 120],
    ['c3-highcpu-22', 22, 44],
    ['c3d-highcpu-360', 360, 708],
    ['c4-standard-2', 2, 7],
    ['c4-highmem-32', 32, 248],
    ['n2-custom-6-20480', 6, 20],
    ['custom-2-4096', 2, 4],
  ])('%s has %i vCPUs and %d GiB', (type, vcpus, memoryGib) => {
    expect(read(type)).toMatchObject({ vcpus, memoryGib });
  });

  it('knows the GPUs that types come with', () => {
    expect(read('g2-standard-48').gpus).toEqual({ type: 'nvidia-l4', count: 4 });
    expect(read('a3-ultragpu-8g')).toMatchObject({ gpus: { type: 'nvidia-h200-141gb', count: 8 }, hyperdiskOnly: true });
    const named = Object.entries(ACCELERATOR_TYPES).filter(([type]) => /-\d+g$/.test(type));
    expect(named.map(([type, [, , , count]]) => [type, `${count}g`])).toEqual(named.map(([type]) => [type, type.split('-').at(-1)]));
  });

  it.each([
    ['n2-standard-7', /cpu: machineType is 'n2-standard-7'; expected n2-standard, n2-highmem, n2-highcpu and one of 2, 4, 8,/],
    ['n2-highcpu-128', /n2-highcpu/],
    ['g2-standard-5', /g2-standard-4, g2-standard-8/],
    ['m5.xlarge', /a machine type such as 'n2-standard-8' or 'g2-standard-8', of e2, n1/],
    ['n2-custom-3-4096', /n2-standard/],
    ['n2-custom-4-4100', /n2-standard/],
  ])('refuses %s', (type, message) => {
    expect(() => read(type)).toThrow(message);
  });
});

describe('allocatable', () => {
  const of = (type: string, more = {}) => allocatable(read(type), 0, { diskGib: 100, maxPodsPerNode: 110, ...more });

  it('takes of the cores what GKE documents', () => {
    // 6 % of the first, 1 % of the second, 0.5 % of two more, 0.25 % of the rest.
    expect(of('e2-standard-4').cpu).toBe(3920);
    expect(of('n2-standard-8').cpu).toBe(7910);
    expect(of('e2-medium').cpu).toBe(940);
    expect(of('n2-standard-8', { maxPodsPerNode: 200 }).cpu).toBe(7510);
  });

  it('never promises more than the example node of the documentation has, and little less', () => {
    // e2-standard-4 with a disk of 100 GiB: memory 13498416Ki, ephemeral-storage 47060071478.
    const { memory, ephemeralStorage } = of('e2-standard-4');
    expect(memory).toBeLessThanOrEqual(13_498_416 * 1024);
    expect(memory).toBeGreaterThan(13_498_416 * 1024 * 0.98);
    expect(ephemeralStorage).toBeLessThanOrEqual(47_060_071_478);
    expect(ephemeralStorage).toBeGreaterThan(47_060_071_478 * 0.98);
  });

  it('takes of large machines a smaller share', () => {
    // 1 + 0.8 + 0.8 + 6.72 + 2 % of what is above 128 GiB, and 3 % that the kernel keeps.
    expect(of('a2-ultragpu-8g').memory / GIB).toBeCloseTo(1360 * 0.97 - 9.32 - 1232 * 0.02 - 100 / 1024, 3);
    expect(of('e2-standard-4', { diskGib: 1000 }).ephemeralStorage / GIB).toBeCloseTo(1000 * 0.942 * 0.9 - 100, 3);
  });
});
