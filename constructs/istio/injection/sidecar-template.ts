import { PROXY_PORTS } from '../proxy';
import { go, goString, templateText, type TemplateList, type TemplateMap, when } from './go-template';
import {
  annotation,
  asLabelValue,
  DEFAULT_CONTAINER,
  firstOf,
  hasAnnotation,
  INTERCEPTION_MODE,
  label,
  numberAnnotation,
  PRELUDE,
  PROXY_USER,
} from './pod-expressions';
import {
  type InjectionFacts,
  injectedArguments,
  injectedEnvironment,
  MOUNTS,
  namedItems,
  podMetadata,
  PROXY_CONTAINER_PORTS,
  PROXY_SECURITY_CONTEXT,
  proxyImage,
  proxyMetadata,
  resources,
  VOLUMES,
} from './proxy-container';

const TRAFFIC = 'traffic.sidecar.istio.io';

/** Where traffic is taken into the sidecar; the CNI plugin reads these annotations, and the validation container checks the result. */
const CAPTURE = {
  includeOutboundIPRanges: annotation(`${TRAFFIC}/includeOutboundIPRanges`, '*'),
  excludeOutboundIPRanges: annotation(`${TRAFFIC}/excludeOutboundIPRanges`, ''),
  includeInboundPorts: annotation(`${TRAFFIC}/includeInboundPorts`, '*'),
  excludeInboundPorts: go(
    `excludeInboundPort ${goString(String(PROXY_PORTS.agent))} (${annotation(`${TRAFFIC}/excludeInboundPorts`, '').pipeline})`,
  ),
} as const;

/**
 * The template of the sidecar: a native sidecar (an init container that keeps running), so that Jobs end, init containers have the
 * mesh, and the proxy outlives the application. Traffic is redirected by the CNI plugin, so nothing in the pod needs privileges.
 */
export function sidecarTemplate(facts: InjectionFacts): string {
  return templateText(
    {
      metadata: { labels: labels(), annotations: annotations() },
      spec: {
        initContainers: [when(`ne (${INTERCEPTION_MODE.pipeline}) "NONE"`, validation(facts)), proxy(facts)],
        volumes: [
          ...VOLUMES,
          { name: 'istio-ca-crl', configMap: { name: 'istio-ca-crl', optional: true } },
          namedItems('sidecar.istio.io/userVolume'),
        ],
        ...pullSecrets(facts),
      },
    },
    PRELUDE,
  );
}

/** Labels by which the mesh names what runs in a pod. */
export function canonicalLabels(): TemplateMap {
  return {
    'service.istio.io/canonical-name': asLabelValue(
      firstOf(label('service.istio.io/canonical-name'), label('app.kubernetes.io/name'), label('app'), go('.DeploymentMeta.Name')),
    ),
    'service.istio.io/canonical-revision': asLabelValue(
      firstOf(label('service.istio.io/canonical-revision'), label('app.kubernetes.io/version'), label('version'), 'latest'),
    ),
  };
}

/** Annotations that both sidecars and gateways get. */
export function commonAnnotations(): TemplateMap {
  const unlessSet = (name: string) => when(`and $containers (not (${hasAnnotation(name).pipeline}))`, DEFAULT_CONTAINER);
  return {
    'istio.io/rev': firstOf(go('.Revision'), 'default'),
    'kubectl.kubernetes.io/default-container': unlessSet('kubectl.kubernetes.io/default-container'),
    'kubectl.kubernetes.io/default-logs-container': unlessSet('kubectl.kubernetes.io/default-logs-container'),
  };
}

/** Secrets for the proxy's image, if any. */
export function pullSecrets({ imagePullSecrets }: InjectionFacts): TemplateMap {
  return imagePullSecrets.length > 0 ? { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) } : {};
}

function labels(): TemplateMap {
  return {
    'security.istio.io/tlsMode': firstOf(label('security.istio.io/tlsMode'), 'istio'),
    ...canonicalLabels(),
  };
}

