import type * as pulumi from '@pulumi/pulumi';
import type { ServiceAccountRef, WorkloadIdentity } from '../../constructs/core';

/** One statement of an IAM policy. */
export interface PolicyStatement {
  /** Actions, spelled out, e.g. `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly pulumi.Input<string>[];
  /** By operator, by condition key. @default none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>>;
}

/** Gives ServiceAccounts of one cluster access to AWS. */
export interface ServiceAccountRoles {
  /**
   * Gives exactly this ServiceAccount exactly this access. Each ServiceAccount has one role, which further grants add to.
   *
   * @param id what it is for: a DNS label, unique for the ServiceAccount, e.g. `models-read`
   */
  grant(serviceAccount: ServiceAccountRef, id: string, statements: readonly PolicyStatement[]): WorkloadIdentity;
}

/** The network that everything of a stack is in. */
export interface ClusterNetwork {
  readonly vpcId: pulumi.Output<string>;
  /** IPv4 range of the VPC. */
  readonly cidr: pulumi.Output<string>;
  /** Subnets without a public address, one a zone, in the order of `zones`. */
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
  /** Subnets for load balancers that face the internet. */
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  readonly zones: readonly string[];
}

/** A cluster that platforms are put on. */
export interface TargetCluster {
  /** Name of the cluster in EKS. */
  readonly clusterName: pulumi.Output<string>;
  /** Version of Kubernetes, e.g. `1.35`. */
  readonly version: string;
  readonly endpoint: pulumi.Output<string>;
  /** CA of the API server, base64 of PEM. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** Issuer of the cluster's ServiceAccount tokens, a URL. */
  readonly oidcIssuer: pulumi.Output<string>;
  /** Security group that nodes and control plane share. */
  readonly securityGroupId: pulumi.Output<string>;
  /** How to get in, as JSON text: signs in by `aws eks get-token`, holds no credential. Known once whoever deploys has access. A secret all the same. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Context of `kubeconfig`. */
  readonly context: string;
}
