import { stringify } from 'yaml';

/** Access to one API server as one user. */
export interface Access {
  readonly server: string;
  /** Certificate of the authority, PEM. */
  readonly ca: string;
  readonly token: string;
}

/** A self-contained kubeconfig with one context of that name. */
export function kubeconfig(name: string, { server, ca, token }: Access): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

/**
 * Sends everything the API server would dial inside the cluster (webhooks, aggregated APIs, kubelets) to
 * a proxy socket that never exists: those addresses are made up, and packets to them would leave the machine.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/
 */
export function egressSelector(absentSocket: string): string {
  return stringify({
    apiVersion: 'apiserver.k8s.io/v1beta1',
    kind: 'EgressSelectorConfiguration',
    egressSelections: [{ name: 'cluster', connection: { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName: absentSocket } } } }],
  });
}

/** Records who wrote what and how it ended, without bodies; reads are left out. */
export function auditPolicy(): string {
  return stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived', 'ResponseStarted'],
    rules: [
      { level: 'Metadata', verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'] },
      { level: 'None' },
    ],
  });
}
