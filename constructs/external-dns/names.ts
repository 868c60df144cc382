import { Duration } from 'cdk8s';
import { hasToken, InvalidInputError } from '../core';

const LABEL = /^(\*|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/;

/** Whether a text is a domain name, without a trailing dot; `*` may be its first label. */
function isDomain(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 253 && labels.length > 1 && labels.every((label, index) => LABEL.test(label) && (label !== '*' || index === 0));
}

/**
 * Checks the domain of a zone, unless it is known only at deploy time.
 *
 * @throws InvalidInputError if it is none
 */
export function checkDomain(domain: string, where: string): void {
  if (!hasToken(domain) && (!isDomain(domain) || domain.startsWith('*'))) {
    throw new InvalidInputError({ property: 'zone.domain', value: domain, expected: "a domain in lower case without a trailing dot, such as 'example.com'", where });
  }
}

/** What a Service is to be called. */
export interface PublishedNames {
  /** Full names, in the zone; `*.example.com` for all names below. */
  readonly names: readonly [string, ...string[]];
  /** How long resolvers may keep the records, at least a second. @default the provider's own, 5 minutes */
  readonly ttl?: Duration;
}

/**
 * Annotations of a Service by which its address gets names.
 *
 * @throws InvalidInputError for a name outside the zone
 */
export function nameAnnotations(domain: string, { names, ttl }: PublishedNames, where: string): Readonly<Record<string, string>> {
  for (const name of names) {
    if (hasToken(name)) continue;
    const inside = hasToken(domain) || name === domain || name.endsWith(`.${domain}`);
    if (!isDomain(name) || !inside) {
      throw new InvalidInputError({ property: 'names', value: name, expected: `a name in the zone '${domain}', in lower case without a trailing dot`, where });
    }
  }
  if (ttl !== undefined && ttl.toSeconds() < 1) {
    throw new InvalidInputError({ property: 'ttl', value: ttl.toHumanString(), expected: 'at least a second', where });
  }
  return {
    'external-dns.kubernetes.io/hostname': names.join(','),
    ...(ttl && { 'external-dns.kubernetes.io/ttl': String(ttl.toSeconds()) }),
  };
}
