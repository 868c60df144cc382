export { AUTO_NAME_SUFFIX, STORAGE_ACCOUNT_NAME } from './account-name';
export { BlobContainer, BLOB_SOFT_DELETE_DAYS, type BlobContainerArgs, type BlobRedundancy } from './blob-container';
export { existingContainer, findContainer, type ExistingContainerArgs } from './existing';
export { BLOB_ROLES } from './grant';
export { assumedContainerLookups, liveContainerLookups, type ContainerLookups, type ContainerName, type FoundContainer } from './lookups';
