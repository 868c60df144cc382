export { FileSystem, type FileSystemArgs } from './file-system';
export { existingFileSystem, type ExistingFileSystemArgs } from './existing';
export type { FileVolumes } from './volumes';
