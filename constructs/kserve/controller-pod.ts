import { k8s } from 'cdk8s-plus-27';
import { type ContainerProps, type ContainerResources, httpProbe, type Image, type ServingCertificate, tcpProbe } from '../core';
import { CERTIFICATE_PATH, HEALTH_PORT, WEBHOOK_PORT } from './names';

/** What a controller may use unless the platform says otherwise. */
export const CONTROLLER_RESOURCES: ContainerResources = {
  cpu: { request: '100m', limit: '1' },
  memory: { request: '200Mi', limit: '512Mi' },
};

/** The container every controller of KServe's has: they differ in image, arguments and metrics. */
export function managerContainer(props: {
  readonly image: Image;
  readonly args: readonly string[];
  readonly resources?: ContainerResources;
  readonly ports?: ContainerProps['ports'];
  /**
   * Whether `/readyz` waits for the webhook server. Where it always answers, readiness is asked of the webhook port itself.
   * @default true
   */
  readonly readyMeansWebhooks?: boolean;
}): ContainerProps {
  const timing = { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 5 };
  return {
    name: 'manager',
    image: props.image,
    command: ['/manager'],
    args: props.args,
    env: { POD_NAMESPACE: { field: 'metadata.namespace' } },
    ports: { 'webhook-server': WEBHOOK_PORT, health: HEALTH_PORT, ...props.ports },
    resources: props.resources ?? CONTROLLER_RESOURCES,
    startup: httpProbe('/healthz', HEALTH_PORT, { periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 }),
    // Ready must mean that webhooks are answered: what KServe admits is applied next.
    readiness: (props.readyMeansWebhooks ?? true) ? httpProbe('/readyz', HEALTH_PORT, timing) : tcpProbe(WEBHOOK_PORT, timing),
    liveness: httpProbe('/healthz', HEALTH_PORT, { timeoutSeconds: 5, failureThreshold: 5 }),
    mounts: [{ name: 'cert', mountPath: CERTIFICATE_PATH, readOnly: true }],
  };
}

/** The volume with the webhook server's key pair. */
export function certificateVolume(certificate: ServingCertificate): k8s.Volume {
  // Mode 0444, the mode of upstream's 0644 without the write bits: the directory is read-only anyway.
  return { name: 'cert', secret: { secretName: certificate.secretName, defaultMode: 0o444 } };
}

/** Pod metadata of a controller: which container tools mean, and that a mesh's sidecar stays away from webhook traffic. */
export const CONTROLLER_POD_METADATA = {
  annotations: { 'kubectl.kubernetes.io/default-container': 'manager' },
  labels: { 'sidecar.istio.io/inject': 'false' },
} as const;
