import { InvalidInputError } from '../../../constructs/core';
import { ACCELERATOR_TYPES } from './accelerator-types';

/** GPUs of a machine. */
export interface MachineGpus {
  /** Accelerator type, e.g. `nvidia-l4`. */
  readonly type: string;
  readonly count: number;
}

/** What a machine has. */
export interface MachineShape {
  /** Series, e.g. `n2`. */
  readonly series: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** That its cores are shared with others. */
  readonly sharedCore: boolean;
  /** GPUs that come with the type. @default none */
  readonly gpus?: MachineGpus;
  /** Whether its disks must be Hyperdisks. */
  readonly hyperdiskOnly: boolean;
}

interface Series {
  /** GiB for each vCPU, by what stands between series and number. Halves are cut off. */
  readonly memory: Readonly<Record<string, number>>;
  readonly vcpus: readonly number[];
  readonly hyperdiskOnly?: boolean;
  /** Types whose memory, or number of vCPUs, is not what the others would suggest. */
  readonly except?: Readonly<Record<string, number | undefined>>;
}

/**
 * General-purpose and compute-optimised series for x86.
 *
 * @see https://cloud.google.com/compute/docs/general-purpose-machines
 * @see https://cloud.google.com/compute/docs/compute-optimized-machines
 */
const SERIES: Readonly<Record<string, Series>> = {
  e2: { memory: { standard: 4, highmem: 8, highcpu: 1 }, vcpus: [2, 4, 8, 16, 32], except: { 'e2-highmem-32': undefined } },
  n1: {
    memory: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
    vcpus: [1, 2, 4, 8, 16, 32, 64, 96],
    except: { 'n1-highmem-1': undefined, 'n1-highcpu-1': undefined },
  },
  n2: {
    memory: { standard: 4, highmem: 8, highcpu: 1 },
    vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128],
    except: { 'n2-highmem-128': 864, 'n2-highcpu-128': undefined },
  },
  n2d: {
    memory: { standard: 4, highmem: 8, highcpu: 1 },
    vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224],
    except: { 'n2d-highmem-128': undefined, 'n2d-highmem-224': undefined },
  },
  n4: { memory: { standard: 4, highmem: 8, highcpu: 2 }, vcpus: [2, 4, 8, 16, 32, 48, 64, 80], hyperdiskOnly: true },
  c2: { memory: { standard: 4 }, vcpus: [4, 8, 16, 30, 60] },
  c2d: { memory: { standard: 4, highmem: 8, highcpu: 2 }, vcpus: [2, 4, 8, 16, 32, 56, 112] },
  c3: { memory: { standard: 4, highmem: 8, highcpu: 2 }, vcpus: [4, 8, 22, 44, 88, 176] },
  c3d: {
    memory: { standard: 4, highmem: 8, highcpu: 2 },
    vcpus: [4, 8, 16, 30, 60, 90, 180, 360],
    except: { 'c3d-highcpu-30': 59, 'c3d-highcpu-60': 118, 'c3d-highcpu-90': 177, 'c3d-highcpu-180': 354, 'c3d-highcpu-360': 708 },
  },
  c4: { memory: { standard: 3.75, highmem: 7.75, highcpu: 2 }, vcpus: [2, 4, 8, 16, 32, 48, 96, 192], hyperdiskOnly: true },
};

/** Types of e2 with shared cores: they have two vCPUs, and are promised a part of them. */
const SHARED_CORE: Readonly<Record<string, number>> = { 'e2-micro': 1, 'e2-small': 2, 'e2-medium': 4 };

/** Series whose types may be of any size, e.g. `n2-custom-6-20480`. */
const CUSTOM = new Set(['e2', 'n1', 'n2', 'n2d', 'n4']);

/**
 * What a machine type has, from its name.
 *
 * @param property that names the type, for the error
 * @throws InvalidInputError for a type that is not known, naming what its series has
 * @see https://cloud.google.com/compute/docs/machine-resource
 */
export function readMachineType(property: string, machineType: string, where: string): MachineShape {
  const accelerated = ACCELERATOR_TYPES[machineType];
  if (accelerated) {
    const [vcpus, memoryGib, type, count] = accelerated;
    return { series: seriesOf(machineType), vcpus, memoryGib, sharedCore: false, gpus: { type, count }, hyperdiskOnly: HYPERDISK_ACCELERATED.test(machineType) };
  }
  const shared = SHARED_CORE[machineType];
  if (shared !== undefined) return { series: 'e2', vcpus: 2, memoryGib: shared, sharedCore: true, hyperdiskOnly: false };
  const shape = readCustom(machineType) ?? readPredefined(machineType);
  if (!shape) throw new InvalidInputError({ property, value: machineType, expected: suggestion(machineType), where });
  return shape;
}

/** Accelerator-optimised types that take no Persistent Disk. */
const HYPERDISK_ACCELERATED = /^(a3-ultragpu|a4|g4)-/;

function seriesOf(machineType: string): string {
  return machineType.split('-', 1).join();
}

function readPredefined(machineType: string): MachineShape | undefined {
  const [, name = '', kind = '', number = ''] = /^([a-z0-9]+)-([a-z]+)-(\d+)$/.exec(machineType) ?? [];
  const series = SERIES[name];
  const perVcpu = series?.memory[kind];
  const vcpus = Number(number);
  if (!series || perVcpu === undefined || !series.vcpus.includes(vcpus)) return undefined;
  const excepted = series.except && machineType in series.except;
  const memoryGib = excepted ? series.except?.[machineType] : memoryOf(name, perVcpu * vcpus);
  return memoryGib === undefined ? undefined : { series: name, vcpus, memoryGib, sharedCore: false, hyperdiskOnly: series.hyperdiskOnly ?? false };
}

/** n1 has memory in quarters and tenths of a GiB; newer series in whole ones. */
function memoryOf(series: string, gib: number): number {
  return series === 'n1' ? Math.round(gib * 100) / 100 : Math.floor(gib);
}

function readCustom(machineType: string): MachineShape | undefined {
  // n1 is the series that custom types without a name are of.
  const [, name = 'n1', vcpus, mib] = /^(?:([a-z0-9]+)-)?custom-(\d+)-(\d+)(?:-ext)?$/.exec(machineType) ?? [];
  if (vcpus === undefined || !CUSTOM.has(name)) return undefined;
  const count = Number(vcpus);
  // A custom type has memory in steps of 256 MiB.
  if (count < 1 || (count > 1 && count % 2 !== 0) || Number(mib) < 512 || Number(mib) % 256 !== 0) return undefined;
  return { series: name, vcpus: count, memoryGib: Number(mib) / 1024, sharedCore: false, hyperdiskOnly: SERIES[name]?.hyperdiskOnly ?? false };
}

function suggestion(machineType: string): string {
  const name = seriesOf(machineType);
  const series = SERIES[name];
  if (series) {
    const kinds = Object.keys(series.memory).map((kind) => `${name}-${kind}`);
    return `${kinds.join(', ')} and one of ${series.vcpus.join(', ')} vCPUs, e.g. '${kinds[0]}-${series.vcpus[2]}'`;
  }
  const accelerated = Object.keys(ACCELERATOR_TYPES).filter((type) => seriesOf(type) === name);
  if (accelerated.length > 0) return accelerated.join(', ');
  const all = [...Object.keys(SERIES), ...new Set(Object.keys(ACCELERATOR_TYPES).map(seriesOf))];
  return `a machine type such as 'n2-standard-8' or 'g2-standard-8', of ${all.join(', ')}`;
}
