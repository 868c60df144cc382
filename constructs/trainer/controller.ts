import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  ALL_PODS,
  allow,
  type ContainerResources,
  fromApiServer,
  HardenedDeployment,
  httpProbe,
  type Image,
  service,
  type ServingCertificate,
  TO_API_SERVER,
} from '../core';
import { CERTIFICATE_DIRECTORY, PORTS, SERVICE_NAME } from './config';

/** Labels that select the controller's pods. */
export const CONTROLLER_PODS = {
  'app.kubernetes.io/name': 'trainer',
  'app.kubernetes.io/component': 'manager',
  'app.kubernetes.io/part-of': 'kubeflow',
} as const;

const CONFIG_MAP = 'kubeflow-trainer-config';
const CONFIG_FILE = 'controller_manager_config.yaml';

/** What the controller manager is made of. */
export interface ControllerProps {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly image: Image;
  readonly replicas: number;
  readonly resources: ContainerResources;
  readonly priorityClassName?: string;
  readonly logLevel: number;
  readonly config: string;
  /** Whether training pods report their status to the controller. */
  readonly servesStatus: boolean;
  readonly certificate: ServingCertificate;
}

/** The controller manager with its configuration, its Service, and the traffic it needs. */
export function controller(scope: Construct, props: ControllerProps): void {
  const { namespace } = props;
  new k8s.KubeConfigMap(scope, 'config', { metadata: { name: CONFIG_MAP, namespace }, data: { [CONFIG_FILE]: props.config } });

  new HardenedDeployment(scope, 'controller', {
    name: SERVICE_NAME,
    namespace,
    selector: CONTROLLER_PODS,
    podAnnotations: {
      // The file is read once, at start: a change of it must start new pods.
      'trainer.kubeflow.org/config-hash': createHash('sha256').update(props.config).digest('hex'),
      // The API server speaks TLS to the webhooks itself and knows no mesh.
      'traffic.sidecar.istio.io/excludeInboundPorts': String(PORTS.webhook),
    },
    replicas: props.replicas,
    serviceAccount: props.serviceAccount,
    apiAccess: 'The controller watches TrainJobs and runtimes, and makes the JobSets, ConfigMaps and Secrets of jobs.',
    runAsUser: 65532,
    runAsGroup: 65532,
    ...(props.priorityClassName && { priorityClassName: props.priorityClassName }),
    containers: [
      {
        name: 'manager',
        image: props.image,
        command: ['/manager'],
        args: [`--config=/${CONFIG_FILE}`, `--zap-log-level=${props.logLevel}`],
        ports: { health: PORTS.health, metrics: PORTS.metrics, webhook: PORTS.webhook, 'status-server': PORTS.status },
        resources: props.resources,
        // Asked often until it is up, so that what waits for its webhooks waits no longer than it must.
        startup: httpProbe('/readyz', 'health', { periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 3 }),
        readiness: httpProbe('/readyz', 'health', { periodSeconds: 10, timeoutSeconds: 3 }),
        liveness: httpProbe('/healthz', 'health', { periodSeconds: 20, timeoutSeconds: 3 }),
        mounts: [
          { name: 'kubeflow-trainer-config', mountPath: `/${CONFIG_FILE}`, subPath: CONFIG_FILE, readOnly: true },
          { name: 'cert', mountPath: CERTIFICATE_DIRECTORY, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'kubeflow-trainer-config', configMap: { name: CONFIG_MAP } },
      { name: 'cert', secret: { secretName: props.certificate.secretName } },
    ],
  });

  service(scope, 'service', {
    name: SERVICE_NAME,
    namespace,
    selector: CONTROLLER_PODS,
    ports: [
      { name: 'monitoring-port', port: PORTS.metrics, targetPort: 'metrics' },
      { name: 'webhook-server', port: 443, targetPort: 'webhook' },
      { name: 'status-server', port: PORTS.status, targetPort: 'status-server' },
    ],
  });
  allow(scope, 'traffic', {
    namespace,
    policyName: SERVICE_NAME,
    pods: CONTROLLER_PODS,
    ingress: [
      fromApiServer(PORTS.webhook),
      { from: [ALL_PODS], ports: [PORTS.metrics, ...(props.servesStatus ? [PORTS.status] : [])] },
    ],
    egress: [TO_API_SERVER],
  });
}
