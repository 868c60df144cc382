import type * as pulumi from '@pulumi/pulumi';
import type { ServiceAccountRef, WorkloadIdentity } from '../../constructs/core';

/** A built-in role, and on what. */
export interface RoleGrant {
  /** Id of the role definition, a UUID. */
  readonly roleDefinitionId: string;
  /** Resource id that it holds for, as narrow as there is one. */
  readonly scope: pulumi.Input<string>;
  /** Condition in Azure's attribute language. @default none */
  readonly condition?: pulumi.Input<string>;
}

/** Gives ServiceAccounts of one cluster access to Azure (Microsoft Entra Workload ID). */
export interface ServiceAccountIdentities {
  /**
   * Gives exactly this ServiceAccount exactly these roles. Each ServiceAccount has one managed identity, which further grants add to.
   *
   * @param id what it is for: a DNS label, unique for the ServiceAccount, e.g. `models-read`
   */
  grant(serviceAccount: ServiceAccountRef, id: string, grants: readonly RoleGrant[]): WorkloadIdentity;
}

/** The resource group and network that everything of a stack is in. */
export interface ClusterNetwork {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: string;
  readonly virtualNetworkId: pulumi.Output<string>;
  /** Subnet of the nodes. */
  readonly nodeSubnetId: pulumi.Output<string>;
  /** Subnet delegated to the API server, for clusters with API server VNet integration. */
  readonly apiServerSubnetId: pulumi.Output<string>;
  /** Subnet of private endpoints. */
  readonly endpointSubnetId: pulumi.Output<string>;
  /** Subnet delegated to MySQL flexible servers. */
  readonly databaseSubnetId: pulumi.Output<string>;
}
