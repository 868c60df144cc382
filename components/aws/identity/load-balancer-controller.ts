import * as pulumi from '@pulumi/pulumi';
import type { ClusterNetwork, PolicyStatement, TargetCluster } from '../contracts';
import type { AwsIdentity } from '../lookups';

/** Tag by which the controller knows what is its own. */
const OWN = 'elbv2.k8s.aws/cluster';

/**
 * What the AWS Load Balancer Controller may do: look at all load balancers, make some tagged with this cluster's name, and change those only; open ports in
 * security groups of this VPC only. Upstream's policy asks for the tag but not for its value, so that one cluster's controller may change another's.
 * Shield, WAF Classic and sign-in with Cognito at the load balancer are left out: an Ingress that asks for them by annotation gets none.
 *
 * @param webAclArns web ACLs of WAF that an Ingress may put before a load balancer
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json
 */
export function loadBalancerControllerAccess(
  { partition, region, accountId }: AwsIdentity,
  { clusterName }: Pick<TargetCluster, 'clusterName'>,
  { vpcId }: Pick<ClusterNetwork, 'vpcId'>,
  webAclArns: readonly string[] = [],
): readonly PolicyStatement[] {
  const ec2 = (resource: string) => `arn:${partition}:ec2:${region}:${accountId}:${resource}`;
  const elb = (resource: string) => `arn:${partition}:elasticloadbalancing:${region}:${accountId}:${resource}`;
  const vpc = pulumi.interpolate`arn:${partition}:ec2:${region}:${accountId}:vpc/${vpcId}`;
  const balancers = ['net', 'app'].map((kind) => elb(`loadbalancer/${kind}/*/*`));
  const listeners = ['net', 'app'].flatMap((kind) => [elb(`listener/${kind}/*/*/*`), elb(`listener-rule/${kind}/*/*/*`)]);
  const targetGroups = elb('targetgroup/*/*');
  const securityGroups = ec2('security-group/*');
  const asOurs = { StringEquals: { [`aws:RequestTag/${OWN}`]: clusterName } };
  const ours = { StringEquals: { [`aws:ResourceTag/${OWN}`]: clusterName } };
  // Retagging what is ours must not hand it to another cluster.
  const oursToRetag = { ...ours, Null: { [`aws:RequestTag/${OWN}`]: 'true' } };
  return [
    // Listing knows no narrower resource.
    { actions: DESCRIBE, resources: ['*'] },
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    },
    { actions: ['ec2:CreateSecurityGroup'], resources: [securityGroups], conditions: asOurs },
    { actions: ['ec2:CreateSecurityGroup'], resources: [vpc] },
    { actions: ['ec2:CreateTags'], resources: [securityGroups], conditions: { StringEquals: { ...asOurs.StringEquals, 'ec2:CreateAction': 'CreateSecurityGroup' } } },
    { actions: ['ec2:CreateTags', 'ec2:DeleteTags'], resources: [securityGroups], conditions: oursToRetag },
    // Also those of the nodes, which are not the controller's own.
    { actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'], resources: [securityGroups], conditions: { ArnEquals: { 'ec2:Vpc': vpc } } },
    { actions: ['ec2:DeleteSecurityGroup'], resources: [securityGroups], conditions: ours },
    { actions: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'], resources: [...balancers, targetGroups], conditions: asOurs },
    {
      actions: ['elasticloadbalancing:AddTags'],
      resources: [...balancers, targetGroups],
      conditions: { StringEquals: { ...asOurs.StringEquals, 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] } },
    },
    { actions: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], resources: [...balancers, targetGroups], conditions: oursToRetag },
    // A listener is created on a load balancer, whose tag counts; and changed by itself, with the tags it was given then.
    { actions: LISTENERS, resources: [...balancers, ...listeners], conditions: ours },
    {
      actions: ['elasticloadbalancing:AddTags'],
      resources: listeners,
      conditions: { StringEquals: { ...asOurs.StringEquals, 'elasticloadbalancing:CreateAction': ['CreateListener', 'CreateRule'] } },
    },
    { actions: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'], resources: listeners, conditions: oursToRetag },
    { actions: CHANGE, resources: [...balancers, targetGroups], conditions: ours },
    ...(webAclArns.length === 0 ? [] : [{ actions: WEB_ACLS, resources: [...webAclArns, ...balancers] }]),
  ];
}

const DESCRIBE = [
  'ec2:DescribeAccountAttributes',
  'ec2:DescribeAddresses',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeInternetGateways',
  'ec2:DescribeVpcs',
  'ec2:DescribeVpcPeeringConnections',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeInstances',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeTags',
  'ec2:DescribeRouteTables',
  'ec2:GetSecurityGroupsForVpc',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeListenerAttributes',
  'elasticloadbalancing:DescribeListenerCertificates',
  'elasticloadbalancing:DescribeSSLPolicies',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetHealth',
  'elasticloadbalancing:DescribeTags',
  'elasticloadbalancing:DescribeTrustStores',
  'elasticloadbalancing:DescribeCapacityReservation',
  'acm:ListCertificates',
  'acm:DescribeCertificate',
];

const WEB_ACLS = ['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL', 'wafv2:GetWebACL', 'wafv2:GetWebACLForResource', 'elasticloadbalancing:SetWebAcl'];

const LISTENERS = [
  'elasticloadbalancing:CreateListener',
  'elasticloadbalancing:CreateRule',
  'elasticloadbalancing:DeleteListener',
  'elasticloadbalancing:DeleteRule',
  'elasticloadbalancing:ModifyListener',
  'elasticloadbalancing:ModifyListenerAttributes',
  'elasticloadbalancing:AddListenerCertificates',
  'elasticloadbalancing:RemoveListenerCertificates',
  'elasticloadbalancing:ModifyRule',
  'elasticloadbalancing:SetRulePriorities',
];

const CHANGE = [
  'elasticloadbalancing:ModifyLoadBalancerAttributes',
  'elasticloadbalancing:SetIpAddressType',
  'elasticloadbalancing:SetSecurityGroups',
  'elasticloadbalancing:SetSubnets',
  'elasticloadbalancing:DeleteLoadBalancer',
  'elasticloadbalancing:ModifyTargetGroup',
  'elasticloadbalancing:ModifyTargetGroupAttributes',
  'elasticloadbalancing:DeleteTargetGroup',
  'elasticloadbalancing:ModifyCapacityReservation',
  'elasticloadbalancing:RegisterTargets',
  'elasticloadbalancing:DeregisterTargets',
];
