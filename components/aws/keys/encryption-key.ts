import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { checkWholeNumber } from '../../../constructs/core';
import { protectedBy, type Retention } from '../../retention';
import type { AwsIdentity } from '../lookups';
import { keyPolicy, type KeyUser } from './key-policy';

/** Days between new key material: KMS's limits. @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const ROTATION_DAYS = { least: 90, most: 2560 } as const;
/** Days in which a deleted key can be brought back: KMS's limits. */
export const DELETION_WINDOW_DAYS = { least: 7, most: 30 } as const;

/** Args of {@link EncryptionKey}. */
export interface EncryptionKeyArgs {
  /** What is encrypted with it, in words. */
  readonly description: string;
  /** The account the key is in. */
  readonly account: AwsIdentity;
  /** Services that use it on nobody's behalf. @default none: only who may by IAM, and what they ask of services */
  readonly users?: readonly KeyUser[];
  /** Days between new key material; what is encrypted already stays readable. @default 365 */
  readonly rotationDays?: number;
  /** Without the key, all it encrypted is lost: `keep` refuses deletion, and leaves 30 days to bring the key back. @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A KMS key of the account: rotated, and used by nobody its policy or IAM does not name.
 *
 * @throws InvalidInputError if `rotationDays` is out of KMS's limits
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly keyArn: pulumi.Output<string>;
  readonly keyId: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, options?: pulumi.ComponentResourceOptions) {
    const { description, account, users = [], rotationDays = 365, retention = 'keep' } = args;
    checkWholeNumber('rotationDays', rotationDays, name, ROTATION_DAYS);
    super('kubeflow-cdk:aws:EncryptionKey', name, {}, options);
    const key = new aws.kms.Key(
      name,
      {
        description,
        policy: keyPolicy(account, users),
        enableKeyRotation: true,
        rotationPeriodInDays: rotationDays,
        deletionWindowInDays: retention === 'keep' ? DELETION_WINDOW_DAYS.most : DELETION_WINDOW_DAYS.least,
      },
      protectedBy(retention, this),
    );
    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.registerOutputs({ keyArn: this.keyArn });
  }
}
