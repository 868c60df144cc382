import type * as pulumi from '@pulumi/pulumi';

/**
 * What becomes of data and keys when their resource goes.
 *
 * - `keep`: nothing is deleted by accident. Protected in the cloud and in Pulumi, a last snapshot where there is one, keys recoverable for as long as the cloud allows.
 * - `delete`: all of it goes with the stack, for development.
 */
export type Retention = 'keep' | 'delete';

/** Options of a resource that holds data or keys: with `keep`, Pulumi refuses to delete it until it is unprotected. */
export function protectedBy(retention: Retention, parent: pulumi.Resource): pulumi.CustomResourceOptions {
  return { parent, protect: retention === 'keep' };
}
