import * as pulumi from '@pulumi/pulumi';
import { InvalidInputError } from '../../../constructs/core';
import type { TargetCluster } from '../contracts';
import type { AwsLookups } from '../lookups';
import { kubeconfigText } from './kubeconfig';
import { checkRunningVersion } from './version';

/** Which cluster of the account a platform is put on. */
export interface ExistingEksClusterArgs {
  /** Name of the cluster in EKS. */
  readonly name: string;
  /** Range of Kubernetes versions that every component of the platform supports, e.g. `>=1.33.0 <1.37.0`. */
  readonly supportedVersions: string;
  /** VPC it must be in, where the platform's database and files are put into one. @default any */
  readonly vpcId?: string;
  /** Role the kubeconfig takes on. @default none: who is signed in */
  readonly accessRoleArn?: string;
  /** Profile of the AWS configuration files in the kubeconfig. @default the environment's */
  readonly profile?: string;
  /** Configuration section the args are from, for errors. @default 'cluster' */
  readonly where?: string;
}

/**
 * A cluster that exists already, as what {@link EksCluster} would have made. Its add-ons and nodes are its own: VPC CNI with network policy and the
 * EKS Pod Identity agent must be there.
 *
 * @throws InvalidInputError if it is not there, cannot be used now, is in another VPC, or of a version that a component does not support
 */
export async function existingEksCluster(lookups: AwsLookups, args: ExistingEksClusterArgs): Promise<TargetCluster> {
  const { name, supportedVersions, vpcId, accessRoleArn, profile, where = 'cluster' } = args;
  const refuse = (value: unknown, expected: string): never => {
    throw new InvalidInputError({ property: 'name', value, expected, where });
  };
  const [facts, { region }] = await Promise.all([lookups.cluster(name), lookups.identity()]);
  if (!facts) return refuse(name, `a cluster of the account in '${region}'`);
  const { status, version, endpoint, certificateAuthority } = facts;
  if (status !== 'ACTIVE') refuse(status, `cluster '${name}' to be ACTIVE`);
  checkRunningVersion(version, supportedVersions, where);
  if (vpcId !== undefined && facts.vpcId !== vpcId) refuse(name, `a cluster in '${vpcId}'; this one is in '${facts.vpcId}'`);
  const kubeconfig = kubeconfigText({
    clusterName: name,
    region,
    endpoint,
    certificateAuthority,
    context: name,
    ...(profile !== undefined && { profile }),
    ...(accessRoleArn !== undefined && { roleArn: accessRoleArn }),
  });
  return {
    clusterName: pulumi.output(name),
    version,
    endpoint: pulumi.output(endpoint),
    certificateAuthority: pulumi.output(certificateAuthority),
    oidcIssuer: pulumi.output(facts.oidcIssuer),
    securityGroupId: pulumi.output(facts.securityGroupId),
    kubeconfig: pulumi.secret(kubeconfig),
    context: name,
  };
}
