import { GPU_MACHINES } from '../../../components/aws/nodes/gpu-machines';
import { MACHINE_FAMILIES } from '../../../components/aws/nodes/machine-families';
import { machineType } from '../../../components/aws';
import { aws } from '../botocore';

const OURS = [
  ...MACHINE_FAMILIES.flatMap(({ families, sizes }) => families.flatMap((family) => sizes.map((size) => `${family}.${size}`))),
  ...Object.entries(GPU_MACHINES).flatMap(([family, { sizes }]) => Object.keys(sizes).map((size) => `${family}.${size}`)),
];

/** Sizes that are left out on purpose: too few addresses for pods, or bare metal. */
const LEFT_OUT = /\.(nano|micro|small|medium|metal.*)$/;

describe('instance types that nodes can be of', () => {
  const known = aws('ec2', 'InstanceType').values ?? [];
  const families = new Set(OURS.map((type) => type.split('.')[0]));

  it('are types of EC2', () => {
    expect(known.length).toBeGreaterThan(500);
    expect(OURS.filter((type) => !known.includes(type))).toEqual([]);
  });

  it('are all of their families', () => {
    expect(known.filter((type) => families.has(type.split('.')[0] ?? '') && !LEFT_OUT.test(type) && !OURS.includes(type))).toEqual([]);
  });

  it('are what the check takes, each of them', () => {
    expect(OURS.map((type) => machineType(type, 'instanceTypes', 'nodes').name)).toEqual(OURS);
  });
});
