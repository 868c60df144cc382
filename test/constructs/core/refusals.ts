/** Matches an InvalidInputError about a property, and about what stands where. */
export function refusalOf(property: string, where?: string) {
  return expect.objectContaining({ name: 'InvalidInputError', input: expect.objectContaining({ property, ...(where && { where }) }) });
}
