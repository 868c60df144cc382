import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { DnsService, DnsZone, ServiceAccountRef, WorkloadIdentity } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ServiceAccountPrincipals } from '../contracts';
import { checkComponentName } from '../../names';
import { checkDomain } from '../../names';
import { RecordGrants } from './records';

/** What a {@link ManagedZone} is made of. */
export interface ManagedZoneArgs {
  /** e.g. `my-project`. */
  readonly project: string;
  /** Domain of the zone, e.g. `ml.example.com`. */
  readonly domain: string;
  /** Names ServiceAccounts to IAM. */
  readonly principals: ServiceAccountPrincipals;
  /** With `delete`, the zone goes with records that nobody else removed. @default 'keep' */
  readonly retention?: Retention;
}

/** Names of zones, and of roles that are called after them. @see https://cloud.google.com/dns/docs/zones */
export const ZONE_NAME = {
  noun: 'zone',
  maxLength: 63 - '-records'.length,
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  form: 'lower-case letters, digits and dashes, a letter first',
} as const;

/**
 * A public zone of Cloud DNS, signed (DNSSEC). Names in it are found once the zone above delegates to its {@link nameServers}, and checked once it has its
 * {@link delegationSigner}: both are for whoever has that zone to do.
 *
 * @throws InvalidInputError if the domain is none
 */
export class ManagedZone extends pulumi.ComponentResource implements DnsZone {
  readonly domain: string;
  readonly service: DnsService;
  /** Name of the zone in Cloud DNS. */
  readonly zoneName: pulumi.Output<string>;
  /** What the NS record in the zone above must say. */
  readonly nameServers: pulumi.Output<string[]>;
  /** What the DS record in the zone above must say. */
  readonly delegationSigner: pulumi.Output<string>;
  private readonly grants: RecordGrants;

  constructor(name: string, { project, domain, principals, retention = 'keep' }: ManagedZoneArgs, options?: pulumi.ComponentResourceOptions) {
    checkComponentName(name, ZONE_NAME);
    checkDomain('domain', domain, name);
    super('kubeflow-cdk:gcp:ManagedZone', name, {}, options);
    const zone = new gcp.dns.ManagedZone(
      name,
      {
        project,
        dnsName: `${domain}.`,
        description: 'Names of Kubeflow',
        visibility: 'public',
        dnssecConfig: { state: 'on', nonExistence: 'nsec3' },
        cloudLoggingConfig: { enableLogging: true },
        forceDestroy: retention === 'delete',
      },
      protectedBy(retention, this),
    );
    this.domain = domain;
    this.zoneName = zone.name;
    this.nameServers = zone.nameServers;
    this.delegationSigner = gcp.dns.getKeysOutput({ project, managedZone: zone.id }, { parent: this }).apply(({ keySigningKeys }) => keySigningKeys.find(({ isActive }) => isActive)?.dsRecord ?? '');
    this.service = { kind: 'cloud-dns', project, managedZone: asString(zone.name, `the name of zone '${domain}'`) };
    this.grants = new RecordGrants({ name, project, zone: zone.name, principals, parent: this });
    this.registerOutputs({ zoneName: zone.name, nameServers: zone.nameServers, delegationSigner: this.delegationSigner });
  }

  grantRecords(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity {
    return this.grants.grant(serviceAccount, records);
  }
}
