import type { Construct } from 'constructs';
import {
  ALL_PODS,
  allow,
  type ContainerResources,
  controllerManager,
  fromApiServer,
  httpProbe,
  type Image,
  type ServingCertificate,
  TO_API_SERVER,
  type WorkloadIdentity,
} from '../core';
import { AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT, CONTROLLER_PODS, PORTS, WEBHOOK_SERVICE } from './names';

/** What the controller is made of. */
export interface ControllerSetup {
  readonly image: Image;
  readonly args: readonly string[];
  readonly identity: WorkloadIdentity;
  readonly certificate: ServingCertificate;
  readonly replicas?: number;
  readonly resources: ContainerResources;
  readonly priorityClassName: string;
}

/** Directory the program looks for its key pair in. */
const CERTIFICATE_DIRECTORY = '/tmp/k8s-webhook-server/serving-certs';
const USER = 65532;

/** The controller with its Services and the traffic it needs. */
export function controller(scope: Construct, { image, args, identity, certificate, ...setup }: ControllerSetup): void {
  const { namespace, name } = AWS_LOAD_BALANCER_CONTROLLER_SERVICE_ACCOUNT;
  controllerManager(scope, {
    ...setup,
    name,
    namespace,
    selector: CONTROLLER_PODS,
    podLabels: identity.podLabels,
    podAnnotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(PORTS.metrics),
      // The API server speaks TLS to the webhooks itself and knows no mesh.
      'traffic.sidecar.istio.io/excludeInboundPorts': String(PORTS.webhook),
    },
    serviceAccount: name,
    apiAccess: 'It watches Services, Ingresses and pods, and writes the addresses of load balancers into their status.',
    runAsUser: USER,
    runAsGroup: USER,
    // Tokens for a cloud are projected with the group of the pod.
    fsGroup: USER,
    terminationGracePeriodSeconds: 10,
    containers: [
      {
        name: 'aws-load-balancer-controller',
        image,
        args,
        ports: { 'webhook-server': PORTS.webhook, 'metrics-server': PORTS.metrics, health: PORTS.health },
        resources: setup.resources,
        // It is ready once its webhooks answer; asked often until then, since Services and Ingresses wait for that.
        startup: httpProbe('/readyz', 'health', { periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 5 }),
        readiness: httpProbe('/readyz', 'health', { periodSeconds: 10, timeoutSeconds: 10 }),
        liveness: httpProbe('/healthz', 'health', { periodSeconds: 10, timeoutSeconds: 10 }),
        mounts: [{ name: 'cert', mountPath: CERTIFICATE_DIRECTORY, readOnly: true }],
      },
    ],
    volumes: [{ name: 'cert', secret: { secretName: certificate.secretName } }],
    services: {
      'webhook-service': { name: WEBHOOK_SERVICE, labels: CONTROLLER_PODS, ports: [{ name: 'webhook-server', port: 443, targetPort: 'webhook-server' }] },
      'metrics-service': { name, labels: CONTROLLER_PODS, ports: [{ name: 'metrics-server', port: PORTS.metrics, targetPort: 'metrics-server' }] },
    },
  });
  allow(scope, 'traffic', {
    namespace,
    policyName: name,
    pods: CONTROLLER_PODS,
    ingress: [fromApiServer(PORTS.webhook), { from: [ALL_PODS], ports: [PORTS.metrics] }],
    // AWS's own addresses are on port 443, as the API server is.
    egress: [TO_API_SERVER, ...identity.egress],
  });
}
