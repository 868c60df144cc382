import { machineType } from '../../../../components/aws';
import { GPU_MACHINES } from '../../../../components/aws/nodes/gpu-machines';
import { MACHINE_FAMILIES } from '../../../../components/aws/nodes/machine-families';

describe('machine types', () => {
  // https://docs.aws.amazon.com/ec2/latest/instancetypes/
  test.each([
    ['m7i.xlarge', 'amd64', 4, 16, undefined, 0],
    ['m5.24xlarge', 'amd64', 96, 384, undefined, 0],
    ['c7g.large', 'arm64', 2, 4, undefined, 0],
    ['c7g.16xlarge', 'arm64', 64, 128, undefined, 1],
    ['r6in.32xlarge', 'amd64', 128, 1024, undefined, 2],
    ['t4g.large', 'arm64', 2, 8, undefined, 0],
    ['g4dn.12xlarge', 'amd64', 48, 192, '4 T4', 1],
    ['g5g.16xlarge', 'arm64', 64, 128, '2 T4g', 0],
    ['g6.2xlarge', 'amd64', 8, 32, '1 L4', 0],
    ['g6e.48xlarge', 'amd64', 192, 1536, '8 L40S', 4],
    ['p4d.24xlarge', 'amd64', 96, 1152, '8 A100', 4],
    ['p5.48xlarge', 'amd64', 192, 2048, '8 H100', 32],
    ['p5en.48xlarge', 'amd64', 192, 2048, '8 H200', 16],
    ['p6-b200.48xlarge', 'amd64', 192, 2048, '8 B200', 8],
  ])('%s is %s with %i vCPUs, %i GiB, GPUs %s and %i EFA interfaces', (name, architecture, vcpus, memoryGib, gpus, efaInterfaces) => {
    const machine = machineType(name, 'instanceTypes', 'nodes');
    expect(machine).toMatchObject({ name, architecture, vcpus, memoryGib, efaInterfaces });
    expect(machine.gpus && `${machine.gpus.count} ${machine.gpus.model}`).toBe(gpus);
  });

  test.each([
    ['m7.xlarge', "instanceTypes is 'm7.xlarge'; expected a family of machines that nodes can be of; the nearest: m7a, m7g"],
    ['gg6e.xlarge', 'the nearest: g6e'],
    ['g6.3xlarge', "a size of family 'g6': xlarge, 2xlarge, 4xlarge, 8xlarge, 12xlarge, 16xlarge, 24xlarge, 48xlarge"],
    ['m7i.metal-24xl', "a size of family 'm7i': large, xlarge"],
    ['t3.micro', "a size of family 't3': large, xlarge, 2xlarge"],
    ['n1-standard-4', "an instance type such as 'm7i.xlarge'"],
    ['trn1.32xlarge', 'AWS Neuron accelerators are none of the platform'],
    ['g4ad.xlarge', 'GPUs of AMD are none of the platform'],
    ['g6f.large', 'fractions of a GPU'],
    ['constructor.large', 'a family of machines'],
  ])('%s is refused, with what would be right', (name, message) => {
    expect(() => machineType(name, 'instanceTypes', 'nodes')).toThrow(message);
  });

  test('each is named once', () => {
    const names = [...MACHINE_FAMILIES.flatMap(({ families }) => families), ...Object.keys(GPU_MACHINES)];
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const { memoryPerVcpu } of MACHINE_FAMILIES) expect(memoryPerVcpu).toBeGreaterThan(0);
  });
});
