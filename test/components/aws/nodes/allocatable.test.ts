import { machineType } from '../../../../components/aws';
import { allocatable, kubeReserved, leastOf, maxPods } from '../../../../components/aws/nodes/allocatable';

const MI = 1024 ** 2;
const machine = (name: string) => machineType(name, 'instanceTypes', 'nodes');

describe('what pods get of a node', () => {
  // Amounts that Karpenter's instance types page gives, worked out by its own program: https://karpenter.sh/docs/reference/instance-types/
  test.each([
    ['m5.xlarge', 58, 3920, 14162],
    ['p5.48xlarge', 100, 191450, 1938410],
  ])('%s with %i pods has %i millicores and %i MiB', (name, pods, cpu, memoryMib) => {
    const found = allocatable(machine(name), 100, pods, kubeReserved(machine(name), pods));
    expect(found.cpu).toBe(cpu);
    expect(Math.floor(found.memory / MI)).toBe(memoryMib);
  });

  test('is as many pods as EKS allows', () => {
    expect(maxPods(machine('m7i.4xlarge'))).toBe(110);
    expect(maxPods(machine('m7i.8xlarge'))).toBe(250);
  });

  test('is less of the disk than there is', () => {
    const { ephemeralStorage } = allocatable(machine('m7i.xlarge'), 100, 110, kubeReserved(machine('m7i.xlarge'), 110));
    expect(ephemeralStorage).toBe(89 * 1024 ** 3);
  });

  test('in a group of several types is the least of each', () => {
    const both = ['g6.2xlarge', 'g6.12xlarge'].map((name) => allocatable(machine(name), 200, 110, kubeReserved(machine(name), 110)));
    expect(leastOf(both)).toEqual({ ...both[0], gpus: { 'nvidia.com/gpu': 1 } });
  });
});
