import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { Retention } from '../../retention';

/** Days a deleted secret can be brought back: the most and the least that Secrets Manager allows. */
const RECOVERY_DAYS: Readonly<Record<Retention, number>> = { keep: 30, delete: 0 };

/**
 * The authorities' certificates as a secret. They are no secret, but one volume of the Secrets Store CSI driver holds only what its provider can
 * read, and clients look for them beside the password.
 *
 * @returns its ARN, once there is something in it
 */
export function caSecret(name: string, { pem, keyArn, retention }: { readonly pem: string; readonly keyArn?: pulumi.Input<string>; readonly retention: Retention }, options: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const secret = new aws.secretsmanager.Secret(
    `${name}-ca`,
    { description: `Certificates of the authorities that the server of '${name}' has its own from`, ...(keyArn !== undefined && { kmsKeyId: keyArn }), recoveryWindowInDays: RECOVERY_DAYS[retention] },
    options,
  );
  const version = new aws.secretsmanager.SecretVersion(`${name}-ca`, { secretId: secret.id, secretString: pem }, options);
  return version.arn;
}
