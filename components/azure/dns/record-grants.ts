import * as authorization from '@pulumi/azure-native/authorization';
import * as pulumi from '@pulumi/pulumi';
import { type DnsZone, type ServiceAccountRef, type WorkloadIdentity } from '../../../constructs/core';
import type { RoleGrant, ServiceAccountIdentities } from '../contracts';
import { roleId } from './role-id';

type Records = Parameters<DnsZone['grantRecords']>[1];

/** Built-in roles. @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const DNS_ROLES = { dnsZoneContributor: 'befefa01-2a29-4197-83a8-272ff33ce314', reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' } as const;

/** What cert-manager does for a challenge: finds the zone, writes a TXT record, and takes it away. */
const CHALLENGE_ACTIONS = ['Microsoft.Network/dnsZones/read', ...['read', 'write', 'delete'].map((verb) => `Microsoft.Network/dnsZones/TXT/${verb}`)];

/** external-dns lists the zones of the group before it looks for its own. */
const LIST_ACTIONS = ['Microsoft.Network/dnsZones/read'];

/** A zone that records are granted of. */
export interface GrantedZone {
  readonly name: string;
  readonly domain: string;
  readonly subscriptionId: string;
  readonly zoneId: pulumi.Output<string>;
  readonly identities: ServiceAccountIdentities;
  readonly customRoles: boolean;
}

/** Grants records of one zone. */
export class RecordGrants {
  private readonly roles = new Map<string, RoleGrant>();

  constructor(private readonly zone: GrantedZone, private readonly parent: pulumi.Resource) {}

  grant(serviceAccount: ServiceAccountRef, records: Records): WorkloadIdentity {
    const { identities, zoneId, customRoles } = this.zone;
    const contributor: RoleGrant = { roleDefinitionId: DNS_ROLES.dnsZoneContributor, scope: zoneId };
    const group = groupOf(zoneId);
    const grants =
      records === 'challenges'
        ? [customRoles ? this.role('challenges', CHALLENGE_ACTIONS, zoneId) : contributor]
        : [contributor, customRoles ? this.role('list', LIST_ACTIONS, group) : { roleDefinitionId: DNS_ROLES.reader, scope: group }];
    return identities.grant(serviceAccount, `dns-${records}`, grants);
  }

  /** A role with no more than these actions, made when it is first needed. */
  private role(id: string, actions: readonly string[], scope: pulumi.Output<string>): RoleGrant {
    const known = this.roles.get(id);
    if (known) return known;
    const { name, domain, subscriptionId } = this.zone;
    const names = [subscriptionId, pulumi.getProject(), pulumi.getStack(), name, domain, id];
    const roleDefinitionId = roleId(...names);
    const group = groupOf(this.zone.zoneId);
    const definition = new authorization.RoleDefinition(
      `${name}-${id}`,
      {
        scope: group,
        assignableScopes: [group],
        roleDefinitionId,
        // Names of roles are unique in a tenant, too.
        roleName: `kubeflow ${domain} ${id} (${roleDefinitionId.slice(0, 8)})`,
        description: id === 'list' ? 'Lists DNS zones.' : `Answers ACME challenges for ${domain}.`,
        roleType: 'CustomRole',
        permissions: [{ actions: [...actions] }],
      },
      { parent: this.parent },
    );
    // It can be assigned when it is there.
    const grant = { roleDefinitionId, scope: pulumi.all([scope, definition.id]).apply(([of]) => of) };
    this.roles.set(id, grant);
    return grant;
  }
}

function groupOf(zoneId: pulumi.Output<string>): pulumi.Output<string> {
  return zoneId.apply((id) => id.split('/').slice(0, 5).join('/'));
}
