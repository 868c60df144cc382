import { InvalidInputError } from '../../constructs/core';

/** What is wrong with what exists, said of the section's `existing`. */
export function inExisting<T>(section: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw error instanceof InvalidInputError ? new InvalidInputError({ ...error.input, where: `${section}.existing` }) : error;
  }
}
