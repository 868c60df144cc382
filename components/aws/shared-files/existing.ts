import type { SharedFiles } from '../../../constructs/core';
import { checkDirectoryPermissions, checkFileSystemId } from './checks';
import { accessPointVolumes, type FileVolumes } from './volumes';

/** A file system there is already. */
export interface ExistingFileSystemArgs extends FileVolumes {
  /** e.g. `fs-0123456789abcdef0`. It must have mount targets in the zones of the cluster's nodes, and let them in. */
  readonly fileSystemId: string;
}

/**
 * An EFS file system there is already, for volumes. Nothing of it is changed.
 *
 * @throws InvalidInputError if the id or the mode of directories is none
 */
export function existingFileSystem({ fileSystemId, ...volumes }: ExistingFileSystemArgs): SharedFiles {
  checkFileSystemId(fileSystemId, 'existingFileSystem');
  checkDirectoryPermissions(volumes.directoryPermissions, 'existingFileSystem');
  return { volumes: accessPointVolumes(fileSystemId, volumes) };
}
