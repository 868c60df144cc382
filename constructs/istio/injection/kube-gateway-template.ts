import { PROXY_PORTS } from '../proxy';
import { each, type Expression, go, goString, type TemplateMap, templateText, when } from './go-template';
import {
  type InjectionFacts,
  injectedArguments,
  injectedEnvironment,
  MOUNTS,
  PROXY_SECURITY_CONTEXT,
  proxyImage,
  resources,
  VOLUMES,
} from './proxy-container';
import { pullSecrets } from './sidecar-template';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** Annotations of the Gateway object that are about it, not about what is made for it. */
const NOT_PASSED_ON = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'gateway.istio.io/name-override',
  'gateway.istio.io/service-account',
  'gateway.istio.io/controller-version',
];

/**
 * The template of what istiod makes for a Gateway of the Gateway API. The last two, an autoscaler and a disruption budget, are made only for
 * a Gateway or class whose parameters say more about them.
 */
export function kubeGatewayTemplate(facts: InjectionFacts): string {
  return [serviceAccount(), deployment(facts), service(), autoscaler(), disruptionBudget()].map((document) => templateText(document)).join('---\n');
}

function serviceAccount(): TemplateMap {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(go('.ServiceAccount')) };
}

function deployment(facts: InjectionFacts): TemplateMap {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(go('.DeploymentName'), '"gateway.istio.io/managed" "istio.io-gateway-controller"'),
    spec: {
      selector: { matchLabels: selector() },
      template: {
        metadata: {
          annotations: merged(
            passedOnAnnotations(),
            '(strdict "istio.io/rev" (.Revision | default "default") "prometheus.io/path" "/stats/prometheus" "prometheus.io/port" "15020" "prometheus.io/scrape" "true")',
          ),
          labels: merged(
            '(strdict "sidecar.istio.io/inject" "false" "service.istio.io/canonical-name" .DeploymentName "service.istio.io/canonical-revision" "latest")',
            '.InfrastructureLabels',
            `(strdict ${ownLabels('"gateway.istio.io/managed" "istio.io-gateway-controller"')})`,
          ),
        },
        spec: podSpec(facts),
      },
    },
  };
}

function podSpec(facts: InjectionFacts): TemplateMap {
  const ready = { httpGet: { path: '/healthz/ready', port: PROXY_PORTS.health, scheme: 'HTTP' } };
  return {
    serviceAccountName: go('.ServiceAccount'),
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
    },
    containers: [
      {
        name: 'istio-proxy',
        image: proxyImage(facts),
        imagePullPolicy: 'IfNotPresent',
        args: injectedArguments('router', facts),
        ports: [
          { name: 'metrics', containerPort: PROXY_PORTS.agent, protocol: 'TCP' },
          { name: 'status-port', containerPort: PROXY_PORTS.health, protocol: 'TCP' },
          { name: 'http-envoy-prom', containerPort: PROXY_PORTS.envoyMetrics, protocol: 'TCP' },
        ],
        env: injectedEnvironment(facts, [
          { name: 'ISTIO_META_POD_PORTS', value: '[]' },
          { name: 'ISTIO_META_APP_CONTAINERS', value: '' },
          { name: 'ISTIO_META_INTERCEPTION_MODE', value: go('.ProxyConfig.InterceptionMode.String') },
          { name: 'ISTIO_META_WORKLOAD_NAME', value: go('.DeploymentName') },
          { name: 'ISTIO_META_OWNER', value: go('printf "kubernetes://apis/apps/v1/namespaces/%s/deployments/%s" .Namespace .DeploymentName') },
        ]),
        startupProbe: { ...ready, initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 30 },
        readinessProbe: { ...ready, periodSeconds: 15, failureThreshold: 4 },
        resources: resources(facts.gatewayResources),
        securityContext: PROXY_SECURITY_CONTEXT,
        volumeMounts: MOUNTS,
      },
    ],
    volumes: VOLUMES,
    ...pullSecrets(facts),
  };
}

function service(): TemplateMap {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(go('.DeploymentName')),
    spec: {
      type: go('.ServiceType'),
      ipFamilyPolicy: 'PreferDualStack',
      selector: selector(),
      ports: [each('$port := .Ports', { name: go('$port.Name'), port: go('$port.Port'), protocol: 'TCP', appProtocol: go('$port.AppProtocol') })],
      loadBalancerIP: when('and .Spec.Addresses (eq (print .ServiceType) "LoadBalancer")', go('(index .Spec.Addresses 0).Value')),
    },
  };
}

function autoscaler(): TemplateMap {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(go('.DeploymentName')),
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: go('.DeploymentName') }, maxReplicas: 1 },
  };
}

function disruptionBudget(): TemplateMap {
  return { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metadata(go('.DeploymentName')), spec: { selector: { matchLabels: selector() } } };
}

/** Metadata of an object made for a Gateway; it goes when the Gateway goes. */
function metadata(name: Expression, furtherLabels = ''): TemplateMap {
  return {
    name,
    namespace: go('.Namespace'),
    annotations: merged(passedOnAnnotations()),
    labels: merged('.InfrastructureLabels', `(strdict ${ownLabels(furtherLabels)})`),
    ownerReferences: [{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', name: go('.Name'), uid: go('.UID') }],
  };
}

function selector(): Expression {
  return go('strdict .GatewayNameLabel .Name');
}

function passedOnAnnotations(): string {
  return `(omit .InfrastructureAnnotations ${NOT_PASSED_ON.map(goString).join(' ')})`;
}

function ownLabels(further: string): string {
  return `${goString(GATEWAY_NAME)} .Name "gateway.networking.k8s.io/gateway-class-name" .GatewayClass ${further}`.trim();
}

/** Maps put together; later ones win. */
function merged(...maps: readonly string[]): Expression {
  return go(`mergeMaps ${maps.join(' ')}`);
}
