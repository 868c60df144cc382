import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { checkDnsLabel, type DnsService, type DnsZone, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import { asString } from '../../bridge';
import { protectedBy, type Retention } from '../../retention';
import type { ServiceAccountRoles } from '../contracts';
import { checkRegion } from '../data/regions';
import { checkDomain } from '../../names';
import { type GrantedZone, grantZone } from './records';

/** What a {@link HostedZone} is made of. */
export interface HostedZoneArgs {
  /** Domain of the zone, e.g. `ml.example.com`. */
  readonly domain: string;
  /** Region that clients of Route 53, which has none itself, sign their requests for. */
  readonly region: string;
  /** Who gives ServiceAccounts their access. */
  readonly roles: ServiceAccountRoles;
  /** With `delete`, the zone goes with records that nobody else removed. @default 'keep' */
  readonly retention?: Retention;
}

/** Grants are called `<component>-challenges`. */
const NAME_LENGTH = 63 - '-challenges'.length;

/**
 * A public zone of Route 53. Names in it are found once the zone above delegates to its {@link nameServers}, which is for whoever has that zone to do.
 *
 * @throws InvalidInputError if the domain or the region is none
 */
export class HostedZone extends pulumi.ComponentResource implements DnsZone {
  readonly domain: string;
  readonly service: DnsService;
  readonly zoneId: pulumi.Output<string>;
  /** What the NS record in the zone above must say. */
  readonly nameServers: pulumi.Output<string[]>;
  private readonly zone: GrantedZone;

  constructor(name: string, args: HostedZoneArgs, options?: pulumi.ComponentResourceOptions) {
    const { domain, region, roles, retention = 'keep' } = args;
    checkDnsLabel('name', name, name, NAME_LENGTH);
    checkDomain('domain', domain, name);
    checkRegion(region, name);
    super('kubeflow-cdk:aws:HostedZone', name, {}, options);
    const zone = new aws.route53.Zone(name, { name: domain, comment: 'Names of Kubeflow', forceDestroy: retention === 'delete' }, protectedBy(retention, this));
    this.domain = domain;
    this.zoneId = zone.zoneId;
    this.nameServers = zone.nameServers;
    this.service = { kind: 'route53', region, hostedZoneId: asString(zone.zoneId, `the id of zone '${domain}'`) };
    this.zone = { name, arn: zone.arn, roles };
    this.registerOutputs({ zoneId: zone.zoneId, nameServers: zone.nameServers });
  }

  grantRecords(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity {
    return grantZone(this.zone, serviceAccount, records);
  }
}
