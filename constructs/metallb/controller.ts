import type { Construct } from 'constructs';
import { allowController, controllerManager, httpProbe, type ServingCertificate } from '../core';
import { METALLB_IMAGES } from './images';
import { BGP_TYPE, commonArguments, HEALTH_PORT, METRICS_PORT, type ProgramProps, SCRAPE_ANNOTATIONS } from './programs';
import { MEMBERLIST_SECRET } from './rbac';
import { WEBHOOK_SERVICE } from './webhooks';

const NAME = 'controller';
const CONTROLLER_PODS = { app: 'metallb', component: 'controller' } as const;
const WEBHOOK_PORT = 9443;
/** Where the program looks for the key pair of its webhooks; its own setting for it is used by its rotation alone. */
const CERTIFICATE_DIRECTORY = '/tmp/k8s-webhook-server/serving-certs';
const USER = 65534;

/** The controller: it gives addresses to Services, and checks what is configured. */
export function controller(scope: Construct, props: ProgramProps & { readonly certificate: ServingCertificate }): void {
  const probe = (path: string) => httpProbe(path, 'health', { periodSeconds: 10 });
  controllerManager(scope, {
    name: NAME,
    namespace: props.namespace,
    selector: CONTROLLER_PODS,
    podAnnotations: SCRAPE_ANNOTATIONS,
    // It knows which addresses are given from its own memory and elects no leader: a second one would give some of them twice.
    replicas: 1,
    maxSurge: 0,
    maxUnavailable: 1,
    serviceAccount: props.serviceAccount,
    apiAccess: 'The controller watches Services and pools, and writes addresses into the status of Services.',
    priorityClassName: props.priorityClassName,
    runAsUser: USER,
    runAsGroup: USER,
    fsGroup: USER,
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: NAME,
        image: METALLB_IMAGES.controller,
        args: [...commonArguments(props), '--disable-cert-rotation'],
        env: {
          METALLB_POD_NAME: { field: 'metadata.name' },
          METALLB_ML_SECRET_NAME: MEMBERLIST_SECRET,
          METALLB_DEPLOYMENT: NAME,
          ...BGP_TYPE,
        },
        ports: { metricshttps: METRICS_PORT, 'webhook-server': WEBHOOK_PORT, health: HEALTH_PORT },
        resources: props.resources,
        startup: httpProbe('/readyz', 'health', { periodSeconds: 2, failureThreshold: 60 }),
        readiness: probe('/readyz'),
        liveness: probe('/healthz'),
        mounts: [{ name: 'cert', mountPath: CERTIFICATE_DIRECTORY, readOnly: true }],
      },
    ],
    volumes: [{ name: 'cert', secret: { secretName: props.certificate.secretName } }],
    services: { 'webhook-service': { name: WEBHOOK_SERVICE, ports: [{ name: 'webhook', port: 443, targetPort: WEBHOOK_PORT }] } },
  });
  allowController(scope, { name: NAME, namespace: props.namespace, selector: CONTROLLER_PODS, webhookPort: WEBHOOK_PORT, openPorts: [METRICS_PORT] });
}
