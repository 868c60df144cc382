import { PROXY_PORTS } from '../proxy';
import { templateText } from './go-template';
import { PRELUDE } from './pod-expressions';
import {
  type InjectionFacts,
  injectedArguments,
  injectedEnvironment,
  MOUNTS,
  podMetadata,
  PROXY_CONTAINER_PORTS,
  PROXY_SECURITY_CONTEXT,
  proxyImage,
  resources,
  VOLUMES,
} from './proxy-container';
import { canonicalLabels, commonAnnotations, pullSecrets } from './sidecar-template';

/**
 * The template of a gateway that somebody deploys: a pod with a container `istio-proxy` whose image is `auto`, and the annotation
 * `inject.istio.io/templates: gateway`.
 */
export function gatewayTemplate(facts: InjectionFacts): string {
  return templateText(
    {
      metadata: { labels: canonicalLabels(), annotations: commonAnnotations() },
      spec: {
        // Lets the proxy listen on 80 and 443 without a capability; one of the sysctls that Pod Security knows to be safe.
        securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
        containers: [
          {
            name: 'istio-proxy',
            image: proxyImage(facts),
            imagePullPolicy: 'IfNotPresent',
            args: injectedArguments('router', facts),
            ports: PROXY_CONTAINER_PORTS,
            env: injectedEnvironment(facts, podMetadata()),
            readinessProbe: { httpGet: { path: '/healthz/ready', port: PROXY_PORTS.health }, timeoutSeconds: 3, periodSeconds: 15, failureThreshold: 4 },
            resources: resources(facts.gatewayResources),
            securityContext: PROXY_SECURITY_CONTEXT,
            volumeMounts: MOUNTS,
          },
        ],
        volumes: VOLUMES,
        ...pullSecrets(facts),
      },
    },
    PRELUDE,
  );
}
