import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { type BlockStorage, checkObjectName, Component, InvalidInputError, type SharedFiles, type VolumeStorage } from '../core';
import type { StorageClassRef } from './storage-class-ref';
import { STORAGE_API_VERSION } from './versions';

/** What becomes of a volume when its claim is deleted. */
export type ReclaimPolicy = 'Delete' | 'Retain';

/** Props of {@link StorageClasses}. At least one of `block` and `shared` is needed. */
export interface StorageClassesProps {
  /** Volumes for one node at a time, or a StorageClass of such that exists. @default none */
  readonly block?: BlockStorage | StorageClassRef;
  /** Volumes for many nodes together, or a StorageClass of such that exists. @default none */
  readonly shared?: SharedFiles | StorageClassRef;
  /** Names of the StorageClasses that are declared here. */
  readonly names?: {
    /** @default 'kubeflow-block' */
    readonly block?: string;
    /** @default 'kubeflow-shared' */
    readonly shared?: string;
  };
  /** What becomes of volumes whose claim is deleted. */
  readonly reclaimPolicy?: {
    /** @default 'Delete' */
    readonly block?: ReclaimPolicy;
    /** People's files: whoever deletes a claim by mistake has not lost them. @default 'Retain' */
    readonly shared?: ReclaimPolicy;
  };
  /**
   * Whether claims that name no class get `block`. Where the cluster brings a default class of its own, take that one's annotation
   * away: of two, the newer one counts.
   *
   * @default true
   */
  readonly blockIsDefault?: boolean;
}

/** Annotation of the class that claims get which name none. */
const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** The StorageClasses the platform's volumes come from, whatever the drivers behind them. */
export class StorageClasses extends Component {
  /** The class of volumes for one node at a time. */
  readonly block?: StorageClassRef;
  /** The class of volumes for many nodes together. */
  readonly shared?: StorageClassRef;

  /** @throws InvalidInputError for no storage at all, two classes of one name, or a name that is none */
  constructor(scope: Construct, id: string, props: StorageClassesProps) {
    super(scope, id, { version: STORAGE_API_VERSION, requires: [props.block, props.shared] });
    const { block, shared, names, reclaimPolicy, blockIsDefault = true } = props;
    const where = this.node.path;
    const blockName = names?.block ?? 'kubeflow-block';
    const sharedName = names?.shared ?? 'kubeflow-shared';
    if (!block && !shared) throw new InvalidInputError({ property: 'block', value: block, expected: 'storage here, or as shared', where });
    this.refuseUnused('block', block, names?.block ?? reclaimPolicy?.block);
    this.refuseUnused('shared', shared, names?.shared ?? reclaimPolicy?.shared);
    if (block && shared && declares(block) && declares(shared) && blockName === sharedName) {
      throw new InvalidInputError({ property: 'names.shared', value: sharedName, expected: 'a name that names.block has not', where });
    }
    for (const name of [blockName, sharedName]) checkObjectName('StorageClass', name, where);

    if (block) this.block = this.storageClass('block', block, { name: blockName, reclaimPolicy: reclaimPolicy?.block ?? 'Delete', isDefault: blockIsDefault });
    if (shared) this.shared = this.storageClass('shared', shared, { name: sharedName, reclaimPolicy: reclaimPolicy?.shared ?? 'Retain', isDefault: false });
  }

  /** A setting that nothing would follow is a mistake. */
  private refuseUnused(which: 'block' | 'shared', storage: BlockStorage | StorageClassRef | undefined, setting: string | undefined): void {
    if (setting === undefined || (storage && declares(storage))) return;
    const expected = `no name and no reclaim policy of ${which}, because ${storage ? 'its StorageClass exists and is not changed here' : 'there is none'}`;
    throw new InvalidInputError({ property: `names.${which} or reclaimPolicy.${which}`, value: setting, expected, where: this.node.path });
  }

  private storageClass(
    which: string,
    storage: BlockStorage | StorageClassRef,
    { name, reclaimPolicy, isDefault }: { readonly name: string; readonly reclaimPolicy: ReclaimPolicy; readonly isDefault: boolean },
  ): StorageClassRef {
    if (!declares(storage)) return storage;
    const { provisioner, parameters, mountOptions, expandable, waitForConsumer }: VolumeStorage = storage.volumes;
    new k8s.KubeStorageClass(this, which, {
      metadata: { name, annotations: isDefault ? { [IS_DEFAULT]: 'true' } : {} },
      provisioner,
      parameters: { ...parameters },
      ...(mountOptions && { mountOptions: [...mountOptions] }),
      reclaimPolicy,
      allowVolumeExpansion: expandable ?? true,
      volumeBindingMode: waitForConsumer ?? true ? 'WaitForFirstConsumer' : 'Immediate',
    });
    return { storageClassName: name, providedBy: this };
  }
}

/** Whether a class is declared for it here. */
function declares(storage: BlockStorage | StorageClassRef): storage is BlockStorage {
  return 'volumes' in storage;
}
