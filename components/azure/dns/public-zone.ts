import * as dns from '@pulumi/azure-native/dns';
import * as pulumi from '@pulumi/pulumi';
import type { DnsService, DnsZone, ServiceAccountRef, WorkloadIdentity } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ServiceAccountIdentities } from '../contracts';
import { checkDomain } from '../../names';
import { RecordGrants } from './record-grants';

/** Who and where a zone's grants are. */
export interface ZoneAccount {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly identities: ServiceAccountIdentities;
  /**
   * Whether roles are made that allow no more than is needed: TXT records for challenges, and listing zones. Who deploys has to be allowed to make
   * role definitions; without, DNS Zone Contributor and Reader of the resource group are assigned.
   * @default true
   */
  readonly customRoles?: boolean;
}

/** Args of {@link PublicZone}. */
export interface PublicZoneArgs extends ZoneAccount {
  /** E.g. `ml.example.com`. */
  readonly domain: string;
  readonly resourceGroupName: pulumi.Input<string>;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A zone of Azure DNS. It answers once the domain's parent names its servers. It carries no lock, also where it is kept: its records could then not
 * be deleted.
 */
export class PublicZone extends pulumi.ComponentResource implements DnsZone {
  readonly domain: string;
  readonly service: DnsService;
  /** Name servers that the parent domain has to name. */
  readonly nameServers: pulumi.Output<string[]>;
  readonly zoneId: pulumi.Output<string>;
  private readonly grants: RecordGrants;

  /** @throws InvalidInputError if `domain` is none */
  constructor(name: string, args: PublicZoneArgs, options?: pulumi.ComponentResourceOptions) {
    const { domain, identities, retention = 'keep' } = args;
    checkDomain('domain', domain, name);
    super('kubeflow-cdk:azure:PublicZone', name, {}, options);
    const zone = new dns.Zone(name, { resourceGroupName: args.resourceGroupName, zoneName: domain, zoneType: dns.ZoneType.Public, location: 'global' }, protectedBy(retention, this));
    this.domain = domain;
    this.service = {
      kind: 'azure-dns',
      subscriptionId: args.subscriptionId,
      tenantId: args.tenantId,
      resourceGroup: asString(pulumi.output(args.resourceGroupName), 'the resource group of the DNS zone'),
    };
    this.nameServers = zone.nameServers;
    this.zoneId = zone.id;
    this.grants = new RecordGrants({ name, domain, subscriptionId: args.subscriptionId, zoneId: zone.id, identities, customRoles: args.customRoles ?? true }, this);
    this.registerOutputs({ zoneId: zone.id, nameServers: zone.nameServers });
  }

  grantRecords(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity {
    return this.grants.grant(serviceAccount, records);
  }
}
