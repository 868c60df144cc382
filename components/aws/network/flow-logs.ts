import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { protectedBy, type Retention } from '../../retention';
import type { AwsIdentity } from '../lookups';
import { allowing, trusting } from '../policy-documents';

/** What {@link declareFlowLogs} is given. */
export interface FlowLogs {
  readonly parent: pulumi.Resource;
  readonly account: AwsIdentity;
  readonly vpcId: pulumi.Output<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly retention: Retention;
}

/** Logs all traffic of a VPC, accepted and refused, into a log group that is encrypted with a key of the account. */
export function declareFlowLogs(name: string, { parent, account, vpcId, keyArn, retentionDays, retention }: FlowLogs): void {
  const group = new aws.cloudwatch.LogGroup(name, { kmsKeyId: keyArn, retentionInDays: retentionDays }, protectedBy(retention, parent));
  const { partition, region, accountId } = account;
  const trust = trusting('vpc-flow-logs.amazonaws.com', {
    StringEquals: { 'aws:SourceAccount': accountId },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${accountId}:vpc-flow-log/*` },
  });
  const role = new aws.iam.Role(name, { description: 'Writes the flow logs of a VPC', assumeRolePolicy: trust }, { parent });
  const policy = new aws.iam.RolePolicy(
    name,
    {
      role: role.id,
      policy: allowing([
        { actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'], resources: [group.arn, pulumi.interpolate`${group.arn}:*`] },
      ]),
    },
    { parent },
  );
  new aws.ec2.FlowLog(
    name,
    { vpcId, trafficType: 'ALL', logDestinationType: 'cloud-watch-logs', logDestination: group.arn, iamRoleArn: role.arn, maxAggregationInterval: 60, tags: { Name: name } },
    { parent, dependsOn: [policy] },
  );
}
