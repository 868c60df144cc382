import type { Provided } from '../component';
import type { ServiceAccountRef, WorkloadIdentity } from './workload-identity';

/** Where the records of a zone are kept. */
export type DnsService =
  | { readonly kind: 'route53'; readonly region: string; readonly hostedZoneId: string }
  | { readonly kind: 'cloud-dns'; readonly project: string; readonly managedZone: string }
  | { readonly kind: 'azure-dns'; readonly subscriptionId: string; readonly tenantId: string; readonly resourceGroup: string };

/** A zone of the public DNS in which the platform has its names. */
export interface DnsZone extends Provided {
  /** Domain of the zone, without a trailing dot. */
  readonly domain: string;
  readonly service: DnsService;
  /**
   * Lets the pods of a ServiceAccount change records of this zone, and of no other.
   *
   * @param records which: `challenges` are TXT records under `_acme-challenge` only, where the service can tell them apart
   */
  grantRecords(serviceAccount: ServiceAccountRef, records: 'challenges' | 'all'): WorkloadIdentity;
}
