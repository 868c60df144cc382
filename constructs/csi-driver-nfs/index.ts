export { CsiDriverNfs, type CsiDriverNfsProps, NFS_DRIVER } from './csi-driver-nfs';
export { CSI_DRIVER_NFS_IMAGES } from './images';
export type { SecretRef } from './rbac';
export { CSI_DRIVER_NFS_VERSION } from './versions';
