import type * as pulumi from '@pulumi/pulumi';
import type { Retention } from '../../retention';
import type { Keys } from '../keys';
import type { AksNetwork } from '../network';
import type { SystemPool } from '../nodes';
import type { SignIn } from './kubeconfig';
import type { MaintenanceWindow } from './maintenance';

/** Props of {@link AksCluster}. */
export interface AksClusterArgs {
  readonly network: AksNetwork;
  /** What secrets in etcd and disks are encrypted with. */
  readonly keys: Pick<Keys, 'secretsKey' | 'diskEncryptionSetId'>;
  /** Log Analytics workspace that audit logs and Defender write to. */
  readonly workspaceId: pulumi.Input<string>;
  /** Directory that people and tokens are checked against. */
  readonly tenantId: string;
  /** Minor version such as `1.34`; patches come by themselves. */
  readonly kubernetesVersion: string;
  /** Versions that the platform runs on, as a semver range such as `>=1.32 <1.36`. @default any */
  readonly supported?: string;
  /** Nodes that the cluster itself runs on. */
  readonly systemPool: SystemPool;
  /** Name of the cluster in Azure and of its kubeconfig context. @default the name of the component */
  readonly clusterName?: string;
  /**
   * Public ranges that reach the API server, up to 200, such as `203.0.113.0/24`.
   * @default none: the API server is private, and is reached from its network and those connected to it
   */
  readonly authorizedIpRanges?: readonly string[];
  /** Whether the private API server's name is also in public DNS, with its private address. Spares connected networks a DNS zone of their own. @default false */
  readonly publicDnsName?: boolean;
  /** Object ids of Entra groups whose members administer the cluster. @default none: whoever has a role in Azure for it */
  readonly adminGroupObjectIds?: readonly string[];
  /** Object id of who deploys the platform, who is made administrator of this cluster. @default nobody: a role from elsewhere is there already */
  readonly deployerObjectId?: string;
  /** How kubectl and Pulumi sign in to the cluster. @default 'azurecli' */
  readonly signIn?: SignIn;
  /** When Azure may upgrade cluster and nodes. @default Sundays from 02:00, 4 hours, UTC */
  readonly maintenance?: MaintenanceWindow;
  /** Whether the add-on that applies Azure Policy to the cluster is on. It brings a Gatekeeper of its own. @default false */
  readonly azurePolicy?: boolean;
  /** `Premium` brings support for a version for two years. @default 'Standard' */
  readonly tier?: 'Standard' | 'Premium';
  /** With `keep`, a lock keeps the cluster from being deleted. @default 'keep' */
  readonly retention?: Retention;
  /** @default none */
  readonly tags?: Readonly<Record<string, string>>;
}
