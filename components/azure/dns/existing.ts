import * as pulumi from '@pulumi/pulumi';
import { type DnsService, type DnsZone, InvalidInputError, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import { checkDomain, domainsAbove } from '../../names';
import type { FoundZone, ZoneLookups } from './lookups';
import type { ZoneAccount } from './public-zone';
import { RecordGrants } from './record-grants';

/** Which zone. */
export interface ZonePlace {
  /** A domain that is a zone, or is in one: `ml.example.com` may be in the zone `example.com`. */
  readonly domain: string;
  /** Resource group of the zone. */
  readonly resourceGroup: string;
}

/** Args of {@link existingZone}. */
export interface ExistingZoneArgs extends ZoneAccount, ZonePlace {
  /** Name of the component, which begins those of its roles. @default `where` */
  readonly name?: string;
}

/**
 * The zone that a domain is in: that of its own name, or the nearest above. Nothing about it is changed, except that roles on it are assigned.
 *
 * @param where the section of the configuration that names it
 * @throws InvalidInputError if the domain is in no zone, or in a private one
 */
export async function existingZone(lookups: ZoneLookups, args: ExistingZoneArgs, options?: pulumi.ComponentResourceOptions, where = 'dns'): Promise<DnsZone> {
  const { zoneName, found } = await findZone(lookups, args, where);
  return new ExistingZone(args.name ?? where, zoneName, found, args, options);
}

/**
 * Looks for the zone that a domain is in.
 *
 * @throws InvalidInputError if the domain is in no zone, or in a private one
 */
export async function findZone(lookups: ZoneLookups, { domain, resourceGroup }: ZonePlace, where = 'dns'): Promise<{ readonly zoneName: string; readonly found: FoundZone }> {
  checkDomain('domain', domain, where);
  const candidates = domainsAbove(domain);
  for (const zoneName of candidates) {
    const found = await lookups.zone(resourceGroup, zoneName);
    if (!found) continue;
    if (!found.isPublic) throw new InvalidInputError({ property: 'domain', value: domain, expected: `a domain in a public zone; '${zoneName}' is private`, where });
    return { zoneName, found };
  }
  throw new InvalidInputError({ property: 'domain', value: domain, expected: `a domain with a zone in the resource group '${resourceGroup}': there is none of ${candidates.join(', ')}`, where });
}

class ExistingZone extends pulumi.ComponentResource implements DnsZone {
  readonly service: DnsService;
  private readonly grants: RecordGrants;

  constructor(name: string, readonly domain: string, found: FoundZone, args: ExistingZoneArgs, options?: pulumi.ComponentResourceOptions) {
    super('kubeflow-cdk:azure:ExistingZone', name, {}, options);
    const { subscriptionId, tenantId, resourceGroup, identities, customRoles = true } = args;
    this.service = { kind: 'azure-dns', subscriptionId, tenantId, resourceGroup };
    this.grants = new RecordGrants({ name, domain, subscriptionId, zoneId: pulumi.output(found.id), identities, customRoles }, this);
    this.registerOutputs({});
  }

  grantRecords(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity {
    return this.grants.grant(serviceAccount, records);
  }
}
