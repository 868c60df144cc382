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
import { CERTIFICATE_DIRECTORIES, PORTS } from './config';
import { WEBHOOK_SERVICE } from './webhooks';

/** Labels that select the controller's pods. */
export const CONTROLLER_PODS = {
  'app.kubernetes.io/name': 'jobset',
  'app.kubernetes.io/instance': 'jobset',
  'control-plane': 'controller-manager',
} as const;

/** Service in front of the metrics. */
export const METRICS_SERVICE = 'jobset-controller-manager-metrics-service';

const NAME = 'jobset-controller-manager';
const CONFIG_MAP = 'jobset-manager-config';
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
  readonly webhookCertificate: ServingCertificate;
  readonly metricsCertificate: ServingCertificate;
}

/** The controller manager with its configuration, its Services, and the traffic it needs. */
export function controller(scope: Construct, props: ControllerProps): void {
  const { namespace } = props;
  new k8s.KubeConfigMap(scope, 'config', { metadata: { name: CONFIG_MAP, namespace }, data: { [CONFIG_FILE]: props.config } });

  new HardenedDeployment(scope, 'controller', {
    name: NAME,
    namespace,
    selector: CONTROLLER_PODS,
    podAnnotations: {
      'kubectl.kubernetes.io/default-container': 'manager',
      // The file is read once, at start: a change of it must start new pods.
      'jobset.x-k8s.io/config-hash': createHash('sha256').update(props.config).digest('hex'),
      // The API server speaks TLS to the webhooks itself and knows no mesh.
      'traffic.sidecar.istio.io/excludeInboundPorts': String(PORTS.webhook),
    },
    replicas: props.replicas,
    serviceAccount: props.serviceAccount,
    apiAccess: 'The controller watches JobSets and makes their Jobs and Services.',
    runAsUser: 65532,
    runAsGroup: 65532,
    ...(props.priorityClassName && { priorityClassName: props.priorityClassName }),
    terminationGracePeriodSeconds: 10,
    containers: [
      {
        name: 'manager',
        image: props.image,
        command: ['/manager'],
        args: [`--config=/${CONFIG_FILE}`, `--zap-log-level=${props.logLevel}`],
        ports: { 'webhook-server': PORTS.webhook, metrics: PORTS.metrics, health: PORTS.health },
        resources: props.resources,
        // Asked often until it is up, so that what waits for its webhooks waits no longer than it must.
        startup: httpProbe('/readyz', 'health', { periodSeconds: 2, failureThreshold: 60 }),
        readiness: httpProbe('/readyz', 'health', { periodSeconds: 10 }),
        liveness: httpProbe('/healthz', 'health', { periodSeconds: 20 }),
        mounts: [
          { name: 'manager-config', mountPath: `/${CONFIG_FILE}`, subPath: CONFIG_FILE, readOnly: true },
          { name: 'webhook-cert', mountPath: CERTIFICATE_DIRECTORIES.webhook, readOnly: true },
          { name: 'metrics-cert', mountPath: CERTIFICATE_DIRECTORIES.metrics, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'manager-config', configMap: { name: CONFIG_MAP } },
      { name: 'webhook-cert', secret: { secretName: props.webhookCertificate.secretName } },
      { name: 'metrics-cert', secret: { secretName: props.metricsCertificate.secretName } },
    ],
  });

  service(scope, 'webhook-service', {
    name: WEBHOOK_SERVICE,
    namespace,
    selector: CONTROLLER_PODS,
    ports: [{ name: 'webhook', port: 443, targetPort: PORTS.webhook }],
  });
  service(scope, 'metrics-service', {
    name: METRICS_SERVICE,
    namespace,
    labels: CONTROLLER_PODS,
    selector: CONTROLLER_PODS,
    ports: [{ name: 'https', port: PORTS.metrics }],
  });
  allow(scope, 'traffic', {
    namespace,
    policyName: NAME,
    pods: CONTROLLER_PODS,
    ingress: [fromApiServer(PORTS.webhook), { from: [ALL_PODS], ports: [PORTS.metrics] }],
    egress: [TO_API_SERVER],
  });
}
