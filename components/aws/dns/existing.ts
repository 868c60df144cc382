import { checkDnsLabel, type DnsZone, InvalidInputError } from '../../../constructs/core';
import type { ServiceAccountRoles } from '../contracts';
import { checkRegion } from '../data/regions';
import { checkDomain, domainsAbove } from '../../names';
import type { FoundZone, HostedZoneLookups } from './lookups';
import { grantZone } from './records';

/** A zone there is already. */
export interface ExistingHostedZoneArgs {
  /** Domain that the platform has its names in, e.g. `ml.example.com`: that of a public zone, or one inside it. */
  readonly domain: string;
  /** Region that clients of Route 53 sign their requests for. */
  readonly region: string;
  /** Who gives ServiceAccounts their access. */
  readonly roles: ServiceAccountRoles;
  /** What grants are called after. @default 'zone' */
  readonly name?: string;
}

/** A zone there is already, and its id. */
export interface ExistingHostedZone extends DnsZone {
  readonly zoneId: string;
}

/**
 * Finds the public zone that a domain is in: its own, or else the nearest above it. Nothing of it is changed.
 *
 * @throws InvalidInputError if the account has no zone for the domain
 */
export async function existingHostedZone(lookups: HostedZoneLookups, args: ExistingHostedZoneArgs): Promise<ExistingHostedZone> {
  const { domain, region, roles, name = 'zone' } = args;
  checkDnsLabel('name', name, 'existingHostedZone');
  checkDomain('domain', domain, name);
  checkRegion(region, name);
  const candidates = domainsAbove(domain);
  const found = await nearest(lookups, candidates);
  if (!found) {
    throw new InvalidInputError({
      property: 'domain',
      value: domain,
      expected: `a domain with a public hosted zone in this account: none is called ${candidates.map((each) => `'${each}'`).join(' or ')}. Create one and delegate to it, or name a domain inside a zone there is`,
      where: name,
    });
  }
  const { zoneId, arn } = found;
  return {
    domain: found.domain,
    zoneId,
    service: { kind: 'route53', region, hostedZoneId: zoneId },
    grantRecords: (serviceAccount, records) => grantZone({ name, arn, roles }, serviceAccount, records),
  };
}

async function nearest(lookups: HostedZoneLookups, [domain, ...above]: readonly string[]): Promise<FoundZone | undefined> {
  if (domain === undefined) return undefined;
  return (await lookups.publicZone(domain)) ?? nearest(lookups, above);
}
