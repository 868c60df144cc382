import * as pulumi from '@pulumi/pulumi';
import type { ServiceAccountRef } from '../../../constructs/core';
import type { TargetCluster } from '../contracts';
import type { AwsIdentity } from '../lookups';

/**
 * Whom a role trusts with EKS Pod Identity: pods of one ServiceAccount of one cluster, which EKS states in session tags that nobody else can set.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podIdentityTrust({ partition, region, accountId }: AwsIdentity, { clusterName }: Pick<TargetCluster, 'clusterName'>, { namespace, name }: ServiceAccountRef): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          StringEquals: {
            'aws:SourceAccount': accountId,
            'aws:RequestTag/eks-cluster-arn': pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`,
            'aws:RequestTag/kubernetes-namespace': namespace,
            'aws:RequestTag/kubernetes-service-account': name,
          },
        },
      },
    ],
  });
}

/** Audience of the tokens that pods show to STS. */
export const STS_AUDIENCE = 'sts.amazonaws.com';

/**
 * Whom a role trusts with IAM roles for service accounts: bearers of tokens for STS that the cluster's issuer has made out to one ServiceAccount.
 *
 * @param providerArn the issuer as IAM knows it
 * @param issuer its URL
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function irsaTrust(providerArn: pulumi.Output<string>, issuer: pulumi.Output<string>, { namespace, name }: ServiceAccountRef): pulumi.Output<string> {
  return pulumi.all([providerArn, issuer]).apply(([provider, url]) => {
    const host = url.replace(/^https:\/\//, '');
    return JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: provider },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${host}:aud`]: STS_AUDIENCE, [`${host}:sub`]: `system:serviceaccount:${namespace}:${name}` } },
        },
      ],
    });
  });
}
