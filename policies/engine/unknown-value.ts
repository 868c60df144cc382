import type { FieldPath } from './field-path';

/** A value was asked for that a preview does not know yet. The engine reports the check as undecided; it never guesses. */
export class UnknownValueError extends Error {
  override readonly name = 'UnknownValueError';
  constructor(
    message: string,
    /** The field, where it is known to whoever asked. */
    readonly path?: FieldPath,
  ) {
    super(message);
  }
}

/**
 * Copies plain data; a property that cannot be read (because its value is not known yet) throws
 * {@link UnknownValueError} whenever a policy reads it.
 *
 * @param readable tells an error that means "not known yet" from any other
 */
export function withUnknownValues(value: unknown, meansUnknown: (error: unknown) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    try {
      const part: unknown = withUnknownValues(Reflect.get(value, key), meansUnknown);
      Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true, writable: true });
    } catch (error) {
      if (!meansUnknown(error)) throw error;
      Object.defineProperty(copy, key, { enumerable: true, configurable: true, get: throwUnknown });
    }
  }
  return copy;
}

function throwUnknown(): never {
  throw new UnknownValueError('the value is not known yet');
}

/** Reads a value that may be unknown; `otherwise` then stands for it. Only for names, never for what a policy decides on. */
export function readOr<T>(otherwise: T, reader: () => T): T {
  try {
    return reader();
  } catch (error) {
    if (error instanceof UnknownValueError) return otherwise;
    throw error;
  }
}
