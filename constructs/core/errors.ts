/** What an {@link InvalidInputError} says: which property, its value, what would be right, and where. */
export interface InvalidInput {
  /** The property as the user wrote it, e.g. `worker.replicas`. */
  readonly property: string;
  readonly value: unknown;
  /** What would be right, as the end of "expected …". */
  readonly expected: string;
  /** Construct path or object name. */
  readonly where: string;
}

/** Input that cannot be right; thrown before anything is synthesised, written or applied. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
  constructor(readonly input: InvalidInput) {
    super(`${input.where}: ${input.property} is ${show(input.value)}; expected ${input.expected}`);
  }
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
