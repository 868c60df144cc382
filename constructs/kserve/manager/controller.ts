import { Construct } from 'constructs';
import { type CertificateIssuer, type ContainerProps, type ContainerResources, httpProbe, ServiceIdentity } from '../../core';
import { kserveController } from '../controller';
import { managerContainer } from '../controller-pod';
import { KSERVE_IMAGES } from '../images';
import { CONTROLLER_USER, controllerSelector, METRICS_PORT } from '../names';
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

    const metricsPort = guarded ? { name: 'https', port: METRICS_PORT } : { name: 'http', port: PLAIN_METRICS_PORT };
    const ports = [{ ...metricsPort, targetPort: guarded ? 'https' : 'metrics' }];
    kserveController(this, {
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME },
      replicas: props.replicas,
      serviceAccount: identity.name,
      apiAccess: 'The controller watches InferenceServices, graphs and runtimes, and makes Deployments, Services and routes of them; kube-rbac-proxy asks who may read metrics.',
      priorityClassName: props.priorityClassName,
      runAsUser: CONTROLLER_USER,
      terminationGracePeriodSeconds: 10,
      containers: [
        managerContainer({
          image: KSERVE_IMAGES.controller,
          args: [`--metrics-addr=${guarded ? '127.0.0.1' : ''}:${PLAIN_METRICS_PORT}`, '--leader-elect'],
          ...(props.resources && { resources: props.resources }),
          ...(!guarded && { ports: { metrics: PLAIN_METRICS_PORT } }),
        }),
        ...(guarded ? [metricsProxy()] : []),
      ],
      services: {
        service: { name: `${NAME}-service`, labels: selector, ports },
        'metrics-service': {
          name: `${NAME}-metrics-service`,
          labels: selector,
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/scheme': metricsPort.name, 'prometheus.io/port': String(metricsPort.port) },
          ports,
        },
      },
      openPorts: [metricsPort.port],
      server: { service: WEBHOOK_SERVICE, namespace, certificate },
      webhooks: (server) => managerWebhooks(this, server),
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
