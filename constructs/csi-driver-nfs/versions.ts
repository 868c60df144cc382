export const CSI_DRIVER_NFS_VERSION = '4.13.4';
