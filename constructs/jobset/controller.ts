import type { Construct } from 'constructs';
import { configuredManager, type ManagerSetup, type ServingCertificate } from '../core';
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

/** What the controller manager is made of. */
export interface ControllerProps extends ManagerSetup {
  readonly webhookCertificate: ServingCertificate;
  readonly metricsCertificate: ServingCertificate;
}

/** The controller manager with its configuration, its Services, and the traffic it needs. */
export function controller(scope: Construct, { webhookCertificate, metricsCertificate, ...setup }: ControllerProps): void {
  configuredManager(scope, {
    ...setup,
    name: 'jobset-controller-manager',
    selector: CONTROLLER_PODS,
    apiAccess: 'The controller watches JobSets and makes their Jobs and Services.',
    configMap: 'jobset-manager-config',
    configVolume: 'manager-config',
    configHash: 'jobset.x-k8s.io/config-hash',
    podAnnotations: { 'kubectl.kubernetes.io/default-container': 'manager' },
    terminationGracePeriodSeconds: 10,
    ports: { 'webhook-server': PORTS.webhook, metrics: PORTS.metrics, health: PORTS.health },
    keyPairs: [
      { volume: 'webhook-cert', directory: CERTIFICATE_DIRECTORIES.webhook, certificate: webhookCertificate },
      { volume: 'metrics-cert', directory: CERTIFICATE_DIRECTORIES.metrics, certificate: metricsCertificate },
    ],
    services: {
      'webhook-service': { name: WEBHOOK_SERVICE, ports: [{ name: 'webhook', port: 443, targetPort: PORTS.webhook }] },
      'metrics-service': { name: METRICS_SERVICE, labels: CONTROLLER_PODS, ports: [{ name: 'https', port: PORTS.metrics }] },
    },
    webhookPort: PORTS.webhook,
    openPorts: [PORTS.metrics],
  });
}
