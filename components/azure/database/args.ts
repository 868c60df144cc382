import type * as pulumi from '@pulumi/pulumi';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import type { CustomerKey } from '../customer-key';
import type { DatabaseEngine } from './engines';

/** Args of {@link Database}. */
export interface DatabaseArgs {
  readonly network: ClusterNetwork;
  /** @default 'mysql' */
  readonly engine?: DatabaseEngine;
  /** MySQL `8.4` or `8.0.21`; PostgreSQL `14` to `18`. @default '8.4', and '17' of PostgreSQL */
  readonly version?: string;
  /** Name of the server, unique in all of Azure: 3 to 63 lower-case letters, digits and `-`. @default the component's name and 8 characters that make it unique */
  readonly serverName?: string;
  /** Size of the server, of the families B, D or E. @default 'Standard_D2ads_v5': 2 cores, 8 GiB */
  readonly sku?: string;
  /** Storage at the beginning, in GiB: it grows by itself. @default 64 */
  readonly storageGb?: number;
  /** Where a standby is. Burstable sizes (B) have none. @default 'zone-redundant' */
  readonly highAvailability?: 'none' | 'same-zone' | 'zone-redundant';
  /** Days that backups are kept: 1 to 35, of PostgreSQL 7 to 35. @default 14 */
  readonly backupRetentionDays?: number;
  /** Whether backups are copied to the paired region. Decided when the server is made. @default false */
  readonly geoRedundantBackup?: boolean;
  /** Key that data and backups are encrypted with. @default keys of the platform */
  readonly key?: CustomerKey;
  /** Key, in the paired region, that copies of backups are encrypted with. Needed with `key` and `geoRedundantBackup`. */
  readonly geoBackupKey?: CustomerKey;
  /** Delegated subnet the server is in. @default that of the network, for MySQL; PostgreSQL needs one of its own */
  readonly subnetId?: pulumi.Input<string>;
  /** Range of that subnet, to which pods are then let out, e.g. `10.0.64.0/24`. @default pods are let out to any address on the server's port */
  readonly subnetCidr?: string;
  /** @default 'kubeflow' */
  readonly administratorLogin?: string;
  /** Change it to have a new password. @default 1 */
  readonly passwordGeneration?: number;
  /** CA certificates (PEM) that clients check the server's with. @default the public roots that Azure names, as Node.js carries them */
  readonly caCertificates?: string;
  /** Log Analytics workspace that is sent the server's logs. @default none */
  readonly logWorkspaceId?: pulumi.Input<string>;
  /** @default 'keep' */
  readonly retention?: Retention;
}
