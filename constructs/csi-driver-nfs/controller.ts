import type { Construct } from 'constructs';
import type { k8s } from 'cdk8s-plus-27';
import { type ContainerResources, HardenedDeployment } from '../core';
import { DRIVER_POD, DRIVER_WAIVERS, driverContainer, livenessSidecar, sidecar } from './containers';
import { CSI_DRIVER_NFS_IMAGES } from './images';

/** Labels that select the controller's pods. */
export const CONTROLLER_PODS = { app: 'csi-nfs-controller' } as const;

/** What the controller is made of. */
export interface ControllerProps {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly replicas: number;
  readonly logLevel: number;
  readonly resources: ContainerResources;
  readonly priorityClassName: string;
}

const HEALTH_PORT = 29652;
const LEADER_ELECTION = ['--leader-election', '--leader-election-namespace=$(POD_NAMESPACE)'] as const;
const POD_NAMESPACE = { POD_NAMESPACE: { field: 'metadata.namespace' } } as const;

/** Control planes of small clusters are tainted, and the only nodes that are always there. */
const TOLERATIONS: readonly k8s.Toleration[] = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master', 'CriticalAddonsOnly'].map((key) => ({
  key,
  operator: 'Exists',
  effect: 'NoSchedule',
}));

/** The half that makes, enlarges and deletes volumes: directories of a share, which it mounts for that. */
export function controller(scope: Construct, props: ControllerProps): void {
  new HardenedDeployment(scope, 'controller', {
    name: 'csi-nfs-controller',
    namespace: props.namespace,
    selector: CONTROLLER_PODS,
    replicas: props.replicas,
    // On the node's network two pods of a node would want the same port: the new one comes where an old one went.
    maxSurge: 0,
    maxUnavailable: 1,
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: CONTROLLER_PODS }, topologyKey: 'kubernetes.io/hostname' }] } },
    serviceAccount: props.serviceAccount,
    apiAccess: 'Provisioner and resizer watch claims, and make and change the PersistentVolumes of this driver.',
    priorityClassName: props.priorityClassName,
    tolerations: TOLERATIONS,
    ...DRIVER_POD,
    waivers: DRIVER_WAIVERS,
    volumes: [{ name: 'socket-dir', emptyDir: {} }],
    containers: [
      sidecar({
        name: 'csi-provisioner',
        image: CSI_DRIVER_NFS_IMAGES.provisioner,
        args: ['--v=2', ...LEADER_ELECTION, '--extra-create-metadata=true', '--feature-gates=VolumeAttributesClass=false', '--timeout=1200s', '--retry-interval-max=30m'],
        env: POD_NAMESPACE,
        memoryLimit: '400Mi',
      }),
      sidecar({
        name: 'csi-resizer',
        image: CSI_DRIVER_NFS_IMAGES.resizer,
        args: ['--v=2', ...LEADER_ELECTION, '--handle-volume-inuse-error=false', '--feature-gates=VolumeAttributesClass=false'],
        env: POD_NAMESPACE,
        memoryLimit: '400Mi',
      }),
      livenessSidecar(HEALTH_PORT),
      // It mounts shares below its own /tmp, for as long as it makes or deletes a directory.
      driverContainer({ logLevel: props.logLevel, healthPort: HEALTH_PORT, resources: props.resources, mounts: [] }),
    ],
  });
}
