import { closest } from 'fastest-levenshtein';
import { InvalidInputError } from '../../../constructs/core';
import { FIRST_CARD_WITHOUT_EFA, GPU_MACHINES, type GpuModel } from './gpu-machines';
import { MACHINE_FAMILIES } from './machine-families';

/** What a machine of EC2 has. */
export interface MachineType {
  /** E.g. `m7i.xlarge`. */
  readonly name: string;
  readonly architecture: 'amd64' | 'arm64';
  readonly vcpus: number;
  readonly memoryGib: number;
  /** @default none */
  readonly gpus?: { readonly count: number; readonly model: GpuModel };
  /** Interfaces of the Elastic Fabric Adapter; 0 if it has none. */
  readonly efaInterfaces: number;
  /** First network card that takes one. */
  readonly firstEfaCard: number;
}

/**
 * What a machine of EC2 has, by its name.
 *
 * @param property where the name was given, for the error
 * @throws InvalidInputError if there is no such family or size that nodes can be of, saying which there are
 */
export function machineType(name: string, property: string, where: string): MachineType {
  const [family = '', size = '', ...more] = name.split('.');
  const refuse = (expected: string): never => {
    throw new InvalidInputError({ property, value: name, expected, where });
  };
  if (!family || !size || more.length > 0) refuse("an instance type such as 'm7i.xlarge' or 'g6.2xlarge'");
  const sizes = sizesOf(family);
  if (!sizes) return refuse(`a family of machines that nodes can be of; the nearest: ${nearest(family)}${hint(family)}`);
  return sizes.get(size) ?? refuse(`a size of family '${family}': ${[...sizes.keys()].join(', ')}`);
}

const FAMILIES: readonly string[] = [...MACHINE_FAMILIES.flatMap(({ families }) => families), ...Object.keys(GPU_MACHINES)];

/** Families of the same generation, if it is one; else the one that is spelled most like it. */
function nearest(family: string): string {
  const begun = FAMILIES.filter((each) => each.startsWith(family));
  return begun.length > 0 ? begun.join(', ') : closest(family, FAMILIES);
}

function sizesOf(family: string): ReadonlyMap<string, MachineType> | undefined {
  const gpu = Object.hasOwn(GPU_MACHINES, family) ? GPU_MACHINES[family] : undefined;
  const firstEfaCard = FIRST_CARD_WITHOUT_EFA.includes(family) ? 1 : 0;
  if (gpu) {
    const { architecture, model } = gpu;
    return new Map(
      Object.entries(gpu.sizes).map(([size, [memoryGib, count, efaInterfaces]]) => [
        size,
        { name: `${family}.${size}`, architecture, vcpus: vcpusOf(size), memoryGib, gpus: { count, model }, efaInterfaces, firstEfaCard },
      ]),
    );
  }
  const plain = MACHINE_FAMILIES.find(({ families }) => families.includes(family));
  return (
    plain &&
    new Map(
      plain.sizes.map((size) => [
        size,
        { name: `${family}.${size}`, architecture: plain.architecture, vcpus: vcpusOf(size), memoryGib: vcpusOf(size) * plain.memoryPerVcpu, efaInterfaces: plain.efa?.[size] ?? 0, firstEfaCard },
      ]),
    )
  );
}

function vcpusOf(size: string): number {
  if (size === 'large') return 2;
  return 4 * Number(size.replace('xlarge', '') || 1);
}

/** Why some families that exist are not among them. */
function hint(family: string): string {
  if (/^(inf|trn)\d/.test(family)) return " (AWS Neuron accelerators are none of the platform's yet)";
  if (/^g4ad$/.test(family)) return " (GPUs of AMD are none of the platform's yet)";
  if (/^(g6f|gr6f)$/.test(family)) return " (fractions of a GPU are none of the platform's yet)";
  return '';
}
