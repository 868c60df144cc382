import * as pulumi from '@pulumi/pulumi';
import { type DnsService, type DnsZone, InvalidInputError, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import type { ServiceAccountPrincipals } from '../contracts';
import { checkComponentName } from '../../names';
import { checkDomain, isWithin } from '../../names';
import type { FoundZone, ZoneLookups } from './lookups';
import { ZONE_NAME } from './managed-zone';
import { RecordGrants } from './records';

/** A zone there is already. */
export interface ExistingManagedZoneArgs {
  /** Domain that the platform has its names in, e.g. `ml.example.com`: that of a public zone, or one inside it. */
  readonly domain: string;
  /** Names ServiceAccounts to IAM. */
  readonly principals: ServiceAccountPrincipals;
}

/** What is granted on a zone there is already. */
export class ExistingManagedZone extends pulumi.ComponentResource implements DnsZone {
  readonly domain: string;
  readonly service: DnsService;
  /** Name of the zone in Cloud DNS. */
  readonly zoneName: string;
  private readonly grants: RecordGrants;

  /** Use {@link existingManagedZone}, which finds the zone first. */
  constructor(name: string, project: string, { zoneName, domain }: FoundZone, principals: ServiceAccountPrincipals, options?: pulumi.ComponentResourceOptions) {
    super('kubeflow-cdk:gcp:ExistingManagedZone', name, {}, options);
    this.domain = domain;
    this.zoneName = zoneName;
    this.service = { kind: 'cloud-dns', project, managedZone: zoneName };
    this.grants = new RecordGrants({ name, project, zone: zoneName, principals, parent: this });
    this.registerOutputs({});
  }

  grantRecords(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity {
    return this.grants.grant(serviceAccount, records);
  }
}

/**
 * Finds the public zone that a domain is in: its own, or else the nearest above it. Nothing of it is changed.
 *
 * @param name what grants are called after; the configuration section that errors name
 * @throws InvalidInputError if the project has no zone for the domain
 */
export async function existingManagedZone(lookups: ZoneLookups, name: string, { domain, principals }: ExistingManagedZoneArgs, options?: pulumi.ComponentResourceOptions): Promise<ExistingManagedZone> {
  checkComponentName(name, ZONE_NAME);
  checkDomain('domain', domain, name);
  const zones = await lookups.publicZones();
  const [nearest] = zones.filter((zone) => isWithin(domain, zone.domain)).sort((one, other) => other.domain.length - one.domain.length);
  if (!nearest) {
    const there = zones.length === 0 ? 'it has none' : `it has ${zones.map((zone) => zone.domain).join(', ')}`;
    throw new InvalidInputError({
      property: 'domain',
      value: domain,
      expected: `a domain in a public zone of project '${lookups.project}' (${there}). Create one and delegate to it, or name a domain inside a zone there is`,
      where: name,
    });
  }
  return new ExistingManagedZone(name, lookups.project, nearest, principals, options);
}
