import type { k8s } from 'cdk8s-plus-27';
import type { ContainerProps, ContainerResources, Waiver } from '../core';
import { httpProbe } from '../core';
import { CSI_DRIVER_NFS_IMAGES } from './images';

/** Where the driver's socket is, in every container. */
export const SOCKET_DIRECTORY = '/csi';
export const SOCKET_MOUNT: k8s.VolumeMount = { name: 'socket-dir', mountPath: SOCKET_DIRECTORY };
const SOCKET = `${SOCKET_DIRECTORY}/csi.sock`;

/** Only the program itself and the kubelet, which is on the same network, ask for its health. */
const LOOPBACK = '127.0.0.1';

/** What the driver's pods must be let do, whichever half it is. */
export const DRIVER_WAIVERS: readonly Waiver[] = [
  { policy: 'privileged', reason: 'The driver mounts NFS shares, which takes a privileged container.', containers: ['nfs'] },
  { policy: 'privilege-escalation', reason: 'A privileged container may always gain privileges; the API server accepts nothing else.', containers: ['nfs'] },
  { policy: 'capabilities', reason: 'Mounting takes SYS_ADMIN; runtimes differ in whether a privileged container that drops all has it anyway.', containers: ['nfs'] },
  { policy: 'run-as-non-root', reason: 'Mounting is for root, and the socket of the driver is open to its owner alone.' },
  { policy: 'host-network', reason: 'NFS servers export to the addresses of nodes, and a mount must outlive the pod that made it.' },
  { policy: 'probe-host', reason: 'On the network of the node the health endpoint listens on loopback only, where no other machine reaches it.' },
];

/** Pods of both halves: on the node's network, and as root. */
export const DRIVER_POD = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet', runAsNonRoot: false, runAsUser: 0 } as const;

const SIDECAR_RESOURCES: ContainerResources = { cpu: { request: '10m', limit: '200m' }, memory: { request: '20Mi', limit: '100Mi' } };

/** What the driver's container is told. */
export interface DriverContainer {
  readonly logLevel: number;
  readonly healthPort: number;
  readonly resources: ContainerResources;
  readonly mounts: readonly k8s.VolumeMount[];
}

/** The driver itself. */
export function driverContainer({ logLevel, healthPort, resources, mounts }: DriverContainer): ContainerProps {
  const { httpGet, ...timing } = httpProbe('/healthz', healthPort, { initialDelaySeconds: 30, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 });
  return {
    name: 'nfs',
    image: CSI_DRIVER_NFS_IMAGES.driver,
    args: [`--v=${logLevel}`, '--nodeid=$(NODE_ID)', '--endpoint=$(CSI_ENDPOINT)'],
    env: { NODE_ID: { field: 'spec.nodeName' }, CSI_ENDPOINT: `unix://${SOCKET}` },
    resources,
    ...(httpGet && { liveness: { ...timing, httpGet: { ...httpGet, host: LOOPBACK } } }),
    mounts: [SOCKET_MOUNT, ...mounts],
    security: {
      privileged: true,
      addCapabilities: ['SYS_ADMIN'],
      writableRoot: 'Mounting with NFSv3 starts daemons that keep locks and process ids where the image has directories for them.',
    },
  };
}

/** A program beside the driver that speaks to it through its socket. */
export function sidecar(props: Pick<ContainerProps, 'name' | 'image' | 'args' | 'env' | 'mounts'> & { readonly memoryLimit?: string }): ContainerProps {
  const { memoryLimit, args, mounts, ...rest } = props;
  return {
    ...rest,
    args: [`--csi-address=${SOCKET}`, ...(args ?? [])],
    mounts: [SOCKET_MOUNT, ...(mounts ?? [])],
    resources: memoryLimit === undefined ? SIDECAR_RESOURCES : { ...SIDECAR_RESOURCES, memory: { request: '20Mi', limit: memoryLimit } },
  };
}

/** Asks the driver how it is, for the kubelet. */
export function livenessSidecar(healthPort: number): ContainerProps {
  return sidecar({
    name: 'liveness-probe',
    image: CSI_DRIVER_NFS_IMAGES.livenessProbe,
    args: ['--v=2', '--probe-timeout=3s', `--http-endpoint=${LOOPBACK}:${healthPort}`],
  });
}
