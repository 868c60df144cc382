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
 * Copies plain data, each part when it is first read, because most policies read little of an object. A property that
 * cannot be read (because its value is not known yet) throws {@link UnknownValueError} whenever a policy reads it.
 *
 * @param meansUnknown tells an error that means "not known yet" from any other
 */
export function withUnknownValues(value: unknown, meansUnknown: (error: unknown) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    const get = (): unknown => {
      const part = withUnknownValues(readKnown(value, key, meansUnknown), meansUnknown);
      Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true, writable: true });
      return part;
    };
    Object.defineProperty(copy, key, { enumerable: true, configurable: true, get });
  }
  return copy;
}

function readKnown(from: object, key: string, meansUnknown: (error: unknown) => boolean): unknown {
  try {
    return Reflect.get(from, key);
  } catch (error) {
    if (meansUnknown(error)) throw new UnknownValueError('the value is not known yet');
    throw error;
  }
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
