import type { Construct } from 'constructs';
import { allowController, type ContainerProps, controllerManager, type ControllerManagerProps, type ControllerTraffic } from '../core';
import { CONTROLLER_POD_METADATA, certificateVolume } from './controller-pod';
import { controllerSelector, WEBHOOK_PORT } from './names';
import type { WebhookServer } from './webhooks';

/** Props of {@link kserveController}. */
export interface KServeProgramProps
  extends
    Pick<ControllerManagerProps, 'name' | 'replicas' | 'serviceAccount' | 'apiAccess' | 'priorityClassName' | 'runAsUser' | 'terminationGracePeriodSeconds'>,
    Pick<ControllerTraffic, 'openPorts'> {
  /** Labels of the Deployment and the pods, besides those they are selected by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerProps[];
  /** Services besides that of its webhooks, by the id of the construct. @default none */
  readonly services?: ControllerManagerProps['services'];
  /** Where its webhooks are answered. */
  readonly server: WebhookServer;
  /** Declares the webhooks. */
  readonly webhooks: (server: WebhookServer) => void;
}

/**
 * One of KServe's controllers, with its webhooks and the traffic it needs: they differ in containers, labels and Services.
 * Of its replicas one leads, and all answer webhooks.
 */
export function kserveController(scope: Construct, props: KServeProgramProps): void {
  const { name, labels, services, server, webhooks, openPorts, ...rest } = props;
  const { namespace } = server;
  const selector = controllerSelector(name);
  controllerManager(scope, {
    ...rest,
    name,
    namespace,
    selector,
    labels,
    podLabels: { ...labels, ...CONTROLLER_POD_METADATA.labels },
    podAnnotations: CONTROLLER_POD_METADATA.annotations,
    volumes: [certificateVolume(server.certificate)],
    services: {
      ...services,
      'webhook-service': { name: server.service, selector: { 'control-plane': name }, ports: [{ name: 'https', port: 443, targetPort: 'webhook-server' }] },
    },
  });
  webhooks(server);
  allowController(scope, { name, namespace, selector, webhookPort: WEBHOOK_PORT, openPorts });
}
