import type * as pulumi from '@pulumi/pulumi';
import type { ServiceAccountRef, WorkloadIdentity } from '../../constructs/core';

/** The project and region that everything of a stack is in. */
export interface GcpLocation {
  /** Id of the project, e.g. `my-project`. */
  readonly project: string;
  /** Number of the project, by which service agents and workload identity pools are named. */
  readonly projectNumber: string;
  /** Region, e.g. `europe-west4`. */
  readonly region: string;
}

/** Names ServiceAccounts of one cluster to Google Cloud's IAM (Workload Identity Federation for GKE, without service accounts of Google in between). */
export interface ServiceAccountPrincipals {
  /** Member of IAM policies, `principal://…/subject/ns/<namespace>/sa/<name>`: exactly this ServiceAccount. */
  member(serviceAccount: ServiceAccountRef): pulumi.Output<string>;
  /**
   * What the pods need to act as that member.
   *
   * @param grants IAM members that have been made for it: the ServiceAccount waits for them
   */
  identity(serviceAccount: ServiceAccountRef, grants: readonly pulumi.CustomResource[]): WorkloadIdentity;
}

/** The network that everything of a stack is in. */
export interface ClusterNetwork {
  /** Self link of the VPC. */
  readonly networkId: pulumi.Output<string>;
  /** Self link of the nodes' subnet. */
  readonly subnetId: pulumi.Output<string>;
  /** IPv4 range of the nodes. */
  readonly cidr: string;
  /** Names of the subnet's secondary ranges. */
  readonly podRange: string;
  readonly serviceRange: string;
  /** The peering through which managed services (Cloud SQL, Filestore) have private addresses; what uses it waits for it. */
  readonly serviceConnection: pulumi.Resource;
}
