import type * as pulumi from '@pulumi/pulumi';

/** A GKE cluster, as node pools, identities and deployments know it. */
export interface GkeTarget {
  readonly project: string;
  /** Region that the cluster is in. */
  readonly location: string;
  readonly clusterName: pulumi.Output<string>;
  /** Pool of the identities of its ServiceAccounts, `<project>.svc.id.goog`. */
  readonly workloadPool: pulumi.Output<string>;
  /** Pods on a node of pools that say nothing of it. @default 110 */
  readonly maxPodsPerNode?: number;
  /** JSON text, secret. Signs in with `gke-gcloud-auth-plugin`, which must be installed, as whoever is signed in to gcloud. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Name of the context in it. */
  readonly context: string;
}

/** How the API server is reached. */
export interface ApiEndpoint {
  /** Host, and port where it is not 443. */
  readonly host: string;
  /** Certificate of its CA in base64. Absent where everybody knows it. */
  readonly ca?: string;
}

/** The name that gcloud gives a context too. */
export function contextName(project: string, location: string, cluster: string): string {
  return `gke_${project}_${location}_${cluster}`;
}

/** A kubeconfig without credentials: a program beside kubectl gets a token when one is needed. */
export function kubeconfigText(context: string, { host, ca }: ApiEndpoint): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server: `https://${host}`, ...(ca && { 'certificate-authority-data': ca }) } }],
    users: [
      {
        name: context,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: 'gke-gcloud-auth-plugin',
            installHint: 'Install it: https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin',
            interactiveMode: 'Never',
            provideClusterInfo: true,
          },
        },
      },
    ],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  });
}
