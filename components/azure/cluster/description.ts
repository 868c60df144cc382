import type * as containerservice from '@pulumi/azure-native/containerservice';
import { addressAt, checkRange } from '../network/cidr';
import { SERVICE_SIZES } from '../network/plan';
import { poolProfile } from '../nodes/profile';
import type { AksClusterArgs } from './args';
import type { ClusterIdentities } from './control-plane-identity';

/** Hours between two clean-ups of images that nothing runs and that have known flaws. */
const IMAGE_CLEANING_HOURS = 168;
/** Which address of the services' range DNS has. */
const DNS_ADDRESS = 10;

/** What Azure is told of a cluster. */
export function clusterDescription(args: AksClusterArgs, name: string, { controlPlane, nodes }: ClusterIdentities): containerservice.ManagedClusterArgs {
  const { network, keys, systemPool, tags } = args;
  const csi = { enabled: true };
  return {
    resourceGroupName: network.resourceGroupName,
    location: network.location,
    resourceName: name,
    dnsPrefix: dnsPrefix(name),
    nodeResourceGroup: `${name}-nodes`,
    nodeResourceGroupProfile: { restrictionLevel: 'ReadOnly' },
    sku: { name: 'Base', tier: args.tier ?? 'Standard' },
    ...(args.tier === 'Premium' && { supportPlan: 'AKSLongTermSupport' }),
    kubernetesVersion: args.kubernetesVersion,
    tags,
    identity: { type: 'UserAssigned', userAssignedIdentities: [controlPlane.id] },
    identityProfile: { kubeletidentity: { resourceId: nodes.id, clientId: nodes.clientId, objectId: nodes.principalId } },
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: args.tenantId, adminGroupObjectIDs: [...(args.adminGroupObjectIds ?? [])] },
    enableRBAC: true,
    disableLocalAccounts: true,
    apiServerAccessProfile: apiServerAccess(args),
    networkProfile: networkProfile(args),
    securityProfile: securityProfile(args),
    diskEncryptionSetID: keys.diskEncryptionSetId,
    oidcIssuerProfile: { enabled: true },
    storageProfile: { diskCSIDriver: csi, fileCSIDriver: csi, blobCSIDriver: csi, snapshotController: csi },
    addonProfiles: {
      azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: 'true', rotationPollInterval: '2m' } },
      azurepolicy: { enabled: args.azurePolicy === true },
    },
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' },
    autoScalerProfile: { expander: 'least-waste', balanceSimilarNodeGroups: 'true' },
    agentPoolProfiles: [{ ...poolProfile(systemPool, { subnetId: network.nodeSubnetId, tags }), name: systemPool.name }],
  };
}

function apiServerAccess({ network, authorizedIpRanges, publicDnsName }: AksClusterArgs) {
  return {
    enableVnetIntegration: true,
    subnetId: network.apiServerSubnetId,
    // Commands sent through Azure would go around the network.
    disableRunCommand: true,
    ...(authorizedIpRanges
      ? { enablePrivateCluster: false, authorizedIPRanges: [...authorizedIpRanges] }
      : { enablePrivateCluster: true, privateDNSZone: 'system', enablePrivateClusterPublicFQDN: publicDnsName === true }),
  };
}

function networkProfile({ network }: AksClusterArgs) {
  const services = checkRange({ property: 'serviceCidr', cidr: network.serviceCidr }, SERVICE_SIZES, 'network');
  return {
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    networkDataplane: 'cilium',
    networkPolicy: 'cilium',
    loadBalancerSku: 'standard',
    outboundType: 'userAssignedNATGateway',
    podCidr: network.podCidr,
    serviceCidr: network.serviceCidr,
    dnsServiceIP: addressAt(services, DNS_ADDRESS),
  };
}

function securityProfile({ keys, workspaceId }: AksClusterArgs) {
  return {
    azureKeyVaultKms: { enabled: true, keyId: keys.secretsKey.keyId, keyVaultNetworkAccess: 'Private', keyVaultResourceId: keys.secretsKey.vaultId },
    defender: { logAnalyticsWorkspaceResourceId: workspaceId, securityMonitoring: { enabled: true } },
    imageCleaner: { enabled: true, intervalHours: IMAGE_CLEANING_HOURS },
    workloadIdentity: { enabled: true },
  };
}

/** What an API server's name begins with: letters, digits and hyphens, at most 54. */
function dnsPrefix(name: string): string {
  return name.replaceAll('_', '-').slice(0, 54).replace(/-+$/, '');
}
