/** What the machines of some families have in common. */
export interface MachineFamilies {
  readonly families: readonly string[];
  readonly architecture: 'amd64' | 'arm64';
  /** GiB of memory for each vCPU. */
  readonly memoryPerVcpu: number;
  /** Sizes: `large` has 2 vCPUs, `xlarge` 4, and `<n>xlarge` 4 n. */
  readonly sizes: readonly string[];
  /** EFA interfaces, by size. @default none has any */
  readonly efa?: Readonly<Record<string, number>>;
}

function upTo(...largest: readonly number[]): readonly string[] {
  return ['large', 'xlarge', '2xlarge', '4xlarge', ...largest.map((count) => `${count}xlarge`)];
}

const TO_16 = upTo(8, 12, 16);
const TO_24 = upTo(8, 12, 16, 24);
const TO_32 = upTo(8, 12, 16, 24, 32);
const TO_48 = upTo(8, 12, 16, 24, 48);
const TO_48_BY_32 = upTo(8, 12, 16, 24, 32, 48);
const TO_96 = upTo(8, 12, 16, 24, 32, 48, 96);

/**
 * Families of the compute (c), general (m) and memory (r) kinds, and the larger burstable (t) ones, that pods are usually put on; the ratio of memory is what
 * tells the kinds apart.
 */
function kinds(letters: string, architecture: 'amd64' | 'arm64', names: readonly string[], sizes: readonly string[], efa?: Readonly<Record<string, number>>): readonly MachineFamilies[] {
  return [...letters].map((letter) => ({
    families: names.map((name) => `${letter}${name}`),
    architecture,
    memoryPerVcpu: MEMORY_PER_VCPU[letter] ?? 0,
    sizes,
    ...(efa && { efa }),
  }));
}

const MEMORY_PER_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/**
 * Machines without GPUs. No sizes below `large` (too few addresses for pods) and no bare metal.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html
 */
export const MACHINE_FAMILIES: readonly MachineFamilies[] = [
  { families: ['c5', 'c5d'], architecture: 'amd64', memoryPerVcpu: 2, sizes: upTo(9, 12, 18, 24) },
  ...kinds('c', 'amd64', ['5a', '5ad'], TO_24),
  ...kinds('mr', 'amd64', ['5', '5a', '5ad', '5d'], TO_24),
  ...kinds('r', 'amd64', ['5b'], TO_24),
  ...kinds('mr', 'amd64', ['5n', '5dn'], TO_24, { '24xlarge': 1 }),
  ...kinds('cmr', 'amd64', ['6a', '7a'], TO_48_BY_32, { '48xlarge': 1 }),
  ...kinds('cmr', 'amd64', ['6i', '6id'], TO_32, { '32xlarge': 1 }),
  ...kinds('c', 'amd64', ['6in'], TO_32, { '32xlarge': 2 }),
  ...kinds('mr', 'amd64', ['6in', '6idn'], TO_32, { '32xlarge': 2 }),
  ...kinds('cmr', 'arm64', ['6g', '6gd'], TO_16),
  ...kinds('cmr', 'arm64', ['7g', '7gd'], TO_16, { '16xlarge': 1 }),
  ...kinds('c', 'arm64', ['6gn', '7gn'], TO_16, { '16xlarge': 1 }),
  ...kinds('cmr', 'amd64', ['7i', '8a'], TO_48, { '48xlarge': 1 }),
  ...kinds('cm', 'amd64', ['7i-flex'], TO_16),
  ...kinds('cmr', 'amd64', ['8i-flex'], TO_16),
  ...kinds('cmr', 'arm64', ['8g', '8gd'], TO_48, { '24xlarge': 1, '48xlarge': 1 }),
  ...kinds('cmr', 'amd64', ['8i', '8id'], TO_96, { '48xlarge': 1, '96xlarge': 1 }),
  ...kinds('cm', 'arm64', ['9g', '9gd'], TO_48, { '48xlarge': 1 }),
  { families: ['t3', 't3a'], architecture: 'amd64', memoryPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge'] },
  { families: ['t4g'], architecture: 'arm64', memoryPerVcpu: 4, sizes: ['large', 'xlarge', '2xlarge'] },
  { families: ['i4i'], architecture: 'amd64', memoryPerVcpu: 8, sizes: TO_32, efa: { '32xlarge': 1 } },
  { families: ['i7i'], architecture: 'amd64', memoryPerVcpu: 8, sizes: TO_48, efa: { '24xlarge': 1, '48xlarge': 1 } },
  { families: ['x8g'], architecture: 'arm64', memoryPerVcpu: 16, sizes: TO_48, efa: { '24xlarge': 1, '48xlarge': 1 } },
];
