/**
 * What the kubelets prove themselves with.
 *
 * - `verified`: certificates of the cluster's CA that name the node's address, as the cloud providers' nodes have them, and kubeadm's with
 *   `serverTLSBootstrap: true`.
 * - `self-signed`: what a kubelet makes for itself. Whoever can stand in for a node's address can then answer for its kubelet, and be
 *   given the token of Metrics Server.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs
 */
export type KubeletCertificates = 'verified' | 'self-signed';

/** What scraping the kubelets needs to know. */
export interface Scraping {
  readonly kubeletCertificates: KubeletCertificates;
  /** Seconds between two looks at each kubelet. */
  readonly resolutionSeconds: number;
}

/** The program waits this long for a kubelet unless told otherwise, in seconds. */
const USUAL_TIMEOUT = 10;

/**
 * Arguments about the kubelets.
 *
 * @see https://github.com/kubernetes-sigs/metrics-server/blob/v0.9.0/cmd/metrics-server/app/options/kubelet_client.go
 */
export function scrapingArguments({ kubeletCertificates, resolutionSeconds }: Scraping): readonly string[] {
  return [
    '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
    '--kubelet-use-node-status-port',
    `--metric-resolution=${resolutionSeconds}s`,
    // The program refuses to start if a kubelet may take longer than nine tenths of the time until it is asked again.
    `--kubelet-request-timeout=${Math.min(USUAL_TIMEOUT, Math.floor(resolutionSeconds * 0.9))}s`,
    ...(kubeletCertificates === 'self-signed' ? ['--kubelet-insecure-tls'] : []),
  ];
}
