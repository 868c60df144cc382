import { InvalidInputError, type LeaderElectionConfig, yamlText } from '../core';

/**
 * What the controller manager reads at start. Ports, certificates and health checks are not here: the component sets them, since
 * Services, probes and network policies must agree with them.
 *
 * @see https://github.com/kubernetes-sigs/jobset/blob/v0.11.0/api/config/v1alpha1/configuration_types.go
 */
export interface JobSetConfig {
  readonly leaderElection?: LeaderElectionConfig;
  readonly clientConnection?: {
    /** Requests a second to the API server. @default 500 */
    readonly qps?: number;
    /** Requests allowed at once above that. @default 500 */
    readonly burst?: number;
  };
  /** Features by name. @default what the release enables */
  readonly featureGates?: {
    /** Restart pods in place, without making them anew (alpha). @default false */
    readonly InPlaceRestart?: boolean;
  };
}

/** Ports of the controller manager. */
export const PORTS = { webhook: 9443, metrics: 8443, health: 8081 } as const;

/** Where the key pairs are mounted. */
export const CERTIFICATE_DIRECTORIES = {
  webhook: '/tmp/k8s-webhook-server/serving-certs',
  metrics: '/tmp/k8s-metrics-server/serving-certs',
} as const;

/** Lease of the leader election. */
export const LEASE_NAME = '6d4f6a47.jobset.x-k8s.io';

/**
 * The configuration file as text.
 *
 * @throws InvalidInputError for rates that are not positive
 */
export function configText(config: JobSetConfig, where: string): string {
  for (const [field, value] of Object.entries(config.clientConnection ?? {})) {
    if (value !== undefined && !(value > 0)) {
      throw new InvalidInputError({ property: `config.clientConnection.${field}`, value, expected: 'a number above 0', where });
    }
  }
  return yamlText({
    apiVersion: 'config.jobset.x-k8s.io/v1alpha1',
    kind: 'Configuration',
    leaderElection: { leaderElect: true, resourceName: LEASE_NAME, ...config.leaderElection },
    // Certificates come from the platform's issuer: with its own the program writes into webhook configurations and restarts at first.
    internalCertManagement: { enable: false },
    webhook: { port: PORTS.webhook, certDir: CERTIFICATE_DIRECTORIES.webhook },
    metrics: { bindAddress: `:${PORTS.metrics}`, certDir: CERTIFICATE_DIRECTORIES.metrics },
    health: { healthProbeBindAddress: `:${PORTS.health}` },
    clientConnection: config.clientConnection,
    featureGates: config.featureGates,
  });
}
