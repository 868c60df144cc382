import { type DnsZone, type EnvValue, jsonText, type WorkloadIdentity } from '../core';

/** Clouds of Azure, as its configuration file names them. */
export type AzureCloud = 'AzurePublicCloud' | 'AzureUSGovernmentCloud' | 'AzureChinaCloud';

/**
 * `azure.json`, of which no field is a credential: who the pods are is proved by their projected token.
 *
 * @see https://github.com/kubernetes-sigs/external-dns/blob/v0.23.0/provider/azure/config.go
 */
export interface AzureConfig {
  readonly cloud: AzureCloud;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** Resource group of the zone. */
  readonly resourceGroup: string;
  /** Client id of the identity. @default what the pods are given by its webhook */
  readonly aadClientId?: string;
  readonly useWorkloadIdentityExtension: true;
}

/** How the program reaches the service that keeps the zone. */
export interface DnsProvider {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, EnvValue>>;
  /** Text of `azure.json`. @default the provider reads no file */
  readonly azureConfig?: string;
}

/** Directory the configuration of Azure is mounted at. */
export const AZURE_CONFIG_DIRECTORY = '/etc/kubernetes';
/** Name of the file in it. */
export const AZURE_CONFIG_FILE = 'azure.json';

/** The provider of a zone, narrowed to that zone. */
export function dnsProvider(zone: DnsZone, identity: WorkloadIdentity, cloud: AzureCloud): DnsProvider {
  const { service } = zone;
  switch (service.kind) {
    case 'route53':
      return {
        args: [
          '--provider=aws',
          `--zone-id-filter=${service.hostedZoneId}`,
          '--aws-zone-type=public',
          // The zone is the one it is given: asking for the list each time takes half of what Route 53 allows an account.
          '--aws-zones-cache-duration=1h',
        ],
        env: { AWS_REGION: service.region },
      };
    case 'cloud-dns':
      return {
        args: ['--provider=google', `--google-project=${service.project}`, `--zone-id-filter=${service.managedZone}`, '--google-zone-visibility=public'],
        env: {},
      };
    case 'azure-dns': {
      const config: AzureConfig = {
        cloud,
        tenantId: service.tenantId,
        subscriptionId: service.subscriptionId,
        resourceGroup: service.resourceGroup,
        ...(identity.clientId !== undefined && { aadClientId: identity.clientId }),
        useWorkloadIdentityExtension: true,
      };
      return {
        args: ['--provider=azure', `--azure-config-file=${AZURE_CONFIG_DIRECTORY}/${AZURE_CONFIG_FILE}`, `--zone-name-filter=${zone.domain}`, '--azure-zones-cache-duration=1h'],
        env: {},
        azureConfig: jsonText(config),
      };
    }
  }
}
