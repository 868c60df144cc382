/** What one node has for pods, once the system has taken its part. */
export interface NodeCapacity {
  /** Thousandths of a core. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** GPUs by the name of their resource, e.g. `nvidia.com/gpu`. */
  readonly gpus: Readonly<Record<string, number>>;
  /** How many pods it takes. */
  readonly pods: number;
  /** Bytes of its disk that pods may use. */
  readonly ephemeralStorage: number;
}

/** A taint of a node. */
export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Nodes of one kind, and how many there may be. */
export interface NodePoolCapacity {
  readonly name: string;
  /** Fewest nodes. */
  readonly min: number;
  /** Most nodes, with autoscaling. */
  readonly max: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly NodeTaint[];
  /** Of one node. */
  readonly allocatable: NodeCapacity;
}
