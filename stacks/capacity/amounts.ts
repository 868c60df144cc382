import { parseQuantity } from '../../policies/rules/resources/quantity';

/** What is asked for, or there. */
export interface Amounts {
  /** Thousandths of a core. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** GPUs by the name of their resource. */
  readonly gpus: Readonly<Record<string, number>>;
}

export const NOTHING: Amounts = { cpu: 0, memory: 0, gpus: {} };

/** Resources of devices, as vendors name them. */
const GPU = /^(nvidia\.com\/(gpu|mig-.+)|amd\.com\/gpu|gpu\.intel\.com\/.+|habana\.ai\/gaudi|aws\.amazon\.com\/neuron.*)$/;

/** Reads requests (or limits) as Kubernetes writes them; what is not stated is nothing. */
export function amountsOf(quantities: Readonly<Record<string, unknown>>): Amounts {
  const gpus = Object.entries(quantities).flatMap(([name, value]) => (GPU.test(name) ? [[name, baseUnits(value)] as const] : []));
  return { cpu: baseUnits(quantities['cpu'], 1000), memory: baseUnits(quantities['memory']), gpus: Object.fromEntries(gpus) };
}

/** A quantity as a number, in units of one part in `parts`. */
export function baseUnits(value: unknown, parts = 1): number {
  const quantity = parseQuantity(value);
  return quantity ? Number((quantity.numerator * BigInt(parts) * 1000n) / quantity.denominator) / 1000 : 0;
}

export function plus(a: Amounts, b: Amounts): Amounts {
  return combined(a, b, (x, y) => x + y);
}

export function most(a: Amounts, b: Amounts): Amounts {
  return combined(a, b, Math.max);
}

export function minus(a: Amounts, b: Amounts): Amounts {
  return combined(a, b, (x, y) => x - y);
}

export function timesOf(amounts: Amounts, factor: number): Amounts {
  return combined(amounts, NOTHING, (x) => x * factor);
}

/** Whether there is room for it. */
export function within(wanted: Amounts, room: Amounts): boolean {
  return wanted.cpu <= room.cpu && wanted.memory <= room.memory && Object.entries(wanted.gpus).every(([name, count]) => count <= (room.gpus[name] ?? 0));
}

function combined(a: Amounts, b: Amounts, how: (x: number, y: number) => number): Amounts {
  const names = [...new Set([...Object.keys(a.gpus), ...Object.keys(b.gpus)])];
  return {
    cpu: how(a.cpu, b.cpu),
    memory: how(a.memory, b.memory),
    gpus: Object.fromEntries(names.map((name) => [name, how(a.gpus[name] ?? 0, b.gpus[name] ?? 0)])),
  };
}
