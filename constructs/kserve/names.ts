/** Namespace KServe is installed in, unless the platform wants another. */
export const DEFAULT_NAMESPACE = 'kserve';

/** Port the webhook servers of all controllers listen on. */
export const WEBHOOK_PORT = 9443;
/** Port of the controllers' health endpoints. */
export const HEALTH_PORT = 8081;
/** Port the metrics are served on, over TLS and to authorised callers only. */
export const METRICS_PORT = 8443;

/** Where controller-runtime looks for the webhook server's key pair. */
export const CERTIFICATE_PATH = '/tmp/k8s-webhook-server/serving-certs';

/** User of the distroless base image the controllers are built on. */
export const CONTROLLER_USER = 65532;

/** Labels upstream selects a controller's pods by; people's scripts and Services rely on them. */
export function controllerSelector(controller: string): Record<string, string> {
  return { 'control-plane': controller, 'controller-tools.k8s.io': '1.0' };
}
