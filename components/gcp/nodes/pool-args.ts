import type * as pulumi from '@pulumi/pulumi';
import type { NodeTaint } from '../../capacity';
import type { GkeTarget } from '../cluster/target';
import type { NodeAccount } from './account';
import type { AttachedGpus } from './gpus';

/** What all pools have. */
interface PoolArgs {
  readonly cluster: GkeTarget;
  readonly account: NodeAccount;
  /** Key that boot disks are encrypted with. */
  readonly diskKey: pulumi.Input<string>;
  /** Fewest nodes, in all zones together. @default 3 of system, 0 of the others */
  readonly min?: number;
  /** Most nodes, in all zones together. @default 6 of system, 10 of cpu, 4 of gpu */
  readonly max?: number;
  /** Zones of the nodes. @default those of the cluster */
  readonly zones?: readonly string[];
  /** Size of the boot disk in GiB, 50 to 65536. @default 100 */
  readonly diskGib?: number;
  /** Pods on a node, 8 to 256, and not more than the pod range has room for. @default that of the cluster */
  readonly maxPodsPerNode?: number;
  /** Labels of the nodes besides `kubeflow-cdk.dev/pool`. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the nodes besides those of their kind. @default none */
  readonly taints?: readonly NodeTaint[];
}

/** Nodes for the platform itself. They are always there. */
export interface SystemPoolArgs extends PoolArgs {
  readonly kind: 'system';
  /** @default 'e2-standard-4' */
  readonly machineType?: string;
}

/** Nodes for workloads without GPUs. */
export interface CpuPoolArgs extends PoolArgs {
  readonly kind: 'cpu';
  /** @default 'n2-standard-8' */
  readonly machineType?: string;
  /** Cheaper machines that Google may take back; pods must tolerate the taint `cloud.google.com/gke-spot=true`. @default false */
  readonly spot?: boolean;
}

/** How GPU machines are got. */
export type GpuProvisioning =
  /** When they are free, for as long as they are used. */
  | 'on-demand'
  /** Cheaper, and Google may take them back. */
  | 'spot'
  /** Dynamic Workload Scheduler: when there is one, for at most seven days. */
  | 'flex-start'
  /** Dynamic Workload Scheduler, all that a job needs at once: jobs ask by a ProvisioningRequest (Kueue makes them). */
  | 'queued'
  /** Out of a reservation of Compute Engine. */
  | { readonly reservation: string };

/** Nodes with GPUs. Pods that ask for `nvidia.com/gpu` tolerate their taint by themselves. */
export interface GpuPoolArgs extends PoolArgs {
  readonly kind: 'gpu';
  /** @default 'g2-standard-8' */
  readonly machineType?: string;
  /** GPUs to attach, to machines of series n1. @default those of the machine type */
  readonly gpus?: AttachedGpus;
  /** @default 'on-demand' */
  readonly provisioning?: GpuProvisioning;
  /** Which driver of NVIDIA's GKE installs: the one it ships with its version, or the latest for it. @default 'DEFAULT' */
  readonly driver?: 'DEFAULT' | 'LATEST';
}

/** Props of {@link NodePool}. */
export type NodePoolArgs = SystemPoolArgs | CpuPoolArgs | GpuPoolArgs;

/** What pools have unless they say otherwise. */
export const POOL_DEFAULTS = {
  system: { machineType: 'e2-standard-4', min: 3, max: 6 },
  cpu: { machineType: 'n2-standard-8', min: 0, max: 10 },
  gpu: { machineType: 'g2-standard-8', min: 0, max: 4 },
} as const;
