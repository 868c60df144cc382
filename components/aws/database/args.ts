import type * as pulumi from '@pulumi/pulumi';
import type { Retention } from '../../retention';
import type { ClusterNetwork, ServiceAccountRoles } from '../contracts';

/** What databases of all engines have in common. */
export interface DatabaseBaseArgs {
  /** Region of the provider it is made by, e.g. `eu-central-1`. */
  readonly region: string;
  /** It is in the private subnets of this network, of which there must be two in different zones. */
  readonly network: Pick<ClusterNetwork, 'vpcId' | 'cidr' | 'privateSubnetIds' | 'zones'>;
  /** Security group of the cluster and its nodes: nobody else gets in. */
  readonly clusterSecurityGroupId: pulumi.Input<string>;
  /** ARN of the KMS key for storage, snapshots and credentials. */
  readonly keyArn: pulumi.Input<string>;
  /** Who gives ServiceAccounts leave to read the credentials. */
  readonly roles: ServiceAccountRoles;
  /**
   * Certificates (PEM) of the authorities that servers of RDS in the region have theirs from: what clients check the server's by. Nothing is
   * downloaded; the text is that of `https://truststore.pki.rds.amazonaws.com/<region>/<region>-bundle.pem`, say, kept beside the program.
   */
  readonly caCertificates: string;
  /**
   * - `rotated`: RDS makes the password, keeps it in Secrets Manager and changes it every seven days; pods mount it through the Secrets Store CSI driver
   *   and its AWS provider, which must run in the cluster.
   * - `generated`: made once, kept encrypted in Pulumi's state and in a Secret of each namespace that connects.
   *
   * @default 'rotated'
   */
  readonly credentials?: 'rotated' | 'generated';
  /** Days that backups are kept, 1 to 35. @default 14 */
  readonly backupDays?: number;
  /** With `delete`, the database goes at once, without a last snapshot. @default 'keep' */
  readonly retention?: Retention;
}

/** Aurora MySQL 3, which is compatible with MySQL 8.0. */
export interface AuroraArgs extends DatabaseBaseArgs {
  readonly engine: 'aurora-mysql';
  /** Instances: one that writes, the others stand by in other zones. @default 2 */
  readonly instances?: number;
  /** e.g. `db.r7g.large`. @default 'db.serverless': capacity follows the load */
  readonly instanceClass?: string;
  /** Range of a serverless capacity in Aurora capacity units, of 2 GiB of memory each. @default 0.5 to 8 */
  readonly capacity?: { readonly min: number; readonly max: number };
}

/** RDS for MySQL 8.4 or PostgreSQL 17. */
export interface RdsArgs extends DatabaseBaseArgs {
  readonly engine: 'mysql' | 'postgresql';
  /** @default 'db.m7g.large' */
  readonly instanceClass?: string;
  /** Storage in GiB. @default 50 */
  readonly storageGib?: number;
  /** Storage in GiB that it may grow to by itself. @default four times storageGib */
  readonly maxStorageGib?: number;
  /** Whether there is a standby in another zone. @default true */
  readonly multiAz?: boolean;
}

/** What a {@link Database} is made of: which engine decides what can be said of it. */
export type DatabaseArgs = AuroraArgs | RdsArgs;
