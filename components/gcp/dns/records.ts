import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import type { ServiceAccountRef, WorkloadIdentity } from '../../../constructs/core';
import type { ServiceAccountPrincipals } from '../contracts';
import { grantKey } from '../data/grant-key';
import { Once } from '../data/once';

/**
 * What cert-manager and external-dns do in a zone. The narrowest role of Google's own with these, roles/dns.admin, could delete the zone as well.
 *
 * @see https://cloud.google.com/dns/docs/access-control
 */
export const RECORD_PERMISSIONS = [
  'dns.changes.create',
  'dns.changes.get',
  'dns.changes.list',
  'dns.managedZones.get',
  'dns.resourceRecordSets.create',
  'dns.resourceRecordSets.delete',
  'dns.resourceRecordSets.get',
  'dns.resourceRecordSets.list',
  'dns.resourceRecordSets.update',
] as const;

/** What external-dns does in the project: it finds its zone in the list of all of them, and a list is of a project. */
export const LIST_PERMISSIONS = ['dns.managedZones.list'] as const;

/** A zone whose records are given to change. */
export interface GrantedZone {
  /** Name of the component, which grants are called after. */
  readonly name: string;
  readonly project: string;
  /** Name of the zone in Cloud DNS. */
  readonly zone: pulumi.Input<string>;
  readonly principals: ServiceAccountPrincipals;
  readonly parent: pulumi.Resource;
}

/** Who may change records of one zone. */
export class RecordGrants {
  private readonly roles = new Once<gcp.projects.IAMCustomRole>();
  private readonly members = new Once<pulumi.CustomResource>();

  constructor(private readonly zone: GrantedZone) {}

  /** Cloud DNS gives permissions on a zone, not on some of its records: whoever answers challenges may change the others too. */
  grant(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity {
    const { name, project, principals, parent, zone: managedZone } = this.zone;
    const member = principals.member(serviceAccount);
    const inZone = this.members.get(
      grantKey(name, serviceAccount, 'records'),
      () => new gcp.dns.DnsManagedZoneIamMember(grantKey(name, serviceAccount, 'records'), { project, managedZone, role: this.role('records', RECORD_PERMISSIONS), member }, { parent }),
    );
    // cert-manager is told the name of the zone, and looks for none.
    if (records === 'challenges') return principals.identity(serviceAccount, [inZone]);
    const inProject = this.members.get(
      grantKey(name, serviceAccount, 'zones'),
      () => new gcp.projects.IAMMember(grantKey(name, serviceAccount, 'zones'), { project, role: this.role('zones', LIST_PERMISSIONS), member }, { parent }),
    );
    return principals.identity(serviceAccount, [inZone, inProject]);
  }

  private role(kind: 'records' | 'zones', permissions: readonly string[]): pulumi.Output<string> {
    const { name, project, parent } = this.zone;
    const title = kind === 'records' ? 'Changes records of a DNS zone' : 'Lists DNS zones';
    const role = this.roles.get(kind, () => {
      // Ids of deleted roles stay taken for weeks, and those of other stacks in the project are.
      const { hex } = new random.RandomId(`${name}-${kind}`, { byteLength: 4 }, { parent });
      return new gcp.projects.IAMCustomRole(`${name}-${kind}`, { project, roleId: pulumi.interpolate`kubeflow_dns_${kind}_${hex}`, title, permissions: [...permissions], stage: 'GA' }, { parent });
    });
    return role.name;
  }
}
