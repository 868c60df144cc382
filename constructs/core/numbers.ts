import { InvalidInputError } from './errors';

/**
 * Checks a whole number: `least` to `most`, both included.
 *
 * @returns the number
 * @throws InvalidInputError if it is none, or out of range
 */
export function checkWholeNumber(property: string, value: number, where: string, range: { readonly least: number; readonly most?: number }): number {
  const { least, most } = range;
  if (!Number.isInteger(value) || value < least || (most !== undefined && value > most)) {
    const expected = most === undefined ? `a whole number, at least ${least}` : `a whole number from ${least} to ${most}`;
    throw new InvalidInputError({ property, value, expected, where });
  }
  return value;
}
