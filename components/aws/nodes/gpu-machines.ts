/** NVIDIA GPUs by what AWS calls them. */
export type GpuModel = 'T4' | 'T4g' | 'A10G' | 'L4' | 'L40S' | 'RTX PRO 4500' | 'RTX PRO 6000' | 'V100' | 'A100' | 'H100' | 'H200' | 'B200' | 'B300';

/** Machines of a family with GPUs. */
export interface GpuMachines {
  readonly architecture: 'amd64' | 'arm64';
  readonly model: GpuModel;
  /** By size: GiB of memory, GPUs, EFA interfaces. */
  readonly sizes: Readonly<Record<string, readonly [memoryGib: number, gpus: number, efa: number]>>;
}

/**
 * Machines with NVIDIA GPUs, as a whole: fractions of a GPU (g6f) and bare metal are left out.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
 */
export const GPU_MACHINES: Readonly<Record<string, GpuMachines>> = {
  g4dn: {
    architecture: 'amd64',
    model: 'T4',
    sizes: { xlarge: [16, 1, 0], '2xlarge': [32, 1, 0], '4xlarge': [64, 1, 0], '8xlarge': [128, 1, 1], '12xlarge': [192, 4, 1], '16xlarge': [256, 1, 1] },
  },
  g5: {
    architecture: 'amd64',
    model: 'A10G',
    sizes: {
      xlarge: [16, 1, 0],
      '2xlarge': [32, 1, 0],
      '4xlarge': [64, 1, 0],
      '8xlarge': [128, 1, 1],
      '12xlarge': [192, 4, 1],
      '16xlarge': [256, 1, 1],
      '24xlarge': [384, 4, 1],
      '48xlarge': [768, 8, 1],
    },
  },
  g5g: { architecture: 'arm64', model: 'T4g', sizes: { xlarge: [8, 1, 0], '2xlarge': [16, 1, 0], '4xlarge': [32, 1, 0], '8xlarge': [64, 1, 0], '16xlarge': [128, 2, 0] } },
  g6: {
    architecture: 'amd64',
    model: 'L4',
    sizes: {
      xlarge: [16, 1, 0],
      '2xlarge': [32, 1, 0],
      '4xlarge': [64, 1, 0],
      '8xlarge': [128, 1, 1],
      '12xlarge': [192, 4, 1],
      '16xlarge': [256, 1, 1],
      '24xlarge': [384, 4, 1],
      '48xlarge': [768, 8, 1],
    },
  },
  gr6: { architecture: 'amd64', model: 'L4', sizes: { '4xlarge': [128, 1, 0], '8xlarge': [256, 1, 1] } },
  g6e: {
    architecture: 'amd64',
    model: 'L40S',
    sizes: {
      xlarge: [32, 1, 0],
      '2xlarge': [64, 1, 0],
      '4xlarge': [128, 1, 0],
      '8xlarge': [256, 1, 1],
      '12xlarge': [384, 4, 1],
      '16xlarge': [512, 1, 1],
      '24xlarge': [768, 4, 2],
      '48xlarge': [1536, 8, 4],
    },
  },
  g7: {
    architecture: 'amd64',
    model: 'RTX PRO 4500',
    sizes: { '2xlarge': [32, 1, 0], '4xlarge': [64, 1, 0], '8xlarge': [128, 1, 1], '12xlarge': [192, 2, 1], '24xlarge': [384, 4, 1], '48xlarge': [768, 8, 2] },
  },
  g7e: {
    architecture: 'amd64',
    model: 'RTX PRO 6000',
    sizes: { '2xlarge': [64, 1, 0], '4xlarge': [128, 1, 0], '8xlarge': [256, 1, 1], '12xlarge': [512, 2, 1], '24xlarge': [1024, 4, 2], '48xlarge': [2048, 8, 4] },
  },
  p3dn: { architecture: 'amd64', model: 'V100', sizes: { '24xlarge': [768, 8, 1] } },
  p4d: { architecture: 'amd64', model: 'A100', sizes: { '24xlarge': [1152, 8, 4] } },
  p4de: { architecture: 'amd64', model: 'A100', sizes: { '24xlarge': [1152, 8, 4] } },
  p5: { architecture: 'amd64', model: 'H100', sizes: { '4xlarge': [256, 1, 1], '48xlarge': [2048, 8, 32] } },
  p5e: { architecture: 'amd64', model: 'H200', sizes: { '48xlarge': [2048, 8, 32] } },
  p5en: { architecture: 'amd64', model: 'H200', sizes: { '48xlarge': [2048, 8, 16] } },
  'p6-b200': { architecture: 'amd64', model: 'B200', sizes: { '48xlarge': [2048, 8, 8] } },
  'p6-b300': { architecture: 'amd64', model: 'B300', sizes: { '48xlarge': [4096, 8, 16] } },
};

/** Families whose first network card takes no EFA interface: theirs begin at the second. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html */
export const FIRST_CARD_WITHOUT_EFA: readonly string[] = ['p6-b300'];

/** Values of `k8s.amazonaws.com/accelerator`, by which the cluster autoscaler tells GPUs apart, as it knows them. */
export const ACCELERATOR_LABELS: Readonly<Record<GpuModel, string>> = {
  T4: 'nvidia-tesla-t4',
  T4g: 'nvidia-t4g',
  A10G: 'nvidia-a10g',
  L4: 'nvidia-l4',
  L40S: 'nvidia-l40s',
  'RTX PRO 4500': 'nvidia-rtx-pro-4500',
  'RTX PRO 6000': 'nvidia-rtx-pro-6000',
  V100: 'nvidia-tesla-v100',
  A100: 'nvidia-tesla-a100',
  H100: 'nvidia-h100',
  H200: 'nvidia-h200',
  B200: 'nvidia-b200',
  B300: 'nvidia-b300',
};
