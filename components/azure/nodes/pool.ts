import type { NodeTaint } from '../../capacity';

/** What all pools have. */
interface PoolBase {
  /** 1 to 12 lower-case letters and digits, the first one a letter. */
  readonly name: string;
  /** Size of its machines, e.g. `Standard_D8ds_v5`. */
  readonly vmSize: string;
  /** Fewest nodes. @default 3 for a system pool, 1 for one with CPUs, 0 with GPUs or on spot */
  readonly min?: number;
  /** Most nodes that the cluster autoscaler makes, up to 1000. */
  readonly max: number;
  /** Availability zones, which it spans; `[]` where the location has none. @default all three */
  readonly zones?: readonly string[];
  /** @default 'AzureLinux' */
  readonly os?: NodeOs;
  /** @default 128 */
  readonly osDiskGiB?: number;
  /** Pods that a node takes, 30 to 250. More of them leave less memory: AKS keeps 20 MiB for each. @default 110 */
  readonly maxPods?: number;
  /** @default none but those of its kind */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none but those of its kind */
  readonly taints?: readonly NodeTaint[];
  /**
   * Secure boot and a virtual TPM. Modules of GPU drivers that are built on the node are not signed for secure boot.
   * @default true, false with GPUs
   */
  readonly trustedLaunch?: boolean;
  /** Whether the host encrypts caches and temporary disks. The subscription must have the feature `Microsoft.Compute/EncryptionAtHost`. @default true */
  readonly encryptionAtHost?: boolean;
}

/** Operating systems of nodes. */
export type NodeOs = 'AzureLinux' | 'Ubuntu';

/** What the cluster itself runs on; nothing else is scheduled there. */
export interface SystemPool extends PoolBase {
  readonly kind: 'system';
}

/** What pays for nodes of other pools. */
interface Purchase {
  /** Spare machines for less, which Azure takes back when it needs them. @default false */
  readonly spot?: boolean;
  /** Id of a capacity reservation group whose machines are used. @default none */
  readonly capacityReservationGroupId?: string;
}

/** What the platform and people's work run on. */
export interface CpuPool extends PoolBase, Purchase {
  readonly kind: 'cpu';
}

/** Nodes with GPUs, tainted so that only pods that ask for GPUs get there. */
export interface GpuPool extends PoolBase, Purchase {
  readonly kind: 'gpu';
  /** Who installs drivers: AKS with the node, or an operator in the cluster. The device plugin is the operator's in both cases. @default 'aks' */
  readonly drivers?: 'aks' | 'operator';
}

export type UserPool = CpuPool | GpuPool;
export type NodePool = SystemPool | UserPool;

const FEWEST = { system: 3, cpu: 1, gpu: 0 } as const;

export function minNodesOf(pool: NodePool): number {
  return pool.min ?? (isSpot(pool) ? 0 : FEWEST[pool.kind]);
}

export function maxPodsOf(pool: NodePool): number {
  return pool.maxPods ?? 110;
}

export function osDiskGiBOf(pool: NodePool): number {
  return pool.osDiskGiB ?? 128;
}

export function zonesOf(pool: NodePool): readonly string[] {
  return pool.zones ?? ['1', '2', '3'];
}

export function hasTrustedLaunch(pool: NodePool): boolean {
  return pool.trustedLaunch ?? pool.kind !== 'gpu';
}

export function isSpot(pool: NodePool): boolean {
  return pool.kind !== 'system' && pool.spot === true;
}
