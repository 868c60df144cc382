import { InvalidInputError } from '../core/errors';
import { ANYWHERE, type EgressRule } from '../core/network-policy';

/** How DNS-01 challenges are checked before the ACME server is told to look. */
export interface DnsCheck {
  /** Resolvers as `host:port` or, for DNS over HTTPS, `https://…`. @default those of the cluster */
  readonly nameservers?: readonly string[];
  /** Ask only these, not the zone's own servers: for networks that let no other DNS out. @default false */
  readonly only?: boolean;
}

/**
 * The controller's arguments for it.
 *
 * @throws InvalidInputError for a resolver that is neither `host:port` nor an https URL
 */
export function dnsCheckArgs(check: DnsCheck, where: string): string[] {
  const { nameservers = [], only = false } = check;
  for (const nameserver of nameservers) portOf(nameserver, where);
  return [
    ...(nameservers.length > 0 ? [`--dns01-recursive-nameservers=${nameservers.join(',')}`] : []),
    ...(only ? ['--dns01-recursive-nameservers-only=true'] : []),
  ];
}

/** What must be opened for it, beyond DNS and HTTPS, which are open. */
export function dnsCheckEgress(check: DnsCheck, where: string): EgressRule[] {
  const ports = [...new Set((check.nameservers ?? []).map((nameserver) => portOf(nameserver, where)))].filter((port) => port !== 53 && port !== 443);
  return ports.length === 0 ? [] : [{ to: ANYWHERE, ports: ports.flatMap((port) => [{ port, protocol: 'UDP' as const }, { port, protocol: 'TCP' as const }]) }];
}

function portOf(nameserver: string, where: string): number {
  if (nameserver.startsWith('https://') && URL.canParse(nameserver)) return Number(new URL(nameserver).port || 443);
  const port = Number(/^(?:[^\s:[\]]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(nameserver)?.[1]);
  if (!(port >= 1 && port <= 65535)) {
    throw new InvalidInputError({ property: 'dnsCheck.nameservers', value: nameserver, expected: "'host:port' or 'https://…', e.g. '1.1.1.1:53'", where });
  }
  return port;
}
