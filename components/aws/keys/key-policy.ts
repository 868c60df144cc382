import type { AwsIdentity } from '../lookups';

/** Services that use a key on nobody's behalf, and so must be named in its policy. All others act for whoever calls them, whose own policies decide. */
export type KeyUser =
  /** CloudWatch Logs, for log groups of this account. */
  | 'logs'
  /** EC2 Auto Scaling, for the volumes of nodes. */
  | 'autoscaling';

/** Actions of a service that encrypts and decrypts by data keys. */
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'];

/**
 * Who may use a key. The account itself comes first: without it IAM policies would not count, and a mistake here would lock everybody out for good.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(account: AwsIdentity, users: readonly KeyUser[]): string {
  const { partition, accountId } = account;
  const root = { Sid: 'AccountPolicies', Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [root, ...users.flatMap((user) => STATEMENTS[user](account))] });
}

const STATEMENTS: Readonly<Record<KeyUser, (account: AwsIdentity) => readonly object[]>> = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  logs: ({ partition, accountId, region }) => [
    {
      Sid: 'LogGroups',
      Effect: 'Allow',
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: USE,
      Resource: '*',
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${accountId}:log-group:*` } },
    },
  ],
  // The role is named in a condition: as a principal it would have to exist already, and in a fresh account it does not.
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
  autoscaling: ({ partition, accountId }) => {
    const role = { 'aws:PrincipalArn': `arn:${partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling` };
    const byRole = { Effect: 'Allow', Principal: { AWS: '*' }, Resource: '*' };
    return [
      { Sid: 'NodeVolumes', ...byRole, Action: USE, Condition: { StringEquals: { ...role, 'kms:CallerAccount': accountId } } },
      { Sid: 'NodeVolumeGrants', ...byRole, Action: 'kms:CreateGrant', Condition: { StringEquals: { ...role, 'kms:CallerAccount': accountId }, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    ];
  },
};
