import * as pulumi from '@pulumi/pulumi';

/** Version of the Kubernetes provider that resources ask for. */
export const KUBERNETES_PROVIDER_VERSION = '4.34.2';

/** Which cluster to deploy to. */
export interface ClusterTargetArgs {
  /** Contents or path of a kubeconfig. Kept secret in state. */
  readonly kubeconfig: pulumi.Input<string>;
  /** Context of the kubeconfig: always named, so that a changed current context changes nothing. */
  readonly context: pulumi.Input<string>;
  /**
   * Take over objects that exist already: for resuming a run whose record was lost.
   * @default false
   */
  readonly adoptExisting?: boolean;
  /** What must be there before anything is deployed to it, such as nodes; it goes after everything deployed to it. @default nothing */
  readonly readyAfter?: readonly pulumi.Resource[];
}

/** A cluster as a target of deployments: the explicit provider every object is given. */
export class ClusterTarget {
  readonly provider: pulumi.ProviderResource;

  constructor(name: string, readonly args: ClusterTargetArgs, options: pulumi.ResourceOptions = {}) {
    this.provider = new KubernetesProvider(name, args, { ...options, dependsOn: [...(args.readyAfter ?? [])] });
  }
}

class KubernetesProvider extends pulumi.ProviderResource {
  constructor(name: string, args: ClusterTargetArgs, options: pulumi.ResourceOptions) {
    super(
      'kubernetes',
      name,
      {
        kubeconfig: pulumi.secret(args.kubeconfig),
        context: args.context,
        enableServerSideApply: 'true',
        ...(args.adoptExisting && { upsertExistingObjects: 'true' }),
      },
      { ...options, version: KUBERNETES_PROVIDER_VERSION },
    );
  }
}
