import { InvalidInputError } from '../../constructs/core';

/**
 * Makes a part of a stack; what is wrong with its input is said of a section of the configuration.
 *
 * @param section configuration key, e.g. `database.existing`
 * @param keys what the configuration calls a property, where the names differ; a prefix that ends in a dot stands for all below it
 */
export function ofSection<T>(section: string, make: () => T, keys: Readonly<Record<string, string>> = {}): T {
  try {
    return make();
  } catch (error) {
    throw said(section, error, keys);
  }
}

/** The same for a part that has to be asked for. */
export async function askedOfSection<T>(section: string, ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw said(section, error, {});
  }
}

function said(section: string, error: unknown, keys: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  return new InvalidInputError({ ...error.input, property: renamed(error.input.property, keys), where: section });
}

function renamed(property: string, keys: Readonly<Record<string, string>>): string {
  const [from, to] = Object.entries(keys).find(([key]) => property === key || (key.endsWith('.') && property.startsWith(key))) ?? ['', ''];
  return `${to}${property.slice(from.length)}`;
}
