import type * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';

/** What every node has in common, whatever it is for. */
export function hardenedNode(serviceAccount: pulumi.Input<string>, diskKey: pulumi.Input<string>) {
  return {
    imageType: 'COS_CONTAINERD',
    serviceAccount,
    // Scopes are the older limit; what the account may do is said by its roles.
    oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    bootDiskKmsKey: diskKey,
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    metadata: { 'disable-legacy-endpoints': 'true' },
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE' },
  } satisfies gcp.types.input.container.NodePoolNodeConfig;
}
