import { checkObjectName, type Provided } from '../core';

/** A StorageClass, as claims name it. */
export interface StorageClassRef extends Provided {
  readonly storageClassName: string;
}

/**
 * A StorageClass that the cluster has already.
 *
 * @throws InvalidInputError for a name that is none
 */
export function existingStorageClass(name: string): StorageClassRef {
  checkObjectName('StorageClass', name, 'existingStorageClass');
  return { storageClassName: name };
}
