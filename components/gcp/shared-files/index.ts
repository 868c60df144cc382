export { existingFileStore, type ExistingFileStoreArgs } from './existing';
export { FileStore, type FileStoreArgs, type FileTier } from './file-store';
export { assumedFileStores, type FileLookups, type FoundFileStore, liveFileStores } from './lookups';
