import * as pulumi from '@pulumi/pulumi';
import { DEFINITIONS_TYPE } from '../plugin/types';
import { writeBundle } from './bundle';

/** Args of {@link CustomResourceDefinitions}. */
export interface CustomResourceDefinitionsArgs {
  /** The CRDs, as plain objects of `apiextensions.k8s.io/v1`. */
  readonly definitions: readonly object[];
  /**
   * Contents or path of the kubeconfig of the cluster. Kept secret in state; a change alone is no change of the CRDs.
   * @default - KUBECONFIG, then ~/.kube/config
   */
  readonly kubeconfig?: pulumi.Input<string>;
  /**
   * Context of the kubeconfig.
   * @default - the current one
   */
  readonly context?: pulumi.Input<string>;
  /**
   * Take over CRDs that exist already and belong to someone else.
   * @default false
   */
  readonly adoptExisting?: boolean;
}

/**
 * A set of CRDs with a life cycle of its own.
 *
 * - Schemas never pass through Pulumi's engine and state: they are laid down in a file, and only digests are compared. A
 *   diff names the CRDs that change.
 * - They are ready when the API server serves their kinds.
 * - None is deleted while custom resources of its kind exist: the deletion fails and names them.
 * - When a new release drops a version that objects are stored in, the objects are rewritten first.
 * - If the API server rejects one, none stays that was not there before.
 */
export class CustomResourceDefinitions extends pulumi.CustomResource {
  /** SHA-256 of each CRD by its name. */
  declare readonly digests: pulumi.Output<Readonly<Record<string, string>>>;

  /** @throws Error when one of the definitions is no CRD, or two have one name. */
  constructor(name: string, args: CustomResourceDefinitionsArgs, options?: pulumi.CustomResourceOptions) {
    const bundle = writeBundle(args.definitions);
    super(
      DEFINITIONS_TYPE,
      name,
      {
        bundle: bundle.path,
        digests: bundle.digests,
        kubeconfig: args.kubeconfig === undefined ? undefined : pulumi.secret(args.kubeconfig),
        context: args.context,
        adoptExisting: args.adoptExisting,
      },
      options,
    );
  }
}
