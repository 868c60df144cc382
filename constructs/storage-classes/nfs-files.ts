import { checkDnsLabel, checkObjectName, hasToken, InvalidInputError, type SharedFiles } from '../core';
import { type CsiDriverNfs, NFS_DRIVER, type SecretRef } from '../csi-driver-nfs';

/**
 * Props of {@link nfsFiles}.
 *
 * @see https://github.com/kubernetes-csi/csi-driver-nfs/blob/v4.13.4/docs/driver-parameters.md
 */
export interface NfsFilesProps {
  /** Host name or address of the server. May be known at deploy time only. */
  readonly server: string;
  /** Path the server exports, e.g. `/exports/kubeflow`. May be known at deploy time only. */
  readonly share: string;
  /** The driver, if it is deployed here. @default the cluster has it already */
  readonly driver?: CsiDriverNfs;
  /**
   * Directory of a volume below the share. It may hold `${pvc.metadata.name}`, `${pvc.metadata.namespace}` and `${pv.metadata.name}`,
   * and should tell volumes apart.
   *
   * @default the name of the PersistentVolume
   */
  readonly subDirectory?: string;
  /** Mode a volume's directory is given, in octal digits, e.g. `0770`. @default as the server has it */
  readonly mountPermissions?: string;
  /** What becomes of the directory of a deleted volume; counts only where volumes are deleted, not retained. @default 'delete' */
  readonly onDelete?: 'delete' | 'retain' | 'archive';
  /** @default ['nfsvers=4.1'] */
  readonly mountOptions?: readonly string[];
  /**
   * Secret whose key `mountOptions` has the options for deleting volumes, which cannot be taken from `mountOptions`. Also tell
   * `CsiDriverNfs` of it.
   *
   * @default none
   */
  readonly mountOptionsSecret?: SecretRef;
}

const WHERE = 'nfsFiles';

/**
 * Files on an NFS server: a directory of a share for each claim.
 *
 * @throws InvalidInputError for a server, path, mode or Secret that cannot be
 */
export function nfsFiles(props: NfsFilesProps): SharedFiles {
  const { server, share, driver, subDirectory, mountPermissions, onDelete, mountOptions = ['nfsvers=4.1'], mountOptionsSecret: secret } = props;
  const refuse = (property: string, value: unknown, expected: string): never => {
    throw new InvalidInputError({ property, value, expected, where: WHERE });
  };
  if (!hasToken(server) && !/^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/.test(server)) {
    refuse('server', server, "a host name or an address, without scheme, port or path, such as 'nfs.example.com'");
  }
  if (!hasToken(share) && !/^\/[^\s#]*$/.test(share)) refuse('share', share, "an absolute path without '#', such as '/exports/kubeflow'");
  if (subDirectory !== undefined && (/^\/|\s|#/.test(subDirectory) || subDirectory.split('/').some((part) => part === '' || part === '..'))) {
    refuse('subDirectory', subDirectory, "a path below the share without '..' and '#', such as '${pvc.metadata.namespace}/${pvc.metadata.name}'");
  }
  if (mountPermissions !== undefined && !/^0?[0-7]{3,4}$/.test(mountPermissions)) refuse('mountPermissions', mountPermissions, "octal digits such as '0770'");
  if (secret) {
    checkDnsLabel('mountOptionsSecret.namespace', secret.namespace, WHERE);
    checkObjectName('Secret', secret.name, WHERE);
  }
  return {
    providedBy: driver,
    volumes: {
      provisioner: driver?.driver ?? NFS_DRIVER,
      parameters: {
        server,
        share,
        ...(subDirectory !== undefined && { subDir: subDirectory }),
        ...(mountPermissions !== undefined && { mountPermissions }),
        ...(onDelete && { onDelete }),
        ...(secret && { 'csi.storage.k8s.io/provisioner-secret-name': secret.name, 'csi.storage.k8s.io/provisioner-secret-namespace': secret.namespace }),
      },
      mountOptions,
      // A share is the same from every node.
      waitForConsumer: false,
    },
  };
}
