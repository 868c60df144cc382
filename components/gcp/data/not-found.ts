const NOT_FOUND = /not\s?found|\b404\b/i;

/** The answer of a lookup; `undefined` if what was looked for does not exist. Every other refusal is thrown on. */
export async function unlessMissing<T>(answer: () => Promise<T>): Promise<T | undefined> {
  try {
    return await answer();
  } catch (error) {
    if (NOT_FOUND.test(String(error))) return undefined;
    throw error;
  }
}
