import { Construct } from 'constructs';
import { type CertificateIssuer, type ContainerResources, ServiceIdentity, type ServingCertificate } from '../../core';
import { kserveController } from '../controller';
import { managerContainer } from '../controller-pod';
import { KSERVE_IMAGES } from '../images';
import { LEADER_ELECTION_RULES } from '../manager/rbac';
import { controllerSelector, METRICS_PORT } from '../names';
import { validatingWebhooks, type WebhookCall } from '../webhooks';
import { LLM_CONTROLLER, LLM_WEBHOOK_SERVICE } from './names';
import { LLM_CONTROLLER_RULES } from './rbac';

/** Props of {@link LlmController}. */
export interface LlmControllerProps {
  readonly priorityClassName?: string;
  readonly namespace: string;
  readonly certificates: CertificateIssuer;
  readonly replicas?: number;
  readonly resources?: ContainerResources;
}

/** User upstream runs this controller as. */
const USER = 1000;

/**
 * The controller of LLMInferenceService and its configurations, with its webhooks.
 *
 * @see https://github.com/kserve/kserve/blob/v0.17.0/cmd/llmisvc/main.go
 */
export class LlmController extends Construct {
  readonly certificate: ServingCertificate;

  constructor(scope: Construct, id: string, props: LlmControllerProps) {
    super(scope, id);
    const { namespace } = props;
    const labels = { 'app.kubernetes.io/name': LLM_CONTROLLER, 'app.kubernetes.io/component': 'controller' };

    const identity = new ServiceIdentity(this, 'identity', { name: LLM_CONTROLLER, namespace, labels })
      .grantInCluster({ name: 'kserve-llmisvc-manager-role', bindingName: 'llmisvc-manager-rolebinding', rules: LLM_CONTROLLER_RULES })
      .grantInNamespace({ name: 'llmisvc-leader-election-role', bindingName: 'llmisvc-leader-election-rolebinding', rules: LEADER_ELECTION_RULES });

    this.certificate = props.certificates.servingCertificate(this, 'serving-cert', {
      name: 'llmisvc-serving-cert',
      namespace,
      secretName: 'llmisvc-webhook-server-cert',
      services: [LLM_WEBHOOK_SERVICE],
    });

    kserveController(this, {
      name: LLM_CONTROLLER,
      labels,
      replicas: props.replicas,
      serviceAccount: identity.name,
      apiAccess: 'The controller watches LLMInferenceServices, and makes Deployments, Services, routes and certificates of them.',
      priorityClassName: props.priorityClassName,
      runAsUser: USER,
      containers: [
        managerContainer({
          image: KSERVE_IMAGES.llmController,
          // The endpoint speaks TLS and asks the API server who may read it. Upstream binds it to the loopback, where its own
          // Service cannot reach it.
          args: [`--metrics-addr=:${METRICS_PORT}`, '--leader-elect'],
          ports: { metrics: METRICS_PORT },
          readyMeansWebhooks: false,
          ...(props.resources && { resources: props.resources }),
        }),
      ],
      services: {
        service: {
          name: `${LLM_CONTROLLER}-service`,
          labels: { 'app.kubernetes.io/component': 'controller', ...controllerSelector(LLM_CONTROLLER) },
          ports: [{ name: 'https', port: METRICS_PORT, targetPort: 'metrics' }],
        },
      },
      openPorts: [METRICS_PORT],
      server: { service: LLM_WEBHOOK_SERVICE, namespace, certificate: this.certificate },
      webhooks: (server) => {
        validatingWebhooks(this, 'llminferenceservice.serving.kserve.io', server, bothVersions('llminferenceservice', ['CREATE', 'UPDATE']));
        validatingWebhooks(this, 'llminferenceserviceconfig.serving.kserve.io', server, bothVersions('llminferenceserviceconfig', ['CREATE', 'UPDATE', 'DELETE']));
      },
    });
  }
}

/** Each version of a kind is checked as it was sent, before conversion. */
function bothVersions(kind: string, operations: readonly string[]): WebhookCall[] {
  return ['v1alpha1', 'v1alpha2'].map((version) => ({
    name: `${kind}.kserve-webhook-server.${version}.validator`,
    path: `/validate-serving-kserve-io-${version}-${kind}`,
    resource: `${kind}s`,
    version,
    operations,
    matchPolicy: 'Exact',
  }));
}
