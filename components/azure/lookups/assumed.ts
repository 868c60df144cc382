import type { AzureLookups, FoundSubnet } from './lookups';

/** What {@link assumedLookups} takes to be so. */
export interface AssumedAzure {
  readonly location: string;
  /** @default a subscription of zeros */
  readonly subscriptionId?: string;
  /** @default a tenant of zeros */
  readonly tenantId?: string;
  /**
   * Subnets of a virtual network that exists, by the names the configuration gives them.
   * @default none, so that an existing network has none of the subnets that are asked for
   */
  readonly subnets?: readonly Omit<FoundSubnet, 'id'>[];
  /** Address ranges of a virtual network that exists. @default 10.224.0.0/16 */
  readonly networkCidrs?: readonly string[];
  /** Version of Kubernetes that a cluster that exists runs. @default '1.34.0' */
  readonly kubernetesVersion?: string;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Answers without Azure, for synthesis offline: what the configuration names exists and is fine; what is offered is not known. */
export function assumedLookups(assumed: AssumedAzure): AzureLookups {
  const subscriptionId = assumed.subscriptionId ?? NOBODY;
  const { location } = assumed;
  const idOf = (group: string, kind: string, name: string): string => `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${kind}/${name}`;
  return {
    live: false,
    account: async () => ({ subscriptionId, tenantId: assumed.tenantId ?? NOBODY, objectId: NOBODY }),
    vmSizes: async () => undefined,
    kubernetesVersions: async () => undefined,
    hasResourceGroup: async () => true,
    virtualNetwork: async (group, name) => {
      const id = idOf(group, 'Microsoft.Network/virtualNetworks', name);
      return { id, location, cidrs: assumed.networkCidrs ?? ['10.224.0.0/16'], subnets: (assumed.subnets ?? []).map((subnet) => ({ ...subnet, id: `${id}/subnets/${subnet.name}` })) };
    },
    cluster: async (group, name) => ({
      id: idOf(group, 'Microsoft.ContainerService/managedClusters', name),
      location,
      kubernetesVersion: assumed.kubernetesVersion ?? '1.34.0',
      provisioningState: 'Succeeded',
      powerState: 'Running',
      oidcIssuer: `https://${location}.oic.prod-aks.azure.com/${assumed.tenantId ?? NOBODY}/${NOBODY}/`,
      workloadIdentity: true,
      localAccounts: false,
      entraId: true,
      networkPolicy: 'cilium',
      secretsStore: true,
      nodeIdentityPrincipalId: NOBODY,
      controlPlanePrincipalId: NOBODY,
    }),
  };
}
