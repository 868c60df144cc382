/** Who the program is to Azure. */
export interface AzureAccount {
  /** Subscription that resources go to, a UUID. */
  readonly subscriptionId: string;
  /** Directory that the subscription trusts, a UUID. */
  readonly tenantId: string;
  /** Object id of the user, application or managed identity that is signed in. */
  readonly objectId: string;
}

/** A size of virtual machines that a location offers to the subscription. */
export interface OfferedVmSize {
  /** E.g. `Standard_D8ds_v5`. */
  readonly name: string;
  /** Availability zones that have it, e.g. `['1', '2', '3']`; none where the location has no zones. */
  readonly zones: readonly string[];
  readonly encryptionAtHost: boolean;
  /** Whether it starts with secure boot and a virtual TPM. */
  readonly trustedLaunch: boolean;
}

/** A subnet that exists. */
export interface FoundSubnet {
  readonly id: string;
  readonly name: string;
  /** Address ranges, e.g. `10.0.0.0/20`. */
  readonly cidrs: readonly string[];
  /** Services it is delegated to, e.g. `Microsoft.DBforMySQL/flexibleServers`. */
  readonly delegations: readonly string[];
  readonly hasSecurityGroup: boolean;
  readonly hasNatGateway: boolean;
  /** Whether a route table sends what leaves it somewhere else. */
  readonly hasRouteTable: boolean;
}

/** A virtual network that exists. */
export interface FoundVirtualNetwork {
  readonly id: string;
  readonly location: string;
  readonly cidrs: readonly string[];
  readonly subnets: readonly FoundSubnet[];
}

/** An AKS cluster that exists. */
export interface FoundCluster {
  readonly id: string;
  readonly location: string;
  /** Version of Kubernetes it runs, e.g. `1.33.2`. */
  readonly kubernetesVersion: string;
  /** `Succeeded` when nothing is being changed. */
  readonly provisioningState: string;
  /** `Running` or `Stopped`. */
  readonly powerState: string;
  /** Issuer of its ServiceAccounts' tokens. @default it has none */
  readonly oidcIssuer?: string;
  readonly workloadIdentity: boolean;
  readonly localAccounts: boolean;
  readonly entraId: boolean;
  /** E.g. `cilium`. @default none is enforced */
  readonly networkPolicy?: string;
  /** Whether the driver that mounts secrets of key vaults is there. */
  readonly secretsStore: boolean;
  /** Object id of the identity that nodes pull images with. @default Azure states none */
  readonly nodeIdentityPrincipalId?: string;
  /** Object id of the identity of its control plane. @default Azure states none */
  readonly controlPlanePrincipalId?: string;
}

/** What exists in Azure, and what it offers. Asked before anything is registered. */
export interface AzureLookups {
  /** Whether answers come from Azure; without, what the configuration names is taken to exist. */
  readonly live: boolean;
  /** Who the program is. */
  account(): Promise<AzureAccount>;
  /** Sizes that a location offers; `undefined` if that is not known. */
  vmSizes(location: string): Promise<readonly OfferedVmSize[] | undefined>;
  /** Minor and patch versions of Kubernetes that AKS offers in a location, e.g. `1.33`, `1.33.2`; `undefined` if that is not known. */
  kubernetesVersions(location: string): Promise<readonly string[] | undefined>;
  /** Whether the subscription has a resource group of this name. */
  hasResourceGroup(name: string): Promise<boolean>;
  /** @throws Error if there is none */
  virtualNetwork(resourceGroupName: string, name: string): Promise<FoundVirtualNetwork>;
  /** @throws Error if there is none */
  cluster(resourceGroupName: string, name: string): Promise<FoundCluster>;
}
