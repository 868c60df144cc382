import { Construct } from 'constructs';
import type { WorkloadIdentity } from '../core/contracts';
import { useImage } from '../core/image';
import { ServiceIdentity } from '../core/rbac';
import { HardenedDeployment, httpProbe, service } from '../core/workload';
import { CONTROLLER_RULES, leaderElectionRules, SIGNING_REQUEST_RULES } from './controller-rules';
import { type DnsCheck, dnsCheckArgs, dnsCheckEgress } from './dns-check';
import { CERT_MANAGER_IMAGES } from './images';
import { extraLabelsOf, labelsOf, selectorOf } from './labels';
import { allowProgram, METRICS_PORT, type ProgramProps, SCRAPE_ANNOTATIONS } from './program';

const NAME = 'cert-manager';
const HEALTH_PORT = 9403;

/** Props of {@link CertManagerController}. */
export interface CertManagerControllerProps extends ProgramProps {
  readonly workloadIdentity?: WorkloadIdentity;
  readonly dnsCheck?: DnsCheck;
  readonly gatewayApi: boolean;
  readonly signsCertificateSigningRequests: boolean;
}

/**
 * The controller: issues and renews certificates.
 *
 * Two replicas by leader election; its lease is in its own namespace, because managed clusters forbid writing to `kube-system`.
 */
export class CertManagerController extends Construct {
  constructor(scope: Construct, id: string, props: CertManagerControllerProps) {
    super(scope, id);
    const { namespace, workloadIdentity, dnsCheck = {} } = props;
    const labels = labelsOf('controller');

    const identity = new ServiceIdentity(this, 'identity', { name: NAME, namespace, labels, annotations: workloadIdentity?.serviceAccountAnnotations });
    const rules = { ...CONTROLLER_RULES, ...(props.signsCertificateSigningRequests && { 'controller-certificatesigningrequests': SIGNING_REQUEST_RULES }) };
    for (const [role, granted] of Object.entries(rules)) {
      identity.grantInCluster({ name: `${NAME}-${role}`, labels, rules: granted });
    }
    identity.grantInNamespace({ name: `${NAME}:leaderelection`, labels, rules: leaderElectionRules('cert-manager-controller') });
    // A token of its own, for issuers and solvers that authenticate as this ServiceAccount (Vault, Route 53).
    identity.grantInNamespace({
      name: `${NAME}-tokenrequest`,
      labels,
      rules: [
        {
          resources: ['serviceaccounts/token'],
          resourceNames: [NAME],
          verbs: ['create'],
          waives: { 'service-account-token-creation': 'Tokens of its own account only, with the audience that Vault or a cloud asks for: they carry no right it does not have.' },
        },
      ],
    });

    const health = httpProbe('/livez', HEALTH_PORT, { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 15, failureThreshold: 8 });
    const deployment = new HardenedDeployment(this, 'deployment', {
      name: NAME,
      namespace,
      labels: extraLabelsOf('controller'),
      replicas: props.replicas,
      selector: selectorOf('controller'),
      podLabels: { ...extraLabelsOf('controller'), ...workloadIdentity?.podLabels },
      podAnnotations: SCRAPE_ANNOTATIONS,
      serviceAccount: NAME,
      apiAccess: 'It watches Certificates and issuers, and writes the certificates it gets into Secrets.',
      priorityClassName: props.priorityClassName,
      containers: [
        {
          name: 'cert-manager-controller',
          image: CERT_MANAGER_IMAGES.controller,
          args: [
            `--v=${props.logLevel}`,
            '--cluster-resource-namespace=$(POD_NAMESPACE)',
            '--leader-election-namespace=$(POD_NAMESPACE)',
            `--acme-http01-solver-image=${useImage(this, CERT_MANAGER_IMAGES.acmeSolver)}`,
            '--max-concurrent-challenges=60',
            ...dnsCheckArgs(dnsCheck, this.node.path),
            ...(props.gatewayApi ? ['--enable-gateway-api=true'] : []),
            ...(props.signsCertificateSigningRequests ? ['--feature-gates=ExperimentalCertificateSigningRequestControllers=true'] : []),
          ],
          env: { POD_NAMESPACE: { field: 'metadata.namespace' } },
          ports: { 'http-metrics': METRICS_PORT, 'http-healthz': HEALTH_PORT },
          resources: props.resources,
          liveness: health,
          readiness: httpProbe('/livez', HEALTH_PORT, { periodSeconds: 5, timeoutSeconds: 5 }),
        },
      ],
    });
    service(this, 'service', {
      name: NAME,
      namespace,
      labels,
      selector: deployment.selector,
      ports: [{ name: 'tcp-prometheus-servicemonitor', port: METRICS_PORT, targetPort: 'http-metrics' }],
    });
    allowProgram(this, 'controller', namespace, { egress: [...(workloadIdentity?.egress ?? []), ...dnsCheckEgress(dnsCheck, this.node.path)] });
  }
}
