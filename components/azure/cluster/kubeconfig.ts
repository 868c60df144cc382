import * as pulumi from '@pulumi/pulumi';
import { parse } from 'yaml';
import * as z from 'zod';

/**
 * How clients prove to Entra ID who they are: as `az login` left it, with a federated token of a pipeline (`AZURE_FEDERATED_TOKEN_FILE`), or as the managed
 * identity of the machine. None of them stores a secret.
 */
export type SignIn = 'azurecli' | 'workloadidentity' | 'msi';

/** Application in Entra ID that stands for the API servers of all AKS clusters. @see https://azure.github.io/kubelogin/concepts/aks.html */
export const AKS_SERVER_APPLICATION = '6dae42f8-4368-4678-94ff-3960e28e3630';

const credentialsSchema = z.object({ kubeconfigs: z.array(z.object({ value: z.string() })).min(1) });
const kubeconfigSchema = z.object({
  clusters: z.array(z.object({ cluster: z.object({ server: z.string().startsWith('https://'), 'certificate-authority-data': z.string() }) })).min(1),
});

/** What a kubeconfig is made of. */
export interface KubeconfigParts {
  /** Name of cluster and context. */
  readonly context: string;
  readonly tenantId: string;
  readonly signIn: SignIn;
}

/**
 * A kubeconfig that has no credential in it: who uses it signs in to Entra ID with kubelogin, which must be on PATH.
 *
 * @param credentials what AKS answers to who asks for the user's kubeconfig
 * @throws Error if there is no cluster in the answer
 */
export function kubeconfigText(credentials: unknown, { context, tenantId, signIn }: KubeconfigParts): string {
  const [first] = credentialsSchema.parse(credentials).kubeconfigs;
  const [cluster] = kubeconfigSchema.parse(parse(Buffer.from(first?.value ?? '', 'base64').toString('utf8'))).clusters;
  const kubelogin = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: 'kubelogin',
    args: ['get-token', '--login', signIn, '--server-id', AKS_SERVER_APPLICATION, ...(signIn === 'msi' ? [] : ['--tenant-id', tenantId])],
    interactiveMode: 'Never',
    provideClusterInfo: false,
    installHint: 'kubelogin signs in to AKS: https://azure.github.io/kubelogin/install.html',
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: context, cluster: cluster?.cluster }],
    users: [{ name: context, user: { exec: kubelogin } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
  });
}

/** The kubeconfig of a cluster, secret: it says where the API server is. */
export function kubeconfigOf(credentials: pulumi.Output<unknown>, parts: KubeconfigParts): pulumi.Output<string> {
  return pulumi.secret(credentials.apply((answer) => kubeconfigText(answer, parts)));
}
