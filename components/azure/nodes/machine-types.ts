import { InvalidInputError } from '../../../constructs/core';

/** What a virtual machine has. */
export interface MachineType {
  readonly vCpus: number;
  readonly memoryGiB: number;
  /** GPUs by the name of their resource in Kubernetes. */
  readonly gpus: Readonly<Record<string, number>>;
}

const nvidia = (vCpus: number, memoryGiB: number, gpus: number): MachineType => ({ vCpus, memoryGiB, gpus: { 'nvidia.com/gpu': gpus } });

/**
 * Sizes with GPUs that AKS has drivers for.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview#gpu-accelerated
 */
export const GPU_SIZES: Readonly<Record<string, MachineType>> = {
  Standard_NC4as_T4_v3: nvidia(4, 28, 1),
  Standard_NC8as_T4_v3: nvidia(8, 56, 1),
  Standard_NC16as_T4_v3: nvidia(16, 110, 1),
  Standard_NC64as_T4_v3: nvidia(64, 440, 4),
  Standard_NC24ads_A100_v4: nvidia(24, 220, 1),
  Standard_NC48ads_A100_v4: nvidia(48, 440, 2),
  Standard_NC96ads_A100_v4: nvidia(96, 880, 4),
  Standard_NC40ads_H100_v5: nvidia(40, 320, 1),
  Standard_NC80adis_H100_v5: nvidia(80, 640, 2),
  Standard_NV36ads_A10_v5: nvidia(36, 440, 1),
  Standard_NV36adms_A10_v5: nvidia(36, 880, 1),
  Standard_NV72ads_A10_v5: nvidia(72, 880, 2),
  Standard_ND96asr_v4: nvidia(96, 900, 8),
  Standard_ND96amsr_A100_v4: nvidia(96, 1900, 8),
  Standard_ND96isr_H100_v5: nvidia(96, 1900, 8),
  Standard_ND96isr_H200_v5: nvidia(96, 1850, 8),
  Standard_ND96isr_MI300X_v5: { vCpus: 96, memoryGiB: 1850, gpus: { 'amd.com/gpu': 8 } },
};

interface Family {
  readonly versions: readonly number[];
  /** GiB a vCPU, by the letter that says so. */
  memoryPerVCpu(features: string): number;
  /** The sizes whose memory is less than the rule says, by vCPUs and version. */
  readonly exceptions?: Readonly<Record<string, number>>;
}

/**
 * Families without GPUs: how much memory goes with a vCPU.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions
 */
const FAMILIES: Readonly<Record<string, Family>> = {
  D: { versions: [3, 4, 5, 6], memoryPerVCpu: (features) => (features.includes('l') ? 2 : 4) },
  E: {
    versions: [3, 4, 5, 6],
    memoryPerVCpu: () => 8,
    // The largest of each version have what is left of their host; where processors differ, that of the smaller.
    exceptions: { '64 v3': 432, '64 v4': 504, '96 v4': 672, '96 v5': 672, '104 v5': 672, '96 v6': 672, '192 v6': 1832 },
  },
  F: { versions: [2, 6], memoryPerVCpu: (features) => (features.includes('m') ? 8 : features.includes('a') && !features.includes('l') ? 4 : 2) },
  L: { versions: [2, 3], memoryPerVCpu: () => 8 },
};

/** `Standard_E16-8ads_v5`: family, vCPUs, vCPUs left on, features, version. */
const SIZE = /^Standard_([DEFL])(\d+)(?:-(\d+))?([a-z]*)_v(\d+)$/;

/**
 * What a size of Azure's virtual machines has, by the rules their names follow.
 *
 * @param vmSize e.g. `Standard_D8ds_v5`
 * @throws InvalidInputError for a size there is no rule for, with other processors than x86, or with a trusted environment that AKS nodes have no use for
 */
export function machineType(vmSize: string, where: string, property = 'vmSize'): MachineType {
  const gpu = Object.hasOwn(GPU_SIZES, vmSize) ? GPU_SIZES[vmSize] : undefined;
  if (gpu) return gpu;
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property, value: vmSize, expected, where });
  };
  if (/^Standard_N/i.test(vmSize)) return refuse(`a size with GPUs that is known here: ${Object.keys(GPU_SIZES).join(', ')}`);
  const [, letter = '', all = '', active, features = '', version = ''] = SIZE.exec(vmSize) ?? [];
  const family = FAMILIES[letter];
  if (!family || !family.versions.includes(Number(version))) return refuse(`${KNOWN}, with its letters as Azure writes them, e.g. 'Standard_D8ds_v5'`);
  if (features.includes('p')) return refuse(`a size with x86 processors; '${vmSize}' has ARM ones`);
  const vCpus = Number(all);
  if (vCpus < 1 || vCpus % 2 === 1) return refuse(`${KNOWN} with an even number of vCPUs`);
  const memoryGiB = family.exceptions?.[`${vCpus} v${version}`] ?? vCpus * family.memoryPerVCpu(features);
  return { vCpus: active === undefined ? vCpus : Number(active), memoryGiB, gpus: {} };
}

const KNOWN = 'a size of the families D and E (v3 to v6), F (v2, v6) or L (v2, v3), or one with GPUs';
