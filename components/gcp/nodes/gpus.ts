import { InvalidInputError } from '../../../constructs/core';
import { ATTACHABLE } from './accelerator-types';
import type { MachineGpus, MachineShape } from './machine-types';

/** GPUs to attach to machines that come without (series n1). */
export interface AttachedGpus {
  /** Accelerator type, e.g. `nvidia-tesla-t4`. */
  readonly type: string;
  /** How many to each machine. */
  readonly count: number;
}

/**
 * The GPUs of a machine: those it comes with, or those attached to it.
 *
 * @throws InvalidInputError if there are none, the type cannot be attached to the machine, or not so many of it
 */
export function gpusOf(machineType: string, machine: MachineShape, attached: AttachedGpus | undefined, where: string): MachineGpus {
  if (machine.gpus) {
    if (attached) throw new InvalidInputError({ property: 'gpus', value: attached, expected: `nothing: ${machineType} comes with ${machine.gpus.count} ${machine.gpus.type}`, where });
    return machine.gpus;
  }
  if (machine.series !== 'n1') {
    throw new InvalidInputError({ property: 'machineType', value: machineType, expected: "a type that comes with GPUs, such as 'g2-standard-8' or 'a3-highgpu-8g', or one of series n1 with 'gpus'", where });
  }
  if (!attached) throw new InvalidInputError({ property: 'gpus', value: attached, expected: `what to attach to ${machineType}: ${Object.keys(ATTACHABLE).join(', ')}`, where });
  const counts = ATTACHABLE[attached.type];
  if (!counts) throw new InvalidInputError({ property: 'gpus.type', value: attached.type, expected: `${Object.keys(ATTACHABLE).join(', ')}; others come with their machine types`, where });
  if (!counts.includes(attached.count)) throw new InvalidInputError({ property: 'gpus.count', value: attached.count, expected: `one of ${counts.join(', ')} for ${attached.type}`, where });
  return attached;
}
