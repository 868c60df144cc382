/** The system's code of a failure (`ENOENT`, ...), if it has one. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: errors of Node's own may come from another realm.
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
