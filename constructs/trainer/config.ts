import { checkWholeNumber, InvalidInputError, type LeaderElectionConfig, yamlText } from '../core';

/**
 * What the controller manager reads at start. Ports, certificates and health checks are not here: the component sets them, since
 * Services, probes and network policies must agree with them. The file's `clientConnection` is missing because this version reads
 * it and uses it for nothing.
 *
 * @see https://github.com/kubeflow/trainer/blob/v2.2.0/pkg/apis/config/v1alpha1/configuration_types.go
 */
export interface TrainerConfig {
  readonly leaderElection?: LeaderElectionConfig;
  /** Objects of a kind worked on at the same time. @default 5 TrainJobs, 1 of each kind of runtime */
  readonly concurrency?: {
    readonly trainJobs?: number;
    readonly trainingRuntimes?: number;
    readonly clusterTrainingRuntimes?: number;
  };
  /**
   * Let training programs report progress and metrics, shown in the TrainJob's status. An alpha feature of this version: the
   * controller serves it on a port of its own, opened to every pod, and checks each caller's token.
   *
   * @default false
   */
  readonly trainJobStatus?: boolean;
  /** Limits on what the status server asks of the API server. @default 5 requests a second, 10 at once */
  readonly statusServer?: { readonly qps?: number; readonly burst?: number };
}

/** Ports of the controller manager. */
export const PORTS = { webhook: 9443, metrics: 8443, health: 8081, status: 10443 } as const;

/** Where the program looks for the webhooks' key pair; not configurable. */
export const CERTIFICATE_DIRECTORY = '/tmp/k8s-webhook-server/serving-certs';

/** Lease of the leader election. */
export const LEASE_NAME = 'trainer.kubeflow.org';

/** Service in front of webhooks, metrics and the status server. */
export const SERVICE_NAME = 'kubeflow-trainer-controller-manager';

/** Secret with the webhooks' key pair. */
export const CERTIFICATE_SECRET = 'kubeflow-trainer-webhook-cert';

/**
 * The configuration file as text.
 *
 * @throws InvalidInputError for a concurrency that is no positive whole number, or a rate that is not positive
 */
export function configText(config: TrainerConfig, where: string): string {
  const concurrency = { trainJobs: 5, trainingRuntimes: 1, clusterTrainingRuntimes: 1, ...config.concurrency };
  for (const [kind, value] of Object.entries(concurrency)) {
    checkWholeNumber(`config.concurrency.${kind}`, value, where, { least: 1 });
  }
  const statusServer = { qps: 5, burst: 10, ...config.statusServer };
  for (const [field, value] of Object.entries(statusServer)) {
    if (!(value > 0)) throw new InvalidInputError({ property: `config.statusServer.${field}`, value, expected: 'a number above 0', where });
  }
  return yamlText({
    apiVersion: 'config.trainer.kubeflow.org/v1alpha1',
    kind: 'Configuration',
    health: { healthProbeBindAddress: `:${PORTS.health}`, readinessEndpointName: 'readyz', livenessEndpointName: 'healthz' },
    metrics: { bindAddress: `:${PORTS.metrics}`, secureServing: true },
    webhook: { port: PORTS.webhook },
    // This version sets no defaults for the timing of the leader election: left out, the program would not start.
    leaderElection: {
      leaderElect: true,
      resourceLock: 'leases',
      resourceName: LEASE_NAME,
      resourceNamespace: '',
      leaseDuration: '15s',
      renewDeadline: '10s',
      retryPeriod: '2s',
      ...config.leaderElection,
    },
    controller: {
      groupKindConcurrency: {
        'TrainJob.trainer.kubeflow.org': concurrency.trainJobs,
        'TrainingRuntime.trainer.kubeflow.org': concurrency.trainingRuntimes,
        'ClusterTrainingRuntime.trainer.kubeflow.org': concurrency.clusterTrainingRuntimes,
      },
    },
    // Certificates come from the platform's issuer. The names are read all the same: jobs get the CA from that Secret.
    certManagement: { enable: false, webhookServiceName: SERVICE_NAME, webhookSecretName: CERTIFICATE_SECRET },
    statusServer: { port: PORTS.status, ...statusServer },
    featureGates: { TrainJobStatus: config.trainJobStatus ?? false },
  });
}
