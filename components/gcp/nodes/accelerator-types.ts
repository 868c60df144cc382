/** vCPUs, memory in GiB, accelerator type, and how many of it. */
type Accelerated = readonly [vcpus: number, memoryGib: number, accelerator: string, count: number];

/**
 * Machine types that come with GPUs.
 *
 * @see https://cloud.google.com/compute/docs/accelerator-optimized-machines
 */
export const ACCELERATOR_TYPES: Readonly<Record<string, Accelerated>> = {
  'g2-standard-4': [4, 16, 'nvidia-l4', 1],
  'g2-standard-8': [8, 32, 'nvidia-l4', 1],
  'g2-standard-12': [12, 48, 'nvidia-l4', 1],
  'g2-standard-16': [16, 64, 'nvidia-l4', 1],
  'g2-standard-24': [24, 96, 'nvidia-l4', 2],
  'g2-standard-32': [32, 128, 'nvidia-l4', 1],
  'g2-standard-48': [48, 192, 'nvidia-l4', 4],
  'g2-standard-96': [96, 384, 'nvidia-l4', 8],
  'g4-standard-48': [48, 180, 'nvidia-rtx-pro-6000', 1],
  'g4-standard-96': [96, 360, 'nvidia-rtx-pro-6000', 2],
  'g4-standard-192': [192, 720, 'nvidia-rtx-pro-6000', 4],
  'g4-standard-384': [384, 1440, 'nvidia-rtx-pro-6000', 8],
  'a2-highgpu-1g': [12, 85, 'nvidia-tesla-a100', 1],
  'a2-highgpu-2g': [24, 170, 'nvidia-tesla-a100', 2],
  'a2-highgpu-4g': [48, 340, 'nvidia-tesla-a100', 4],
  'a2-highgpu-8g': [96, 680, 'nvidia-tesla-a100', 8],
  'a2-megagpu-16g': [96, 1360, 'nvidia-tesla-a100', 16],
  'a2-ultragpu-1g': [12, 170, 'nvidia-a100-80gb', 1],
  'a2-ultragpu-2g': [24, 340, 'nvidia-a100-80gb', 2],
  'a2-ultragpu-4g': [48, 680, 'nvidia-a100-80gb', 4],
  'a2-ultragpu-8g': [96, 1360, 'nvidia-a100-80gb', 8],
  'a3-highgpu-1g': [26, 234, 'nvidia-h100-80gb', 1],
  'a3-highgpu-2g': [52, 468, 'nvidia-h100-80gb', 2],
  'a3-highgpu-4g': [104, 936, 'nvidia-h100-80gb', 4],
  'a3-highgpu-8g': [208, 1872, 'nvidia-h100-80gb', 8],
  'a3-edgegpu-8g': [208, 1872, 'nvidia-h100-80gb', 8],
  'a3-megagpu-8g': [208, 1872, 'nvidia-h100-mega-80gb', 8],
  'a3-ultragpu-8g': [224, 2952, 'nvidia-h200-141gb', 8],
  'a4-highgpu-8g': [224, 3968, 'nvidia-b200', 8],
};

/**
 * GPUs that may be attached to machines of series n1, and how many to one.
 *
 * @see https://cloud.google.com/compute/docs/gpus#n1-gpus
 */
export const ATTACHABLE: Readonly<Record<string, readonly number[]>> = {
  'nvidia-tesla-t4': [1, 2, 4],
  'nvidia-tesla-p4': [1, 2, 4],
  'nvidia-tesla-v100': [1, 2, 4, 8],
  'nvidia-tesla-p100': [1, 2, 4],
};
