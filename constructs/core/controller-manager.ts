import type { Construct } from 'constructs';
import { ALL_PODS, allow, fromApiServer, type PolicyPort, TO_API_SERVER } from './network-policy';
import { HardenedDeployment, type HardenedDeploymentProps, service, type ServiceProps } from './workload';

/** A Service in front of a controller manager. */
export interface ControllerService extends Omit<ServiceProps, 'namespace' | 'selector'> {
  /** @default the selector of the Deployment */
  readonly selector?: ServiceProps['selector'];
}

/** Props of {@link controllerManager}. */
export interface ControllerManagerProps extends HardenedDeploymentProps {
  /** Services in front of it, by the id of the construct. */
  readonly services: Readonly<Record<string, ControllerService>>;
}

/** Props of {@link allowController}. */
export interface ControllerTraffic extends Pick<HardenedDeploymentProps, 'name' | 'namespace' | 'selector'> {
  /** Container port on which the API server calls its webhooks. */
  readonly webhookPort: number;
  /** Ports that every pod of the cluster may reach, such as that of guarded metrics. @default none */
  readonly openPorts?: readonly PolicyPort[];
}

/** A program that watches the API server and answers its webhooks: its Deployment and its Services. */
export function controllerManager(scope: Construct, { services, ...deployment }: ControllerManagerProps): void {
  const { namespace, selector } = deployment;
  new HardenedDeployment(scope, 'controller', deployment);
  for (const [id, each] of Object.entries(services)) service(scope, id, { namespace, selector, ...each });
}

/** Opens what such a program needs: from the API server to its webhooks, from pods to its open ports, and out to the API server. */
export function allowController(scope: Construct, { name, namespace, selector, webhookPort, openPorts }: ControllerTraffic): void {
  allow(scope, 'traffic', {
    namespace,
    policyName: name,
    pods: selector,
    ingress: [fromApiServer(webhookPort), ...(openPorts ? [{ from: [ALL_PODS], ports: openPorts }] : [])],
    egress: [TO_API_SERVER],
  });
}
