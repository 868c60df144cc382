import type { Construct } from 'constructs';
import { type ContainerResources, HardenedDaemonSet } from '../core';
import { DRIVER_POD, DRIVER_WAIVERS, driverContainer, livenessSidecar, sidecar } from './containers';
import { CSI_DRIVER_NFS_IMAGES } from './images';

/** What the node half is made of. */
export interface NodeProps {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly kubeletDirectory: string;
  readonly logLevel: number;
  readonly resources: ContainerResources;
}

const HEALTH_PORT = 29653;
const NODE_PODS = { app: 'csi-nfs-node' } as const;

/** The half that mounts volumes into pods, on every node. */
export function node(scope: Construct, props: NodeProps): void {
  const plugin = `${props.kubeletDirectory}/plugins/csi-nfsplugin`;
  const pods = `${props.kubeletDirectory}/pods`;
  new HardenedDaemonSet(scope, 'node', {
    name: 'csi-nfs-node',
    namespace: props.namespace,
    selector: NODE_PODS,
    serviceAccount: props.serviceAccount,
    apiAccess: false,
    priorityClassName: 'system-node-critical',
    // Volumes are wanted wherever pods can be.
    tolerations: [{ operator: 'Exists' }],
    ...DRIVER_POD,
    waivers: [
      ...DRIVER_WAIVERS,
      { policy: 'host-path', reason: "It mounts volumes below the kubelet's directory of pods, and is known to the kubelet by a socket in its directory of plugins." },
    ],
    volumes: [
      { name: 'socket-dir', hostPath: { path: plugin, type: 'DirectoryOrCreate' } },
      { name: 'registration-dir', hostPath: { path: `${props.kubeletDirectory}/plugins_registry`, type: 'Directory' } },
      { name: 'pods-mount-dir', hostPath: { path: pods, type: 'Directory' } },
    ],
    containers: [
      livenessSidecar(HEALTH_PORT),
      sidecar({
        name: 'node-driver-registrar',
        image: CSI_DRIVER_NFS_IMAGES.registrar,
        args: ['--v=2', `--kubelet-registration-path=${plugin}/csi.sock`],
        env: { KUBE_NODE_NAME: { field: 'spec.nodeName' } },
        mounts: [{ name: 'registration-dir', mountPath: '/registration' }],
      }),
      driverContainer({
        logLevel: props.logLevel,
        healthPort: HEALTH_PORT,
        resources: props.resources,
        // What it mounts must be seen by the kubelet and by the pods.
        mounts: [{ name: 'pods-mount-dir', mountPath: pods, mountPropagation: 'Bidirectional' }],
      }),
    ],
  });
}
