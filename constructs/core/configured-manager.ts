import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { ServingCertificate } from './contracts';
import { allowController, controllerManager, type ControllerManagerProps, type ControllerTraffic } from './controller-manager';
import type { Image } from './image';
import { checkWholeNumber } from './numbers';
import { type ContainerResources, httpProbe } from './workload';

/** What a platform may choose about a controller manager. */
export interface ManagerOptions {
  /** Pods of the controller; one leads, all serve webhooks. @default 2 */
  readonly replicas?: number;
  /** PriorityClass of the controller's pods. @default none: the cluster's default priority */
  readonly priorityClassName?: string;
  /** Verbosity of the log, 1 and up. @default 2 */
  readonly logLevel?: number;
}

/** Timing of the leader election. */
export interface LeaderElectionConfig {
  /** How long a leader that vanished is waited for, as a Go duration. @default '15s' */
  readonly leaseDuration?: string;
  /** How long a leader tries to renew before it steps down. @default '10s' */
  readonly renewDeadline?: string;
  /** Time between attempts. @default '2s' */
  readonly retryPeriod?: string;
}

/** What a component says of its controller manager besides what the program itself is like. */
export interface ManagerSetup extends ManagerOptions {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly image: Image;
  readonly resources: ContainerResources;
  /** The program's configuration, as the text of its file. */
  readonly config: string;
}

/** A key pair of the program's TLS servers. */
export interface MountedKeyPair {
  readonly volume: string;
  /** Directory the program reads it from. */
  readonly directory: string;
  readonly certificate: ServingCertificate;
}

/** Props of {@link configuredManager}. */
export interface ConfiguredManagerProps
  extends
    ManagerSetup,
    Pick<ControllerManagerProps, 'apiAccess' | 'podAnnotations' | 'terminationGracePeriodSeconds' | 'services'>,
    Pick<ControllerTraffic, 'name' | 'selector' | 'webhookPort' | 'openPorts'> {
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;
  /** Name of the volume it is mounted by. */
  readonly configVolume: string;
  /** Annotation of the pods that changes with the configuration. */
  readonly configHash: string;
  /** Container ports by name; `health` answers the probes. */
  readonly ports: Readonly<Record<string, number>> & { readonly health: number };
  readonly keyPairs: readonly MountedKeyPair[];
  /** How long a probe waits for an answer, in seconds. @default Kubernetes' own, 1 */
  readonly probeTimeoutSeconds?: number;
}

const CONFIG_FILE = 'controller_manager_config.yaml';
/** User of the distroless image such programs are built on. */
const USER = 65532;

/**
 * A controller manager as Kubebuilder lays them out that reads its settings from a file: with its ConfigMap, its Services, and the
 * traffic it needs.
 *
 * @throws InvalidInputError for a log level below 1, or replicas below 1
 */
export function configuredManager(scope: Construct, props: ConfiguredManagerProps): void {
  const { name, namespace, selector, webhookPort, logLevel = 2, config, configMap, configVolume, keyPairs, probeTimeoutSeconds: timeoutSeconds } = props;
  checkWholeNumber('logLevel', logLevel, scope.node.path, { least: 1 });
  const probe = (path: string, timing: { periodSeconds: number; failureThreshold?: number }) => httpProbe(path, 'health', { ...timing, timeoutSeconds });
  new k8s.KubeConfigMap(scope, 'config', { metadata: { name: configMap, namespace }, data: { [CONFIG_FILE]: config } });
  controllerManager(scope, {
    name,
    namespace,
    selector,
    podAnnotations: {
      // The file is read once, at start: a change of it must start new pods.
      [props.configHash]: createHash('sha256').update(config).digest('hex'),
      // The API server speaks TLS to the webhooks itself and knows no mesh.
      'traffic.sidecar.istio.io/excludeInboundPorts': String(webhookPort),
      ...props.podAnnotations,
    },
    replicas: props.replicas,
    serviceAccount: props.serviceAccount,
    apiAccess: props.apiAccess,
    runAsUser: USER,
    runAsGroup: USER,
    priorityClassName: props.priorityClassName,
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
    containers: [
      {
        name: 'manager',
        image: props.image,
        command: ['/manager'],
        args: [`--config=/${CONFIG_FILE}`, `--zap-log-level=${logLevel}`],
        ports: props.ports,
        resources: props.resources,
        // Asked often until it is up, so that what waits for its webhooks waits no longer than it must.
        startup: probe('/readyz', { periodSeconds: 2, failureThreshold: 60 }),
        readiness: probe('/readyz', { periodSeconds: 10 }),
        liveness: probe('/healthz', { periodSeconds: 20 }),
        mounts: [
          { name: configVolume, mountPath: `/${CONFIG_FILE}`, subPath: CONFIG_FILE, readOnly: true },
          ...keyPairs.map(({ volume, directory }) => ({ name: volume, mountPath: directory, readOnly: true })),
        ],
      },
    ],
    volumes: [
      { name: configVolume, configMap: { name: configMap } },
      ...keyPairs.map(({ volume, certificate }) => ({ name: volume, secret: { secretName: certificate.secretName } })),
    ],
    services: props.services,
  });
  allowController(scope, { name, namespace, selector, webhookPort, openPorts: props.openPorts });
}
