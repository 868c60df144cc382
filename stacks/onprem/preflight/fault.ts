/** Something in a cluster that the configuration does not fit. */
export interface Fault {
  /** Configuration key. */
  readonly key: string;
  readonly value: unknown;
  /** What would be right, as the end of "expected …". */
  readonly expected: string;
}

/** The first few of many, for people. */
export function some(items: readonly string[], most = 5): string {
  return items.length > most ? `${items.slice(0, most).join(', ')} and ${items.length - most} more` : items.join(', ');
}
