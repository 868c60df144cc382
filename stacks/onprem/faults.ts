import { InvalidInputError } from '../../constructs/core';

/**
 * Makes a part of the stack; what is wrong with its input is said of a section of the configuration.
 *
 * @param section configuration key
 * @param keys what the configuration calls a property, where the names differ; a prefix that ends in a dot stands for all below it
 */
export function ofSection<T>(section: string, make: () => T, keys: Readonly<Record<string, string>> = {}): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new InvalidInputError({ ...error.input, property: renamed(error.input.property, keys), where: section });
  }
}

function renamed(property: string, keys: Readonly<Record<string, string>>): string {
  const [from, to] = Object.entries(keys).find(([key]) => property === key || (key.endsWith('.') && property.startsWith(key))) ?? ['', ''];
  return `${to}${property.slice(from.length)}`;
}
