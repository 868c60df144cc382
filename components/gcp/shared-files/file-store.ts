import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError, type SharedFiles, type VolumeStorage } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { ClusterNetwork } from '../contracts';

/** GKE's driver, which is an add-on of the cluster (`gcpFilestoreCsiDriverConfig`). @see https://cloud.google.com/filestore/docs/csi-driver */
const PROVISIONER = 'filestore.csi.storage.gke.io';

/** What of Filestore a volume is. */
interface Tier {
  /** As the driver's parameter has it. */
  readonly tier: string;
  /** Volumes share instances. */
  readonly shares: boolean;
  /** Whether data can be encrypted with a key of one's own. */
  readonly ownKey: boolean;
  /** Whether data is in one zone, so that a volume waits for where its pod runs. */
  readonly zonal: boolean;
}

/**
 * Tiers of Filestore by what volumes they make.
 *
 * @see https://github.com/kubernetes-sigs/gcp-filestore-csi-driver/blob/master/pkg/csi_driver/controller.go
 * @see https://cloud.google.com/filestore/docs/cmek
 */
export const FILE_TIERS = {
  shared: { tier: 'enterprise', shares: true, ownKey: true, zonal: false },
  enterprise: { tier: 'enterprise', shares: false, ownKey: true, zonal: false },
  zonal: { tier: 'zonal', shares: false, ownKey: true, zonal: true },
  'basic-ssd': { tier: 'premium', shares: false, ownKey: false, zonal: true },
  'basic-hdd': { tier: 'standard', shares: false, ownKey: false, zonal: true },
} as const satisfies Readonly<Record<string, Tier>>;

/** Kind of volumes. */
export type FileTier = keyof typeof FILE_TIERS;

/** Sizes in GiB up to which volumes of a shared instance may grow: the smaller, the more of them share one of 10 TiB. */
export const SHARED_VOLUME_GIB = [128, 256, 512, 1024] as const;

/** Instances of `shared` volumes bear this label, by which the driver finds them again. */
const LABEL = /^[a-z]([a-z0-9_-]{0,61}[a-z0-9])?$/;

/** What volumes of a {@link FileStore} are. */
export interface FileStoreArgs {
  /** Id of the cluster's project. */
  readonly project: string;
  /** The VPC that volumes are in. */
  readonly network: Pick<ClusterNetwork, 'networkId' | 'serviceConnection'>;
  /**
   * - `shared`: volumes from 10 GiB that share instances, in two zones at once. An instance begins with 1 TiB.
   * - `enterprise`: an instance a volume, in two zones at once, from 1 TiB.
   * - `zonal`: a fast instance a volume in one zone, from 10 TiB.
   * - `basic-ssd` (from 2.5 TiB), `basic-hdd` (from 1 TiB): an instance a volume in one zone, encrypted with a key of Google's only.
   *
   * @default 'shared'
   */
  readonly tier?: FileTier;
  /** Key that files are encrypted with, which the service agent of Filestore may use: `keys.key('files')`. Not for basic tiers, and needed by all others. */
  readonly key?: pulumi.Input<string>;
  /** GiB up to which a volume of tier `shared` may grow. @default 128: 80 volumes share an instance */
  readonly maxVolumeGib?: (typeof SHARED_VOLUME_GIB)[number];
  /** Named range of the service connection that addresses come from. @default any of its ranges */
  readonly reservedRange?: string;
}

/**
 * Files that many pods share, on Filestore: GKE's CSI driver makes instances and shares as volumes are claimed, inside the VPC by the connection of managed
 * services. It makes nothing by itself, and so nothing here is protected: what becomes of files says the StorageClass (`reclaimPolicy`).
 *
 * @throws InvalidInputError for a tier that is not known, a key where there can be none or none where there must be, and sizes that are not offered
 */
export class FileStore implements SharedFiles {
  readonly volumes: VolumeStorage;

  constructor(name: string, args: FileStoreArgs) {
    const { tier: kind = 'shared', key, maxVolumeGib = 128, reservedRange, network, project } = args;
    check(name, args);
    const { tier, shares, zonal } = FILE_TIERS[kind];
    // Instances need the connection, though the driver is not told which one.
    const vpc = pulumi.all([network.networkId, network.serviceConnection.urn]).apply(([id]) => networkName(id, project));
    this.volumes = {
      provisioner: PROVISIONER,
      parameters: {
        tier,
        ...(shares && { multishare: 'true', 'instance-storageclass-label': name, 'max-volume-size': `${maxVolumeGib}Gi` }),
        network: asString(vpc, 'the network of shared files'),
        'connect-mode': 'PRIVATE_SERVICE_ACCESS',
        ...(reservedRange !== undefined && { 'reserved-ip-range': reservedRange }),
        ...(key !== undefined && { 'instance-encryption-kms-key': asString(pulumi.output(key), 'the key of shared files') }),
      },
      expandable: true,
      waitForConsumer: zonal,
    };
  }
}

/** The driver names a network of its own project shortly, one that is shared by another project by its path. */
function networkName(id: string, project: string): string {
  const [path = id, owner, name = id] = /projects\/([^/]+)\/global\/networks\/([^/]+)$/.exec(id) ?? [];
  return owner === project ? name : path;
}

function check(where: string, { tier = 'shared', key, maxVolumeGib }: FileStoreArgs): void {
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where });
  };
  if (!Object.hasOwn(FILE_TIERS, tier)) refuse('tier', tier, `one of ${Object.keys(FILE_TIERS).join(', ')}`);
  const { ownKey, shares } = FILE_TIERS[tier];
  if (!ownKey && key !== undefined) refuse('tier', tier, 'another tier: basic ones are encrypted with a key of Google\'s only; leave the key out to have one of them');
  if (ownKey && key === undefined) refuse('key', key, `a key in Cloud KMS: files of tier '${tier}' are encrypted with one`);
  if (!shares && maxVolumeGib !== undefined) refuse('maxVolumeGib', maxVolumeGib, "none: only volumes of tier 'shared' have a size they may grow to");
  if (maxVolumeGib !== undefined && !SHARED_VOLUME_GIB.includes(maxVolumeGib)) refuse('maxVolumeGib', maxVolumeGib, `one of ${SHARED_VOLUME_GIB.join(', ')}`);
  if (shares && !LABEL.test(where)) refuse('name', where, "lower-case letters, digits, '-' and '_', a letter first, at most 63 characters: instances are labelled with it");
}
