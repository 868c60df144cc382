import type { Provided } from '../component';

/** What a StorageClass says of volumes. */
export interface VolumeStorage {
  /** CSI driver that makes them, e.g. `ebs.csi.aws.com`. */
  readonly provisioner: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mountOptions?: readonly string[];
  /** @default true */
  readonly expandable?: boolean;
  /** Whether a volume waits for its pod, so that it is made where the pod runs. @default true */
  readonly waitForConsumer?: boolean;
}

/** Volumes for one node at a time. */
export interface BlockStorage extends Provided {
  readonly volumes: VolumeStorage;
}

/** Volumes that pods on many nodes read and write together. */
export interface SharedFiles extends Provided {
  readonly volumes: VolumeStorage;
}
