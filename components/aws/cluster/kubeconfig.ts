/** How a kubeconfig gets into a cluster. */
export interface KubeconfigFacts {
  readonly clusterName: string;
  readonly region: string;
  readonly endpoint: string;
  /** Base64 of PEM. */
  readonly certificateAuthority: string;
  readonly context: string;
  /** Profile of the AWS configuration files to sign in by. */
  readonly profile?: string;
  /** Role to take on before. */
  readonly roleArn?: string;
}

/**
 * A kubeconfig whose user signs in by `aws eks get-token`: the credentials are AWS's, and last minutes.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html
 */
export function kubeconfigText({ clusterName, region, endpoint, certificateAuthority, context, profile, roleArn }: KubeconfigFacts): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: context, cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    users: [
      {
        name: context,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: 'aws',
            args: ['--region', region, 'eks', 'get-token', '--output', 'json', '--cluster-name', clusterName, ...(roleArn === undefined ? [] : ['--role-arn', roleArn])],
            env: profile === undefined ? null : [{ name: 'AWS_PROFILE', value: profile }],
            interactiveMode: 'IfAvailable',
            provideClusterInfo: false,
          },
        },
      },
    ],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  });
}
