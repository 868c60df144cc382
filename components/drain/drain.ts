import * as pulumi from '@pulumi/pulumi';
import { DRAIN_TYPE } from '../plugin/types';

/** What is done with what people have left in a cluster that goes. */
export type Leftovers =
  /** It stays, and so does the cluster: the error names it. */
  | 'refuse'
  /** It goes, with the workloads that use it and whatever would make it again. */
  | 'delete';

/** Args of {@link ClusterDrain}. */
export interface ClusterDrainArgs {
  /** Contents or path of the kubeconfig of the cluster. Kept secret in state. */
  readonly kubeconfig: pulumi.Input<string>;
  readonly context: pulumi.Input<string>;
  /** @default 'refuse' */
  readonly leftovers?: Leftovers;
}

/**
 * Does nothing until it is deleted, and then waits until nothing in the cluster stands for something in the cloud: Services with load
 * balancers, Ingresses, Gateways, claimed volumes. Controllers make those; a cluster that goes before them leaves them behind, and somebody pays
 * for them.
 *
 * What the platform itself declares is none of its business: that has resources of its own, which go in their order. Put one before the
 * platform and one after it: the one after it clears what people made while the controllers still run, the one before it waits for
 * volumes that are on their way out.
 */
export class ClusterDrain extends pulumi.CustomResource {
  constructor(name: string, args: ClusterDrainArgs, options?: pulumi.CustomResourceOptions) {
    const { kubeconfig, context, leftovers = 'refuse' } = args;
    super(DRAIN_TYPE, name, { kubeconfig: pulumi.secret(kubeconfig), context, leftovers }, options);
  }
}
