import { InvalidInputError } from '../../../constructs/core';

/** Matches an {@link InvalidInputError} about a property. */
export function asExpected(property: string) {
  return expect.objectContaining({ name: InvalidInputError.name, input: expect.objectContaining({ property }) });
}
