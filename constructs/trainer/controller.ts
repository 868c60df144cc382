import type { Construct } from 'constructs';
import { configuredManager, type ManagerSetup, type ServingCertificate } from '../core';
import { CERTIFICATE_DIRECTORY, PORTS, SERVICE_NAME } from './config';

/** Labels that select the controller's pods. */
export const CONTROLLER_PODS = {
  'app.kubernetes.io/name': 'trainer',
  'app.kubernetes.io/component': 'manager',
  'app.kubernetes.io/part-of': 'kubeflow',
} as const;

/** What the controller manager is made of. */
export interface ControllerProps extends ManagerSetup {
  /** Whether training pods report their status to the controller. */
  readonly servesStatus: boolean;
  readonly certificate: ServingCertificate;
}

/** The controller manager with its configuration, its Service, and the traffic it needs. */
export function controller(scope: Construct, { servesStatus, certificate, ...setup }: ControllerProps): void {
  configuredManager(scope, {
    ...setup,
    name: SERVICE_NAME,
    selector: CONTROLLER_PODS,
    apiAccess: 'The controller watches TrainJobs and runtimes, and makes the JobSets, ConfigMaps and Secrets of jobs.',
    configMap: 'kubeflow-trainer-config',
    configVolume: 'kubeflow-trainer-config',
    configHash: 'trainer.kubeflow.org/config-hash',
    ports: { health: PORTS.health, metrics: PORTS.metrics, webhook: PORTS.webhook, 'status-server': PORTS.status },
    probeTimeoutSeconds: 3,
    keyPairs: [{ volume: 'cert', directory: CERTIFICATE_DIRECTORY, certificate }],
    services: {
      service: {
        name: SERVICE_NAME,
        ports: [
          { name: 'monitoring-port', port: PORTS.metrics, targetPort: 'metrics' },
          { name: 'webhook-server', port: 443, targetPort: 'webhook' },
          { name: 'status-server', port: PORTS.status, targetPort: 'status-server' },
        ],
      },
    },
    webhookPort: PORTS.webhook,
    openPorts: [PORTS.metrics, ...(servesStatus ? [PORTS.status] : [])],
  });
}
