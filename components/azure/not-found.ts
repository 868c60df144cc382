/** How Azure says that something does not exist. @see https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found */
const NOT_FOUND = /\b(ResourceNotFound|ResourceGroupNotFound|ContainerNotFound|NotFound|404|not found|was not found|could not be found)\b/i;

/** The answer of a lookup; `undefined` if what was looked for does not exist. Every other refusal is thrown on. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof Error && NOT_FOUND.test(cause.message)) return undefined;
    throw cause;
  }
}
