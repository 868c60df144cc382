import type * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { Retention } from '../../retention';
import type { ClusterNetwork } from '../contracts';
import { checkLogRetention } from '../log-retention';
import type { AwsIdentity, EksVersion } from '../lookups';
import { checkServiceCidr, DEFAULT_SERVICE_CIDR } from '../network/cidr';
import { checkAdministrators } from './administrators';
import { checkPublicAccess } from './endpoint-access';
import { checkKubernetesVersion } from './version';

/** EKS's limit for names of clusters. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const CLUSTER_NAME = { longest: 100, pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/ } as const;
/** All that a control plane can log. */
export const CLUSTER_LOG_TYPES: readonly string[] = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** Args of {@link EksCluster}. */
export interface EksClusterArgs {
  readonly account: AwsIdentity;
  readonly network: ClusterNetwork;
  /** Name in EKS, unique in account and region: letters, digits, `-` and `_`, at most 100. */
  readonly clusterName: string;
  /** Minor version of Kubernetes, e.g. `1.35`. */
  readonly kubernetesVersion: string;
  /** Range of versions that every component of the platform supports, e.g. `>=1.33.0 <1.37.0`. */
  readonly supportedVersions: string;
  /** What EKS has, from `lookups.kubernetesVersions()`. */
  readonly offeredVersions: readonly EksVersion[];
  /** What becomes of the cluster when its version leaves standard support: `standard` upgrades it, `extended` pays more and stays. @default 'standard' */
  readonly support?: 'standard' | 'extended';
  /** ARNs of the IAM roles and users that may do everything in the cluster. Whoever deploys is one of them. Nobody else gets in. */
  readonly administrators: readonly string[];
  /** Role that deploys, if it is another than who is signed in: the kubeconfig takes it on. @default who is signed in */
  readonly accessRoleArn?: string;
  /** Profile of the AWS configuration files in the kubeconfig. @default the environment's */
  readonly profile?: string;
  /** Public ranges that reach the API server from the internet. @default none: there is a private endpoint only */
  readonly publicAccessCidrs?: readonly string[];
  /** Range of Services: private, /12 to /24, apart from the VPC's. @default '172.20.0.0/16' */
  readonly serviceCidr?: string;
  /** KMS key for Secrets and control plane logs; its policy must let CloudWatch Logs use it (`users: ['logs']`). */
  readonly keyArn: pulumi.Input<string>;
  /** Days the control plane's logs, audit among them, are kept. @default 365 */
  readonly logRetentionDays?: number;
  /** ARN of a policy that bounds what the cluster's role may ever do. @default none */
  readonly permissionsBoundary?: string;
  /** Of the cluster and its logs. @default 'keep' */
  readonly retention?: Retention;
}

/** @throws InvalidInputError for whatever EKS would refuse, and what would leave the cluster open or out of reach */
export function checkClusterArgs(args: EksClusterArgs, where: string): void {
  const { account, clusterName, kubernetesVersion, supportedVersions, offeredVersions, support, administrators, accessRoleArn, publicAccessCidrs = [], serviceCidr = DEFAULT_SERVICE_CIDR } = args;
  if (clusterName.length > CLUSTER_NAME.longest || !CLUSTER_NAME.pattern.test(clusterName)) {
    const expected = `at most ${CLUSTER_NAME.longest} letters, digits, '-' and '_', the first a letter or digit`;
    throw new InvalidInputError({ property: 'clusterName', value: clusterName, expected, where });
  }
  checkKubernetesVersion(kubernetesVersion, { supported: supportedVersions, offered: offeredVersions, extendedSupport: support === 'extended' }, where);
  checkAdministrators(administrators, accessRoleArn ?? account.arn, where);
  checkPublicAccess(publicAccessCidrs, where);
  checkServiceCidr(serviceCidr, undefined, where);
  checkLogRetention('logRetentionDays', args.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS, where);
}

/** A year, as audits ask. */
export const DEFAULT_LOG_RETENTION_DAYS = 365;
