export { cephFs, type CephFsProps, type CephSecret } from './ceph-fs';
export { nfsFiles, type NfsFilesProps } from './nfs-files';
export { existingStorageClass, type StorageClassRef } from './storage-class-ref';
export { type ReclaimPolicy, StorageClasses, type StorageClassesProps } from './storage-classes';
