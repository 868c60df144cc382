import type * as pulumi from '@pulumi/pulumi';
import type { BlockStorage } from '../../../constructs/core';
import { asString } from '../../bridge';
import type { PolicyStatement } from '../contracts';

/**
 * Volumes of EBS: gp3, encrypted with a key of the account.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export function ebsStorage(keyArn: pulumi.Output<string>): BlockStorage {
  return {
    volumes: {
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', kmsKeyId: asString(keyArn, 'key of volumes'), 'csi.storage.k8s.io/fstype': 'ext4' },
      expandable: true,
      waitForConsumer: true,
    },
  };
}

/** What the EBS CSI driver needs of the key: EC2 encrypts on its behalf, by a grant. */
export function volumeKeyAccess(keyArn: pulumi.Output<string>): readonly PolicyStatement[] {
  return [
    { actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey'], resources: [keyArn] },
    { actions: ['kms:CreateGrant'], resources: [keyArn], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
  ];
}
