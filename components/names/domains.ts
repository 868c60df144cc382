import { InvalidInputError } from '../../constructs/core';

/** Names in the DNS are as long at most, and their labels. @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
export const DOMAIN_LENGTH = 253;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * Checks a domain.
 *
 * @throws InvalidInputError if it is none, or is written with a dot at its end
 */
export function checkDomain(property: string, domain: string, where: string): void {
  if (domain.length <= DOMAIN_LENGTH && DOMAIN.test(domain)) return;
  throw new InvalidInputError({ property, value: domain, expected: "a domain in lower case such as 'ml.example.com', without a dot at its end", where });
}

/** The domain and those it is in, the nearest first, down to two labels. */
export function domainsAbove(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

/** Whether a name is a domain or in it. */
export function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
