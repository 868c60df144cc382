import { join } from 'node:path';
import { cacheRoot } from '../toolchain';

/** Everything an embedded cluster keeps, below one directory. */
export interface ClusterLayout {
  readonly name: string;
  readonly dir: string;
  /** What the cluster was made with; see `state.ts`. */
  readonly state: string;
  /** Kubeconfig of the administrator. */
  readonly kubeconfig: string;
  readonly etcdData: string;
  readonly pki: string;
  readonly config: string;
  readonly logs: string;
  readonly auditLog: string;
  /** Beside the directory, so that it outlives its removal. */
  readonly lock: string;
}

/** Directory that holds all embedded clusters of this user; `KUBEFLOW_CDK_CLUSTERS` names another. */
export function clustersRoot(): string {
  return process.env['KUBEFLOW_CDK_CLUSTERS'] ?? join(cacheRoot(), 'clusters');
}

/**
 * @throws if `name` is no DNS label: it becomes a directory and a kubeconfig context
 */
export function clusterLayout(name: string, root: string = clustersRoot()): ClusterLayout {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `cluster name "${name}": must be a DNS label (lower-case letters, digits and "-", ` +
        'starting and ending with a letter or digit, at most 63 characters)',
    );
  }
  const dir = join(root, name);
  return {
    name, dir,
    state: join(dir, 'cluster.json'),
    kubeconfig: join(dir, 'kubeconfig'),
    etcdData: join(dir, 'etcd'),
    pki: join(dir, 'pki'),
    config: join(dir, 'config'),
    logs: join(dir, 'logs'),
    auditLog: join(dir, 'logs', 'audit.log'),
    lock: join(root, `.${name}.lock`),
  };
}
