/** The type token of a resource, from its URN (`urn:pulumi:<stack>::<project>::<parents>$<type>::<name>`). */
export function typeOfUrn(urn: string): string {
  const qualified = urn.split('::')[2] ?? '';
  return qualified.slice(qualified.lastIndexOf('$') + 1);
}