function annotations(): TemplateMap {
  return {
    ...commonAnnotations(),
    'sidecar.istio.io/interceptionMode': INTERCEPTION_MODE,
    [`${TRAFFIC}/includeOutboundIPRanges`]: CAPTURE.includeOutboundIPRanges,
    [`${TRAFFIC}/includeInboundPorts`]: CAPTURE.includeInboundPorts,
    [`${TRAFFIC}/excludeInboundPorts`]: CAPTURE.excludeInboundPorts,
  };
}

/** Ends only when traffic really goes into the proxy; until then the pod does not start, and the CNI agent repairs it. */
function validation(facts: InjectionFacts): TemplateMap {
  return {
    name: 'istio-validation',
    image: proxyImage(facts),
    imagePullPolicy: 'IfNotPresent',
    args: [
      'istio-iptables',
      ...flag('-p', String(PROXY_PORTS.outbound)),
      ...flag('-z', String(PROXY_PORTS.inbound)),
      ...flag('-u', go(`printf "%v" (${PROXY_USER.pipeline})`)),
      ...flag('-m', INTERCEPTION_MODE),
      ...flag('-i', CAPTURE.includeOutboundIPRanges),
      ...flag('-x', CAPTURE.excludeOutboundIPRanges),
      ...flag('-b', CAPTURE.includeInboundPorts),
      ...flag('-d', go(`printf "${PROXY_PORTS.envoyMetrics},${PROXY_PORTS.health},%s" (${CAPTURE.excludeInboundPorts.pipeline})`)),
      ...flagIfSet('-q', `${TRAFFIC}/includeOutboundPorts`),
      ...flagIfSet('-o', `${TRAFFIC}/excludeOutboundPorts`),
      ...flagIfSet('-c', `${TRAFFIC}/excludeInterfaces`),
      ...flagIfSet('-k', 'istio.io/reroute-virtual-interfaces'),
      '--run-validation',
      '--skip-rule-apply',
    ],
    env: proxyMetadata(),
    resources: resources(facts.sidecarResources),
    securityContext: PROXY_SECURITY_CONTEXT,
  };
}

function proxy(facts: InjectionFacts): TemplateMap {
  const ready = { httpGet: { path: '/healthz/ready', port: PROXY_PORTS.health }, timeoutSeconds: 3 };
  return {
    name: 'istio-proxy',
    image: proxyImage(facts),
    imagePullPolicy: 'IfNotPresent',
    restartPolicy: 'Always',
    args: injectedArguments('sidecar', facts),
    ports: PROXY_CONTAINER_PORTS,
    env: [
      ...injectedEnvironment(facts, podMetadata()),
      when('eq .InboundTrafficPolicyMode "localhost"', { name: 'REWRITE_PROBE_LEGACY_LOCALHOST_DESTINATION', value: 'true' }),
    ],
    // Connections are drained as soon as the pod is told to end; the proxy itself ends after the application.
    lifecycle: { preStop: { exec: { command: ['pilot-agent', 'request', `--debug-port=${PROXY_PORTS.agent}`, 'POST', 'drain'] } } },
    // The next container starts only when this succeeds: the application never runs without its proxy.
    startupProbe: { ...ready, periodSeconds: 1, failureThreshold: 600 },
    readinessProbe: {
      ...ready,
      initialDelaySeconds: numberAnnotation('readiness.status.sidecar.istio.io/initialDelaySeconds', 0),
      periodSeconds: numberAnnotation('readiness.status.sidecar.istio.io/periodSeconds', 15),
      failureThreshold: numberAnnotation('readiness.status.sidecar.istio.io/failureThreshold', 4),
    },
    resources: resources(facts.sidecarResources),
    securityContext: PROXY_SECURITY_CONTEXT,
    volumeMounts: [...MOUNTS, { name: 'istio-ca-crl', mountPath: '/var/run/secrets/istio/crl' }, namedItems('sidecar.istio.io/userVolumeMount')],
  };
}

function flag(name: string, value: TemplateList[number]): TemplateList {
  return [name, value];
}

function flagIfSet(name: string, annotationName: string): TemplateList {
  const set = hasAnnotation(annotationName);
  return [when(set, name), when(set, annotation(annotationName, ''))];
}
