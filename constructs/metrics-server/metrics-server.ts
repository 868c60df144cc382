import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  allow, ANYWHERE, type CertificateIssuer, checkWholeNumber, Component, type ContainerResources, fromApiServer, HardenedDeployment, httpProbe,
  type Image, service, SystemNamespace, TO_API_SERVER,
} from '../core';
import { METRICS_SERVER_IMAGES } from './images';
import { type KubeletCertificates, scrapingArguments } from './kubelets';
import { serverIdentity, userRole } from './rbac';
import { METRICS_SERVER_KUBERNETES, METRICS_SERVER_VERSION } from './versions';

/** Props of {@link MetricsServer}. */
export interface MetricsServerProps {
  /** Issues the certificate it answers the API server with. */
  readonly certificates: CertificateIssuer;
  /** What the kubelets prove themselves with. @default 'verified' */
  readonly kubeletCertificates?: KubeletCertificates;
  /** Seconds between two looks at each kubelet, at least 10. Autoscalers see no change sooner. @default 15 */
  readonly resolutionSeconds?: number;
  /** Port of the kubelets, which the network policy opens. @default 10250 */
  readonly kubeletPort?: number;
  /** Where it runs. @default a namespace of its own, `metrics-server` */
  readonly namespace?: SystemNamespace;
  /** Pods; each looks at every kubelet. @default 2 */
  readonly replicas?: number;
  /** @default 'system-cluster-critical': without it nothing is autoscaled */
  readonly priorityClassName?: string;
  /** @default registry.k8s.io/metrics-server/metrics-server at the version of this component */
  readonly image?: Image;
  /**
   * What each pod may use. Upstream counts 1m of CPU and 2 MiB of memory a node beyond 100 nodes.
   *
   * @default cpu 100m (limit 1), memory 200Mi (limit 500Mi)
   */
  readonly resources?: ContainerResources;
}

const NAME = 'metrics-server';
const PODS = { 'k8s-app': NAME } as const;
const SECURE_PORT = 10250;
const CERTIFICATE_DIRECTORY = '/etc/metrics-server/tls';
/** Any user but root will do; this is upstream's. */
const USER = 1000;

/**
 * Metrics Server: what nodes and pods use now, for autoscalers and `kubectl top`.
 *
 * @see https://github.com/kubernetes-sigs/metrics-server/tree/v0.9.0/manifests
 */
export class MetricsServer extends Component {
  /** Name of the namespace it runs in. */
  readonly namespaceName: string;

  /** @throws InvalidInputError for a resolution below 10 seconds, a port out of range, or replicas below 1 */
  constructor(scope: Construct, id: string, props: MetricsServerProps) {
    super(scope, id, { version: METRICS_SERVER_VERSION, kubernetes: METRICS_SERVER_KUBERNETES, requires: [props.certificates] });
    const resolutionSeconds = checkWholeNumber('resolutionSeconds', props.resolutionSeconds ?? 15, this.node.path, { least: 10 });
    const kubeletPort = checkWholeNumber('kubeletPort', props.kubeletPort ?? 10250, this.node.path, { least: 1, most: 65535 });
    const namespace = (props.namespace ?? new SystemNamespace(this, NAME)).name;
    this.namespaceName = namespace;

    const certificate = props.certificates.servingCertificate(this, 'certificate', { name: NAME, namespace, secretName: `${NAME}-tls`, services: [NAME] });
    const identity = serverIdentity(this, namespace);
    userRole(this);

    new HardenedDeployment(this, 'server', {
      name: NAME,
      namespace,
      selector: PODS,
      replicas: props.replicas,
      serviceAccount: identity.name,
      apiAccess: 'It watches nodes and pods, and asks the API server whether its callers may see what they ask for.',
      runAsUser: USER,
      runAsGroup: USER,
      priorityClassName: props.priorityClassName ?? 'system-cluster-critical',
      containers: [
        {
          name: NAME,
          image: props.image ?? METRICS_SERVER_IMAGES.server,
          args: [
            `--secure-port=${SECURE_PORT}`,
            `--tls-cert-file=${CERTIFICATE_DIRECTORY}/tls.crt`,
            `--tls-private-key-file=${CERTIFICATE_DIRECTORY}/tls.key`,
            ...scrapingArguments({ kubeletCertificates: props.kubeletCertificates ?? 'verified', resolutionSeconds }),
          ],
          ports: { https: SECURE_PORT },
          resources: props.resources ?? { cpu: { request: '100m', limit: '1' }, memory: { request: '200Mi', limit: '500Mi' } },
          // It is ready once it has something to serve, which is after its first look at the kubelets.
          readiness: httpProbe('/readyz', 'https', { scheme: 'HTTPS', periodSeconds: 10, failureThreshold: 3, initialDelaySeconds: 20 }),
          liveness: httpProbe('/livez', 'https', { scheme: 'HTTPS', periodSeconds: 10, failureThreshold: 3 }),
          mounts: [{ name: 'tls', mountPath: CERTIFICATE_DIRECTORY, readOnly: true }],
        },
      ],
      volumes: [{ name: 'tls', secret: { secretName: certificate.secretName } }],
    });
    service(this, 'service', {
      name: NAME,
      namespace,
      labels: PODS,
      selector: PODS,
      ports: [{ name: 'https', port: 443, targetPort: 'https', appProtocol: 'https' }],
    });
    allow(this, 'traffic', {
      namespace,
      policyName: NAME,
      pods: PODS,
      ingress: [fromApiServer(SECURE_PORT)],
      // Kubelets answer at the addresses of their nodes, which policies cannot select.
      egress: [TO_API_SERVER, { to: ANYWHERE, ports: [kubeletPort] }],
    });
    new k8s.KubeApiService(this, 'api-service', {
      metadata: { name: 'v1beta1.metrics.k8s.io', labels: PODS, annotations: { ...certificate.injectCa } },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { name: NAME, namespace, port: 443 },
      },
    });
  }
}
