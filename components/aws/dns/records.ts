import * as pulumi from '@pulumi/pulumi';
import type { DnsZone, ServiceAccountRef, WorkloadIdentity } from '../../../constructs/core';
import type { PolicyStatement, ServiceAccountRoles } from '../contracts';

/** A zone that access is given to. */
export interface GrantedZone {
  /** Name of the component, which grants are called after. */
  readonly name: string;
  /** e.g. `arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ`. */
  readonly arn: pulumi.Input<string>;
  readonly roles: ServiceAccountRoles;
}

type Records = Parameters<DnsZone['grantRecords']>[1];

/** Conditions by which only TXT records of ACME's DNS-01 challenges can be changed. */
const CHALLENGES_ONLY = {
  'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.*'] },
  'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] },
};

/**
 * Lets one ServiceAccount change records of one zone.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
 */
export function grantZone({ name, arn, roles }: GrantedZone, serviceAccount: ServiceAccountRef, records: Records): WorkloadIdentity {
  return roles.grant(serviceAccount, `${name}-${records}`, statements(arn, records));
}

function statements(arn: pulumi.Input<string>, records: Records): readonly PolicyStatement[] {
  return [
    { actions: ['route53:ChangeResourceRecordSets'], resources: [arn], ...(records === 'challenges' && { conditions: CHALLENGES_ONLY }) },
    { actions: ['route53:ListResourceRecordSets'], resources: [arn] },
    // A change has an id of its own, which nobody knows before it is made.
    { actions: ['route53:GetChange'], resources: [pulumi.output(arn).apply((text) => `${text.split(':hostedzone/')[0]}:change/*`)] },
    // Route 53 lists all zones or none: external-dns asks for them whatever it is told. An issuer that names its zone, as ours do, needs no
    // ListHostedZonesByName.
    ...(records === 'all' ? [{ actions: ['route53:ListHostedZones'], resources: ['*'] }] : []),
  ];
}
