import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { checkDnsLabel, checkObjectName, checkWholeNumber, Component, type ContainerResources, InvalidInputError, SystemNamespace } from '../core';
import { controller } from './controller';
import { node } from './node';
import { controllerIdentity, nodeIdentity, type SecretRef } from './rbac';
import { CSI_DRIVER_NFS_VERSION } from './versions';

/** Name of the driver, as StorageClasses and PersistentVolumes have it. */
export const NFS_DRIVER = 'nfs.csi.k8s.io';

/** Props of {@link CsiDriverNfs}. */
export interface CsiDriverNfsProps {
  /** Pods of the controller, each on a node of its own; one leads. A cluster of one node takes 1. @default 2 */
  readonly replicas?: number;
  /** Directory of the kubelet on every node: `/var/lib/k0s/kubelet` on k0s, for example. @default '/var/lib/kubelet' */
  readonly kubeletDirectory?: string;
  /**
   * Secrets with mount options, which StorageClasses name for deleting volumes. The controller may read these and no others.
   *
   * @default none
   */
  readonly mountOptionsSecrets?: readonly SecretRef[];
  /** Verbosity of the driver's log, 0 to 10; from 5 on every call is logged. @default 2 */
  readonly logLevel?: number;
  /** PriorityClass of the controller; the node half is `system-node-critical`. @default 'system-cluster-critical' */
  readonly priorityClassName?: string;
  /** Requests and limits of the driver itself; the programs beside it have upstream's. */
  readonly resources?: {
    /** @default 10m to 500m, 20Mi to 200Mi */
    readonly controller?: ContainerResources;
    /** @default 10m to 500m, 20Mi to 300Mi */
    readonly node?: ContainerResources;
  };
}

const NAMESPACE = 'csi-driver-nfs';
const RESOURCES = {
  controller: { cpu: { request: '10m', limit: '500m' }, memory: { request: '20Mi', limit: '200Mi' } },
  node: { cpu: { request: '10m', limit: '500m' }, memory: { request: '20Mi', limit: '300Mi' } },
} as const;

/**
 * The CSI driver for NFS: makes a directory of an existing share for each claim, and mounts it where pods want it. Snapshots, which need
 * CRDs and a controller of their own, are left out.
 *
 * @see https://github.com/kubernetes-csi/csi-driver-nfs/tree/v4.13.4/deploy
 */
export class CsiDriverNfs extends Component {
  /** Name of the driver. */
  readonly driver = NFS_DRIVER;

  /** @throws InvalidInputError for a directory that is not absolute, a malformed Secret, or a number out of its range */
  constructor(scope: Construct, id: string, props: CsiDriverNfsProps = {}) {
    super(scope, id, { version: CSI_DRIVER_NFS_VERSION });
    const { replicas = 2, kubeletDirectory = '/var/lib/kubelet', mountOptionsSecrets = [], priorityClassName = 'system-cluster-critical' } = props;
    const logLevel = checkWholeNumber('logLevel', props.logLevel ?? 2, this.node.path, { least: 0, most: 10 });
    if (!/^(\/[^/\s]+)+$/.test(kubeletDirectory)) {
      throw new InvalidInputError({ property: 'kubeletDirectory', value: kubeletDirectory, expected: "an absolute path without a slash at its end, such as '/var/lib/kubelet'", where: this.node.path });
    }
    for (const { namespace, name } of mountOptionsSecrets) {
      checkDnsLabel('mountOptionsSecrets.namespace', namespace, this.node.path);
      checkObjectName('Secret', name, this.node.path);
    }

    const namespace = new SystemNamespace(this, NAMESPACE, {
      podSecurity: 'privileged',
      waivers: [{ policy: 'pod-security-enforced', reason: 'The driver mounts shares on the node, for which no narrower level has room. Nothing else runs here.' }],
    }).name;
    // GKE admits pods of system-critical priorities only where a quota speaks of them.
    new k8s.KubeResourceQuota(this, 'quota', {
      metadata: { name: 'csi-driver-nfs-critical-pods', namespace },
      spec: {
        hard: { pods: k8s.Quantity.fromString('5000') },
        scopeSelector: { matchExpressions: [{ operator: 'In', scopeName: 'PriorityClass', values: [...new Set(['system-node-critical', priorityClassName])] }] },
      },
    });
    new k8s.KubeCsiDriver(this, 'driver', {
      metadata: { name: NFS_DRIVER },
      spec: { attachRequired: false, volumeLifecycleModes: ['Persistent'], fsGroupPolicy: 'File' },
    });
    controller(this, {
      namespace,
      serviceAccount: controllerIdentity(this, namespace, mountOptionsSecrets).name,
      replicas,
      logLevel,
      priorityClassName,
      resources: props.resources?.controller ?? RESOURCES.controller,
    });
    node(this, {
      namespace,
      serviceAccount: nodeIdentity(this, namespace).name,
      kubeletDirectory,
      logLevel,
      resources: props.resources?.node ?? RESOURCES.node,
    });
  }
}
