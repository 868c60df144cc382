import * as pulumi from '@pulumi/pulumi';

/** A secret of the configuration: plain text in the engine, which has decrypted it; outside it, still encrypted. */
export type ConfiguredSecret = string | { readonly secure: string };

/**
 * A secret as an input of resources. Outside the engine nobody knows it, and nothing that is written then holds it.
 *
 * @param key configuration key, for error messages
 */
export function secretInput(secret: ConfiguredSecret, key: string): pulumi.Output<string> {
  return pulumi.secret(typeof secret === 'string' ? secret : `(the secret ${key}, which only a deployment decrypts)`);
}
