import { Construct } from 'constructs';
import { ALL_PODS, allow, type CertificateIssuer, type ContainerProps, type ContainerResources, fromApiServer, HardenedDeployment, httpProbe, service, ServiceIdentity, TO_API_SERVER } from '../../core';
import { CONTROLLER_POD_METADATA, certificateVolume, managerContainer } from '../controller-pod';
import { KSERVE_IMAGES } from '../images';
import { CONTROLLER_USER, controllerSelector, METRICS_PORT, WEBHOOK_PORT } from '../names';
import { LEADER_ELECTION_RULES, managerRules, type ManagerRuleOptions, METRICS_GUARD_RULES } from './rbac';
import { managerWebhooks } from './webhooks';

/**
 * Who may read the controller's metrics: `authorized` puts kube-rbac-proxy in front of them, as upstream does (TLS, and a
 * SubjectAccessReview of each caller); `in-cluster` serves them plainly to every pod.
 */
export type MetricsAccess = 'authorized' | 'in-cluster';

/** Props of {@link KServeController}. */
export interface KServeControllerProps extends ManagerRuleOptions {
  readonly priorityClassName?: string;
  readonly namespace: string;
  readonly certificates: CertificateIssuer;
  readonly metrics: MetricsAccess;
  readonly replicas?: number;
  readonly resources?: ContainerResources;
}

const NAME = 'kserve-controller-manager';
const WEBHOOK_SERVICE = 'kserve-webhook-server-service';
/** Where the controller serves its metrics, which it can only do without TLS. */
const PLAIN_METRICS_PORT = 8080;
/** Health of the metrics proxy, on a port of its own because the guarded one wants a token. */
const PROXY_HEALTH_PORT = 8444;

/**
 * The controller of InferenceService, InferenceGraph, TrainedModel and the serving runtimes, with its webhooks.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/cmd/manager/main.go
 */
export class KServeController extends Construct {
  constructor(scope: Construct, id: string, props: KServeControllerProps) {
    super(scope, id);
    const { namespace } = props;
    const selector = controllerSelector(NAME);
    const guarded = props.metrics === 'authorized';

    const identity = new ServiceIdentity(this, 'identity', { name: NAME, namespace, labels: { 'app.kubernetes.io/name': NAME } })
      .grantInCluster({ name: 'kserve-manager-role', bindingName: 'kserve-manager-rolebinding', rules: managerRules(props) })
      .grantInNamespace({ name: 'kserve-leader-election-role', bindingName: 'kserve-leader-election-rolebinding', rules: LEADER_ELECTION_RULES });
    if (guarded) identity.grantInCluster({ name: 'kserve-proxy-role', bindingName: 'kserve-proxy-rolebinding', rules: METRICS_GUARD_RULES });

    const certificate = props.certificates.servingCertificate(this, 'serving-cert', {
      name: 'serving-cert',
      namespace,
      secretName: 'kserve-webhook-server-cert',
      services: [WEBHOOK_SERVICE],
    });

    new HardenedDeployment(this, 'controller', {
      name: NAME,
      namespace,
      selector,
      labels: { 'app.kubernetes.io/name': NAME },
      podLabels: { 'app.kubernetes.io/name': NAME, ...CONTROLLER_POD_METADATA.labels },
      podAnnotations: CONTROLLER_POD_METADATA.annotations,
      // One leads; all answer webhooks.
      replicas: props.replicas ?? 2,
      serviceAccount: identity.name,
      apiAccess: 'The controller watches InferenceServices, graphs and runtimes, and makes Deployments, Services and routes of them; kube-rbac-proxy asks who may read metrics.',
      priorityClassName: props.priorityClassName,
      runAsUser: CONTROLLER_USER,
      terminationGracePeriodSeconds: 10,
      volumes: [certificateVolume(certificate)],
      containers: [
        managerContainer({
          image: KSERVE_IMAGES.controller,
          args: [`--metrics-addr=${guarded ? '127.0.0.1' : ''}:${PLAIN_METRICS_PORT}`, '--leader-elect'],
          ...(props.resources && { resources: props.resources }),
          ...(!guarded && { ports: { metrics: PLAIN_METRICS_PORT } }),
        }),
        ...(guarded ? [metricsProxy()] : []),
      ],
    });

    const metricsPort = guarded ? { name: 'https', port: METRICS_PORT } : { name: 'http', port: PLAIN_METRICS_PORT };
    const labels = selector;
    service(this, 'service', { name: `${NAME}-service`, namespace, selector, labels, ports: [{ ...metricsPort, targetPort: guarded ? 'https' : 'metrics' }] });
    service(this, 'metrics-service', {
      name: `${NAME}-metrics-service`,
      namespace,
      selector,
      labels,
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/scheme': metricsPort.name, 'prometheus.io/port': String(metricsPort.port) },
      ports: [{ ...metricsPort, targetPort: guarded ? 'https' : 'metrics' }],
    });
    service(this, 'webhook-service', {
      name: WEBHOOK_SERVICE,
      namespace,
      selector: { 'control-plane': NAME },
      ports: [{ name: 'https', port: 443, targetPort: 'webhook-server' }],
    });
    managerWebhooks(this, { service: WEBHOOK_SERVICE, namespace, certificate });

    allow(this, 'traffic', {
      namespace,
      policyName: NAME,
      pods: selector,
      ingress: [fromApiServer(WEBHOOK_PORT), { from: [ALL_PODS], ports: [metricsPort.port] }],
      egress: [TO_API_SERVER],
    });
  }
}

/** Lets through to the metrics who presents a token and may `get` the path `/metrics`. */
function metricsProxy(): ContainerProps {
  return {
    name: 'kube-rbac-proxy',
    image: KSERVE_IMAGES.metricsProxy,
    args: [
      `--secure-listen-address=0.0.0.0:${METRICS_PORT}`,
      `--upstream=http://127.0.0.1:${PLAIN_METRICS_PORT}/`,
      `--proxy-endpoints-port=${PROXY_HEALTH_PORT}`,
      '--v=2',
    ],
    ports: { https: METRICS_PORT, 'proxy-health': PROXY_HEALTH_PORT },
    resources: { cpu: { request: '5m', limit: '100m' }, memory: { request: '32Mi', limit: '64Mi' } },
    readiness: httpProbe('/healthz', PROXY_HEALTH_PORT, { scheme: 'HTTPS' }),
    liveness: httpProbe('/healthz', PROXY_HEALTH_PORT, { scheme: 'HTTPS' }),
  };
}
