import { Construct } from 'constructs';
import { fromApiServer } from '../core/network-policy';
import { ServiceIdentity } from '../core/rbac';
import { HardenedDeployment, httpProbe, service } from '../core/workload';
import { admission } from './admission';
import { CERT_MANAGER_IMAGES } from './images';
import { extraLabelsOf, labelsOf, selectorOf } from './labels';
import { allowProgram, METRICS_PORT, type ProgramProps, SCRAPE_ANNOTATIONS } from './program';

const NAME = 'cert-manager-webhook';
const HEALTH_PORT = 6080;

/** Secret in which the webhook keeps the CA of its own certificate: it must not depend on what it admits. */
const CA_SECRET = `${NAME}-ca`;

/** Props of {@link CertManagerWebhook}. */
export interface CertManagerWebhookProps extends ProgramProps {
  readonly port: number;
  /** How long the API server waits for it, in seconds. */
  readonly timeoutSeconds: number;
}

/** The webhook: admits cert-manager's own objects. Stateless; its replicas share one CA in a Secret. */
export class CertManagerWebhook extends Construct {
  constructor(scope: Construct, id: string, props: CertManagerWebhookProps) {
    super(scope, id);
    const { namespace, port } = props;
    const labels = labelsOf('webhook');

    new ServiceIdentity(this, 'identity', { name: NAME, namespace, labels })
      .grantInNamespace({
        name: `${NAME}:dynamic-serving`,
        labels,
        rules: [
          { resources: ['secrets'], resourceNames: [CA_SECRET], verbs: ['get', 'list', 'watch', 'update'] },
          // Creating cannot be limited to a name.
          { resources: ['secrets'], verbs: ['create'] },
        ],
      })
      .grantInCluster({
        name: `${NAME}:subjectaccessreviews`,
        labels,
        rules: [{ apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] }],
      });

    const deployment = new HardenedDeployment(this, 'deployment', {
      name: NAME,
      namespace,
      labels: extraLabelsOf('webhook'),
      replicas: props.replicas,
      selector: selectorOf('webhook'),
      podLabels: extraLabelsOf('webhook'),
      podAnnotations: SCRAPE_ANNOTATIONS,
      serviceAccount: NAME,
      apiAccess: 'It keeps the CA of its serving certificate in a Secret, and asks who may approve a CertificateRequest.',
      priorityClassName: props.priorityClassName,
      containers: [
        {
          name: 'cert-manager-webhook',
          image: CERT_MANAGER_IMAGES.webhook,
          args: [
            `--v=${props.logLevel}`,
            `--secure-port=${port}`,
            '--dynamic-serving-ca-secret-namespace=$(POD_NAMESPACE)',
            `--dynamic-serving-ca-secret-name=${CA_SECRET}`,
            ...['', '.$(POD_NAMESPACE)', '.$(POD_NAMESPACE).svc'].map((suffix) => `--dynamic-serving-dns-names=${NAME}${suffix}`),
          ],
          env: { POD_NAMESPACE: { field: 'metadata.namespace' } },
          ports: { https: port, healthcheck: HEALTH_PORT, 'http-metrics': METRICS_PORT },
          resources: props.resources,
          liveness: httpProbe('/livez', HEALTH_PORT, { initialDelaySeconds: 60, periodSeconds: 10 }),
          readiness: httpProbe('/healthz', HEALTH_PORT, { initialDelaySeconds: 5, periodSeconds: 5 }),
        },
      ],
    });
    service(this, 'service', {
      name: NAME,
      namespace,
      labels,
      selector: deployment.selector,
      ports: [
        { name: 'https', port: 443, targetPort: 'https' },
        { name: 'metrics', port: METRICS_PORT, targetPort: 'http-metrics' },
      ],
    });
    allowProgram(this, 'webhook', namespace, { ingress: [fromApiServer(port)] });
    admission(this, { service: NAME, namespace, caSecret: CA_SECRET, timeoutSeconds: props.timeoutSeconds });
  }
}
