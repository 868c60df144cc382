import { type InvalidInput, InvalidInputError } from '../../constructs/core';

/** What is wrong with what exists, said of the section's `existing`. */
export function inExisting<T>(section: string, find: () => T | Promise<T>): Promise<T> {
  return retold(find, (fault) => ({ ...fault, property: `existing.${fault.property}`, where: section }));
}

/** What is wrong with a key that stands outside all sections. */
export function atTop<T>(make: () => T | Promise<T>): Promise<T> {
  return retold(make, (fault) => ({ ...fault, where: 'gcp' }));
}

async function retold<T>(ask: () => T | Promise<T>, tell: (fault: InvalidInput) => InvalidInput): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof InvalidInputError ? new InvalidInputError(tell(error.input)) : error;
  }
}
