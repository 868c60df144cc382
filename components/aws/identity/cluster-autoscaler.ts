import * as pulumi from '@pulumi/pulumi';
import type { PolicyStatement, TargetCluster } from '../contracts';
import type { AwsIdentity } from '../lookups';

/**
 * What the cluster autoscaler may do: look at all groups, and size those of this cluster only. EKS puts `eks:cluster-name` on the Auto Scaling groups of its
 * node groups.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function clusterAutoscalerAccess({ partition, region, accountId }: AwsIdentity, { clusterName }: Pick<TargetCluster, 'clusterName'>): readonly PolicyStatement[] {
  return [
    {
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      // These actions know no narrower resource.
      resources: ['*'],
    },
    { actions: ['eks:DescribeNodegroup'], resources: [pulumi.interpolate`arn:${partition}:eks:${region}:${accountId}:nodegroup/${clusterName}/*/*`] },
    {
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [`arn:${partition}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/*`],
      conditions: { StringEquals: { 'aws:ResourceTag/eks:cluster-name': clusterName } },
    },
  ];
}
