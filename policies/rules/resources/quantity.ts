/** An exact amount: a fraction of whole numbers, because quantities such as `0.1` have no exact floating-point number. */
export interface Quantity {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

const NOTATION = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;
const DECIMAL_POWER: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY_POWER: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

/**
 * Reads a Kubernetes quantity; a plain number is one as well.
 *
 * @returns `undefined` for anything that the API server would refuse
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: unknown): Quantity | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = NOTATION.exec(String(value));
  if (!match) return undefined;
  const [, sign, digits = '', suffix, exponent] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const mantissa = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const power = (suffix === undefined ? Number(exponent ?? 0) : (DECIMAL_POWER[suffix] ?? 0)) - fraction.length;
  const binary = 1n << (BINARY_POWER[suffix ?? ''] ?? 0n);
  return power < 0
    ? { numerator: mantissa * binary, denominator: 10n ** BigInt(-power) }
    : { numerator: mantissa * binary * 10n ** BigInt(power), denominator: 1n };
}

/** Whether it is more than nothing. */
export function isPositive({ numerator }: Quantity): boolean {
  return numerator > 0n;
}

/** Negative if the first is the lesser, zero if they are the same amount, positive if it is the greater. */
export function compareQuantities(first: Quantity, second: Quantity): number {
  const difference = first.numerator * second.denominator - second.numerator * first.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** An amount so many times over. */
export function times({ numerator, denominator }: Quantity, factor: Quantity): Quantity {
  return { numerator: numerator * factor.numerator, denominator: denominator * factor.denominator };
}
