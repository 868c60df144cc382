import type { Image } from '../core';
import { CSI_DRIVER_NFS_VERSION } from './versions';

const SIG_STORAGE = 'registry.k8s.io';

/** Images of the NFS driver, and of the programs between it and Kubernetes, at the versions the release names. */
export const CSI_DRIVER_NFS_IMAGES = {
  driver: { registry: SIG_STORAGE, repository: 'sig-storage/nfsplugin', tag: `v${CSI_DRIVER_NFS_VERSION}` },
  provisioner: { registry: SIG_STORAGE, repository: 'sig-storage/csi-provisioner', tag: 'v6.3.0' },
  resizer: { registry: SIG_STORAGE, repository: 'sig-storage/csi-resizer', tag: 'v2.2.0' },
  registrar: { registry: SIG_STORAGE, repository: 'sig-storage/csi-node-driver-registrar', tag: 'v2.17.0' },
  livenessProbe: { registry: SIG_STORAGE, repository: 'sig-storage/livenessprobe', tag: 'v2.19.0' },
} as const satisfies Record<string, Image>;
