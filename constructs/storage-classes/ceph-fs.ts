import { checkDnsLabel, checkObjectName, hasToken, InvalidInputError, type SharedFiles } from '../core';

/** A Secret with the credentials of a Ceph user (`userID` and `userKey`; older drivers: `adminID` and `adminKey`). */
export interface CephSecret {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Props of {@link cephFs}.
 *
 * @see https://github.com/ceph/ceph-csi/blob/devel/examples/cephfs/storageclass.yaml
 */
export interface CephFsProps {
  /** Id of the Ceph cluster in the driver's configuration, at most 36 bytes; with Rook, the namespace of the cluster. */
  readonly clusterId: string;
  /** Name of the file system. */
  readonly fsName: string;
  /** Pool of the data. @default the file system's */
  readonly pool?: string;
  /** Credentials for making, enlarging and deleting volumes. */
  readonly provisionerSecret: CephSecret;
  /** Credentials for mounting. @default provisionerSecret */
  readonly nodeSecret?: CephSecret;
  /** Client that mounts. @default what the driver finds */
  readonly mounter?: 'kernel' | 'fuse';
  /** Name of the driver; Rook puts its operator's namespace before it. @default 'cephfs.csi.ceph.com' */
  readonly driver?: string;
  readonly mountOptions?: readonly string[];
}

const WHERE = 'cephFs';
const LONGEST_CLUSTER_ID = 36;

/**
 * Files on CephFS, with the ceph-csi that the cluster has already.
 *
 * @throws InvalidInputError for an id that is too long, an empty name, or a malformed Secret or driver
 */
export function cephFs(props: CephFsProps): SharedFiles {
  const { clusterId, fsName, pool, provisionerSecret, nodeSecret = provisionerSecret, mounter, driver = 'cephfs.csi.ceph.com', mountOptions } = props;
  if (!hasToken(clusterId) && (clusterId === '' || Buffer.byteLength(clusterId) > LONGEST_CLUSTER_ID)) {
    throw new InvalidInputError({ property: 'clusterId', value: clusterId, expected: `an id of 1 to ${LONGEST_CLUSTER_ID} bytes`, where: WHERE });
  }
  for (const [property, value] of Object.entries({ fsName, ...(pool !== undefined && { pool }) })) {
    if (!hasToken(value) && !/^[^\s/]+$/.test(value)) throw new InvalidInputError({ property, value, expected: 'a name without blanks', where: WHERE });
  }
  checkObjectName('CSIDriver', driver, WHERE);
  return {
    volumes: {
      provisioner: driver,
      parameters: {
        clusterID: clusterId,
        fsName,
        ...(pool !== undefined && { pool }),
        ...(mounter && { mounter }),
        ...secretParameters('provisioner', provisionerSecret),
        ...secretParameters('controller-expand', provisionerSecret),
        ...secretParameters('node-stage', nodeSecret),
      },
      ...(mountOptions && { mountOptions }),
      waitForConsumer: false,
    },
  };
}

function secretParameters(use: string, { namespace, name }: CephSecret): Readonly<Record<string, string>> {
  checkDnsLabel(`${use} secret's namespace`, namespace, WHERE);
  checkObjectName('Secret', name, WHERE);
  return { [`csi.storage.k8s.io/${use}-secret-name`]: name, [`csi.storage.k8s.io/${use}-secret-namespace`]: namespace };
}
