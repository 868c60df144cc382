import { readFileSync } from 'node:fs';
import { InvalidInputError } from '../../constructs/core';

/**
 * A file that the configuration names, from the working directory.
 *
 * @param key configuration key
 * @throws InvalidInputError if it cannot be read
 */
export function fileText(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const dot = key.lastIndexOf('.');
    throw new InvalidInputError({ property: key.slice(dot + 1), value: file, expected: `a file that can be read: ${error instanceof Error ? error.message : String(error)}`, where: key.slice(0, dot) });
  }
}
